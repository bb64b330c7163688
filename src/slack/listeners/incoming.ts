import type { Asked } from '../../model/question.ts';
import { type ChannelSettings, DEFAULT_CHANNEL } from '../../model/settings.ts';
import type { Turn } from '../conversation.ts';
import type { Place } from '../delivery/poster.ts';
import { describeFault } from '../log-fault.ts';
import { mentions, readText, speaksToAnother } from '../payloads/inbound-text.ts';
import type { Click, IncomingMessage } from '../payloads/payloads.ts';
import type { ListenerParts } from './parts.ts';
import { postedAnswer } from './posted-answer.ts';
import { privatePanel } from './private-panel.ts';

const WRITTEN_BY_PEOPLE = new Set([undefined, 'file_share', 'thread_broadcast']);

/** A new message of a person: no bot's, no edit, no join or topic notice. */
export function isFromPerson(message: IncomingMessage, botUserId: string): boolean {
  return message.edited === undefined && isByPerson(message, botUserId);
}

/** A message that a person wrote, edited since or not. */
export function isByPerson({ user, bot_id, subtype }: IncomingMessage, botUserId: string): boolean {
  return (
    user !== undefined &&
    user !== botUserId &&
    user !== 'USLACKBOT' &&
    bot_id === undefined &&
    WRITTEN_BY_PEOPLE.has(subtype)
  );
}

/** Direct message channels have ids of their own kind. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** A reply stays where the question was: in its thread, or in a thread under it; in a direct message beside it. */
export function placeOf({
  channel,
  ts,
  thread_ts,
}: Pick<IncomingMessage, 'channel' | 'ts' | 'thread_ts'>): Place {
  return { channel, threadTs: thread_ts ?? (isDirect(channel) ? null : ts) };
}

export function threadKey({ channel, threadTs }: Place): string {
  return threadTs === null ? channel : `${channel}:${threadTs}`;
}

/** How a message calls on the bot: by itself in a direct message, by name, or by continuing a thread with it. */
export type Call = 'direct' | 'mention' | 'follow_up';

/** Null where a message is not for the bot. */
export async function callOf(parts: ListenerParts, message: IncomingMessage): Promise<Call | null> {
  if (isDirect(message.channel)) {
    return 'direct';
  }
  const { botUserId } = parts.identity();
  if (mentions(message.text, botUserId)) {
    return 'mention';
  }
  if (message.thread_ts === undefined || speaksToAnother(message.text, botUserId)) {
    return null;
  }
  return (await parts.store.loadThread(threadKey(placeOf(message)))) === null ? null : 'follow_up';
}

/** A name for a click: its moment is unique in the workspace. */
export function requestOf({ channel, actions }: Click): string {
  return `${channel.id}:${actions[0]?.action_ts}`;
}

/** The same for every press of one button by one person. */
export function pressOf({ user, channel, container, actions }: Click): string {
  return `${user.id}:${channel.id}:${container.message_ts}:${actions[0]?.value}`;
}

/** The turn of a message that asks something. */
export async function turnOf(parts: ListenerParts, message: IncomingMessage, call: Call): Promise<Turn> {
  const place = placeOf(message);
  const { channel, ts, user: asker = '' } = message;
  const request = `${channel}:${ts}`;
  const text = readText(message.text);
  const settings = await settingsOf(parts, channel);
  return {
    text,
    asker,
    channel,
    questionTs: ts,
    threadKey: threadKey(place),
    continues: true,
    // Slack delivers events again, and tells of one text as app_mention and as message.
    once: { key: `message:${request}`, body: JSON.stringify({ call, message }) },
    settings,
    ...(settings.answerIn === 'ephemeral' && !isDirect(channel)
      ? {
          render: privatePanel,
          show: (rendered) => parts.poster.whisper(replyPlace(message), asker, rendered),
        }
      : {
          render: postedAnswer(asker),
          show: (rendered, part) =>
            parts.post(place, rendered, part === 'notice' ? `${request}:notice` : request),
        }),
    ...(call === 'follow_up' ? { worthSaying: isWorthSaying(text) } : {}),
    request,
  };
}

/** Who asked outside a thread would not find a private answer in one. */
function replyPlace({ channel, thread_ts }: IncomingMessage): Place {
  return { channel, threadTs: thread_ts ?? null };
}

/** Questions are answered also where settings cannot be read. */
async function settingsOf({ store, log }: ListenerParts, channel: string): Promise<ChannelSettings> {
  if (isDirect(channel)) {
    return DEFAULT_CHANNEL;
  }
  return store.channelSettings(channel).catch((error: unknown) => {
    log.warn(describeFault(error), 'settings of a channel not known');
    return DEFAULT_CHANNEL;
  });
}

/** Colleagues talk in the thread too: what is no question, and has no answer in the documents, is left alone. */
function isWorthSaying(text: string): (asked: Asked) => boolean {
  const isQuestion = /[?？]\s*$/.test(text);
  return ({ answer, question }) => isQuestion || (answer.kind === 'answered' && question.kind !== 'talk');
}
