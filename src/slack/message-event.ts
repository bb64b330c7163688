import type { ChannelSettings } from '../model/settings.ts';
import { DeletedMessage, EditedMessage, EventBody, IncomingMessage } from './payloads.ts';
import { printable } from './views/blocks.ts';

/** How a message calls on the bot: by itself in a direct message, by name, or by continuing a thread with it. */
export type Call = 'direct' | 'mention' | 'follow_up';

/** What a message event is to the bot. */
export type MessageEvent =
  | { kind: 'question'; call: Call; message: IncomingMessage }
  /** `call` is null where the new words are not for the bot; they may have been. */
  | { kind: 'edit'; call: Call | null; edit: EditedMessage }
  | { kind: 'deletion'; deleted: DeletedMessage };

/**
 * What an event says, read once and before it is acknowledged. `ignored`: what bots write, the bot's own answers
 * among it, the second notice of a mention, and what people say to each other. Two of three events of a question
 * are such. `other`: no message at all.
 */
export type MessageReading = MessageEvent | 'ignored' | 'other';

interface ReadingParts {
  botUserId: string;
  knowsThread(key: string): Promise<boolean>;
  channelSettings(channel: string): Promise<ChannelSettings>;
}

export async function readMessageEvent(body: unknown, parts: ReadingParts): Promise<MessageReading> {
  const parsed = EventBody.safeParse(body);
  if (!parsed.success) return 'other';
  const { event } = parsed.data;
  const edit = EditedMessage.safeParse(event).data;
  if (edit !== undefined) return readEdit(edit, parts);
  const deleted = DeletedMessage.safeParse(event).data;
  if (deleted !== undefined) {
    return isBots(deleted.previous_message ?? {}, parts) ? 'ignored' : { kind: 'deletion', deleted };
  }
  // Notices of other kinds have another shape, and ask nothing.
  const message = IncomingMessage.safeParse(event).data;
  if (message === undefined || message.edited !== undefined || !isByPerson(message, parts.botUserId)) {
    return 'ignored';
  }
  const isDouble = event.type === 'message' && message.subtype === undefined && !isDirect(message.channel);
  if (isDouble && mentions(message.text, parts.botUserId)) return 'ignored';
  const call = await callOf(message, parts);
  return call === null ? 'ignored' : { kind: 'question', call, message };
}

async function readEdit(edit: EditedMessage, parts: ReadingParts): Promise<MessageReading> {
  const { channel, previous_message: before } = edit;
  const message = { ...edit.message, channel };
  if (isBots(message, parts)) return 'ignored';
  // A deleted message under which a thread stands is edited to a stone.
  if (message.subtype === 'tombstone') {
    return { kind: 'deletion', deleted: { channel, deleted_ts: message.ts, previous_message: before } };
  }
  // Slack tells of previews of links, and of a first reply in a thread, as of edits.
  if (message.text === before.text || !isByPerson(message, parts.botUserId)) return 'ignored';
  return { kind: 'edit', call: await callOf(message, parts), edit };
}

/** The name under which the work is owed: the same however often, and by whichever event, Slack tells of it. */
export function keyOf(event: MessageEvent): string | null {
  switch (event.kind) {
    case 'question':
      return `message:${event.message.channel}:${event.message.ts}`;
    case 'edit':
      return `edit:${event.edit.channel}:${event.edit.message.ts}:${event.edit.event_ts}`;
    case 'deletion':
      return null;
  }
}

const WRITTEN_BY_PEOPLE = new Set([undefined, 'file_share', 'thread_broadcast']);

/** A message that a person wrote, edited since or not: no bot's, no join or topic notice. */
function isByPerson({ user, bot_id, subtype }: IncomingMessage, botUserId: string): boolean {
  return (
    user !== undefined &&
    user !== botUserId &&
    user !== 'USLACKBOT' &&
    bot_id === undefined &&
    WRITTEN_BY_PEOPLE.has(subtype)
  );
}

function isBots(
  { user, bot_id }: { user?: string | undefined; bot_id?: string | undefined },
  parts: ReadingParts,
) {
  return bot_id !== undefined || user === parts.botUserId;
}

/** Direct message channels have ids of their own kind. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** A reply stays in the thread of the question, or opens one under it; in direct messages too, as the pane has them. */
export function conversationOf({
  channel,
  ts,
  thread_ts,
}: Pick<IncomingMessage, 'channel' | 'ts' | 'thread_ts'>): { channel: string; threadTs: string } {
  return { channel, threadTs: thread_ts ?? ts };
}

export function threadKey({ channel, threadTs }: { channel: string; threadTs: string | null }): string {
  return threadTs === null ? channel : `${channel}:${threadTs}`;
}

/** Null where a message is not for the bot. */
async function callOf(message: IncomingMessage, parts: ReadingParts): Promise<Call | null> {
  const { channel, text, thread_ts } = message;
  if (mentions(text, parts.botUserId) && !isDirect(channel)) return 'mention';
  if (isDirect(channel)) return 'direct';
  if (thread_ts === undefined || mentionsOthers(text, parts.botUserId)) return null;
  if (!(await parts.knowsThread(threadKey({ channel, threadTs: thread_ts })))) return null;
  return (await parts.channelSettings(channel)).speaks === 'in_threads' ? 'follow_up' : null;
}

/** <@U1>, <!channel>, <#C1|name>, <https://…|label>. */
const MARKUP = /<([^<>\s][^<>]*)>/g;
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/**
 * What a person meant to write: Slack's markup resolved, entities decoded, control characters and mentions
 * dropped. A channel keeps its name, a link its label.
 */
export function readText(text: string): string {
  return printable(text)
    .replace(MARKUP, (_, inner: string) => readMarkup(inner))
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function readMarkup(inner: string): string {
  const [target = '', label] = inner.split('|', 2);
  if (target.startsWith('@') || target.startsWith('!')) {
    return ' ';
  }
  if (target.startsWith('#')) {
    return label ? ` ${label} ` : ' ';
  }
  return ` ${label ?? target} `;
}

/** Whether a message speaks to anybody but `userId`: a person, a group, all of a channel. */
export function mentionsOthers(text: string, userId: string): boolean {
  const named = [...text.matchAll(/<@([A-Z0-9]+)/g)].some(([, user]) => user !== userId);
  return named || /<!(?:subteam|here|channel|everyone)\b/.test(text);
}

export function mentions(text: string, userId: string): boolean {
  return text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);
}
