import type { Turn } from '../conversation.ts';
import { readText } from '../inbound-text.ts';
import { describeFault } from '../log-fault.ts';
import { type Click, EventEnvelope, type IncomingMessage } from '../payloads.ts';
import type { Place } from '../poster.ts';
import { answerView } from '../views/answer-view.ts';
import type { ListenerParts } from './parts.ts';

const WRITTEN_BY_PEOPLE = new Set([undefined, 'file_share', 'thread_broadcast']);

/** A new message of a person: no bot's, no edit, no join or topic notice. */
export function isFromPerson(message: IncomingMessage, botUserId: string): boolean {
  const { user, bot_id, subtype, edited } = message;
  return (
    user !== undefined &&
    user !== botUserId &&
    user !== 'USLACKBOT' &&
    bot_id === undefined &&
    edited === undefined &&
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

/**
 * True once for an event and once for a message: Slack delivers events again, and tells of one text as
 * `app_mention` and as `message`.
 */
export async function isFirst(
  { store, now, log }: ListenerParts,
  body: unknown,
  message: IncomingMessage,
): Promise<boolean> {
  const { event_id } = EventEnvelope.parse(body);
  try {
    const isNewEvent = await store.markEventSeen(event_id, now());
    return isNewEvent && (await store.markEventSeen(`message:${message.channel}:${message.ts}`, now()));
  } catch (error) {
    // Somebody waits: an answer or an apology that may come twice is better than silence.
    log.error(describeFault(error), 'cannot tell whether an event came before');
    return true;
  }
}

/** A name for a click: its moment is unique in the workspace. */
export function requestOf({ channel, actions }: Click): string {
  return `${channel.id}:${actions[0]?.action_ts}`;
}

/** The turn of a message that asks something. */
export function turnOf(parts: ListenerParts, message: IncomingMessage): Turn {
  const place = placeOf(message);
  const request = `${message.channel}:${message.ts}`;
  return {
    text: readText(message.text),
    threadKey: threadKey(place),
    continues: true,
    render: ({ answer }) => answerView(answer),
    show: (rendered) => parts.post(place, rendered, request),
    request,
  };
}
