import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Effects } from './api/method.ts';
import { CHANNEL_TYPE, isSubscribed, messageEventOf } from './manifest.ts';
import { toSlackMessage } from './messages.ts';
import { type EventRecord, findChannel, type Message, type State, tellChange } from './state.ts';
import type { EventTransport, Receipt } from './transports.ts';
import type { Channel } from './workspace.ts';

type SlackEvent = EventRecord['event'];

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
  };
}

export interface EventDelivery {
  /** Resolves after the first delivery, however it went; Slack tries again at once, after 1 and 5 minutes. */
  send(event: EventRecord['event']): Promise<EventRecord>;
  redeliver(record: EventRecord, reason: string): Promise<EventRecord>;
  stop(): void;
}

const RETRY_AFTER_MS = [0, 60_000, 300_000];
const REASONS: Record<string, string> = {
  timeout: 'http_timeout',
  no_connection: 'connection_failed',
  connection_lost: 'connection_failed',
};

export function createEventDelivery(state: State, transport: EventTransport): EventDelivery {
  const stopping = new AbortController();
  // Each event that waits to be sent again listens.
  setMaxListeners(0, stopping.signal);

  async function deliver(record: EventRecord, reason: string | null): Promise<Receipt> {
    const retry = reason === null ? null : { number: record.deliveries.length, reason };
    const receipt = await transport.deliver({ kind: 'events_api', payload: wrap(state, record), retry });
    record.deliveries.push(receipt.reason);
    tellChange(state);
    return receipt;
  }

  async function retry(record: EventRecord, failed: Receipt): Promise<void> {
    let last = failed;
    for (const delay of RETRY_AFTER_MS) {
      if (last.reason === 'acknowledged' || last.isFinal) return;
      if (last.reason === 'no_connection' || last.reason === 'connection_lost') await transport.connected();
      else await pause(delay, undefined, { ref: false, signal: stopping.signal });
      if (stopping.signal.aborted) return;
      last = await deliver(record, REASONS[last.reason] ?? 'http_error');
    }
  }

  return {
    async send(event) {
      const { type } = event;
      const record: EventRecord = {
        eventId: state.nextId('Ev'),
        at: state.now(),
        type,
        event,
        deliveries: [],
      };
      state.events.push(record);
      const first = await deliver(record, null);
      // Ends by itself, or when the workspace stops in the middle of a pause.
      if (first.reason !== 'acknowledged') retry(record, first).catch(() => undefined);
      return record;
    },
    async redeliver(record, reason) {
      await deliver(record, reason);
      return record;
    },
    stop: () => stopping.abort(),
  };
}

function wrap(state: State, record: EventRecord): Record<string, unknown> {
  const { team, bot } = state.workspace;
  return {
    token: 'unused',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event: record.event,
    type: 'event_callback',
    event_id: record.eventId,
    event_time: Math.floor(state.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared(state, record.event),
    event_context: `4-${record.eventId}`,
  };
}

function isShared(state: State, event: EventRecord['event']): boolean {
  const item = event.item as { channel?: unknown } | undefined;
  const channel = [event.channel, event.channel_id, item?.channel].find((one) => typeof one === 'string');
  return findChannel(state, String(channel))?.shared ?? false;
}
