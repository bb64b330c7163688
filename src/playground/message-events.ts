import type { Effects } from './api/method.ts';
import type { EventRecord } from './event-record.ts';
import type { Message } from './message.ts';
import { toSlackMessage } from './slack-message.ts';
import { findChannel, type State } from './state.ts';
import { CHANNEL_TYPE, isSubscribed, messageEventOf } from './subscriptions.ts';
import type { Channel } from './workspace.ts';

export type SlackEvent = EventRecord['event'];

/** The events of a new message that the app is subscribed to. Slack sends none for a channel it is not in. */
export function eventsOfPosted(state: State, message: Message): SlackEvent[] {
  const channel = heard(state, message);
  if (!channel) return [];
  const { bot } = state.workspace;
  const base = {
    ...toSlackMessage(state, message, { metadata: true }),
    channel: message.channel,
    event_ts: message.ts,
  };
  const parent = state.messages.find((one) => one.channel === message.channel && one.ts === message.threadTs);
  const inThread = parent && parent !== message ? { parent_user_id: parent.user } : {};
  const events: SlackEvent[] = [];
  if (isSubscribed(state.manifest, messageEventOf(channel)))
    events.push({
      ...base,
      ...(message.fileIds ? { subtype: 'file_share' } : {}),
      ...(message.isBroadcast && parent
        ? { subtype: 'thread_broadcast', root: toSlackMessage(state, parent) }
        : {}),
      ...inThread,
      channel_type: CHANNEL_TYPE[channel.kind],
    });
  const mentioned =
    message.user !== bot.userId && new RegExp(`<@${bot.userId}(?:\\|[^>]*)?>`).test(message.text);
  if (mentioned && channel.kind !== 'im' && isSubscribed(state.manifest, 'app_mention'))
    events.push({ ...base, ...inThread, type: 'app_mention' });
  if (message.fileIds && isSubscribed(state.manifest, 'file_shared'))
    for (const id of message.fileIds)
      events.push({
        type: 'file_shared',
        file_id: id,
        user_id: message.user,
        file: { id },
        channel_id: message.channel,
        event_ts: state.nextTs(),
      });
  return events;
}

export function eventsOfChanged(state: State, message: Message, before: Message): SlackEvent[] {
  return hiddenEvent(state, message, 'message_changed', {
    message: toSlackMessage(state, message),
    previous_message: toSlackMessage(state, before),
  });
}

export function eventsOfDeleted(state: State, message: Message): SlackEvent[] {
  return hiddenEvent(state, message, 'message_deleted', {
    deleted_ts: message.ts,
    previous_message: toSlackMessage(state, message),
  });
}

/** The event of a reaction that came or went; none for a channel that the app is not in. */
export function eventsOfReaction(
  state: State,
  message: Message,
  reaction: { type: 'reaction_added' | 'reaction_removed'; user: string; name: string },
): SlackEvent[] {
  if (!heard(state, message) || !isSubscribed(state.manifest, reaction.type)) return [];
  const { channel, ts, user: item_user } = message;
  const item = { type: 'message', channel, ts };
  const { type, user, name } = reaction;
  return [{ type, user, reaction: name, item, item_user, event_ts: state.nextTs() }];
}

function hiddenEvent(
  state: State,
  message: Message,
  subtype: string,
  content: Record<string, unknown>,
): SlackEvent[] {
  const channel = heard(state, message);
  if (!channel || !isSubscribed(state.manifest, messageEventOf(channel))) return [];
  const ts = state.nextTs();
  const channel_type = CHANNEL_TYPE[channel.kind];
  return [
    {
      type: 'message',
      subtype,
      hidden: true,
      channel: channel.id,
      ts,
      event_ts: ts,
      channel_type,
      ...content,
    },
  ];
}

function heard(state: State, message: Message): Channel | undefined {
  const channel = findChannel(state, message.channel);
  return channel?.members.includes(state.workspace.bot.userId) ? channel : undefined;
}

/** The bot's own calls cause events too: Slack sends an app what it posted itself. */
export function createEffects(state: State, send: (event: SlackEvent) => void): Effects {
  return {
    posted: (message) => eventsOfPosted(state, message).forEach(send),
    changed: (message, before) => eventsOfChanged(state, message, before).forEach(send),
    deleted: (message) => eventsOfDeleted(state, message).forEach(send),
    reacted: (message, reaction) => eventsOfReaction(state, message, reaction).forEach(send),
  };
}
