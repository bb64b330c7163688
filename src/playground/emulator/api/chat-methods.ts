import { z } from 'zod';
import { assignIds, checkBlocks } from '../blocks/check-blocks.ts';
import { toSlackMessage, withdrawMessage } from '../messages.ts';
import {
  findChannel,
  findMessage,
  findUser,
  type Message,
  type MessageMetadata,
  resolveChannel,
  type SentBlock,
  type State,
} from '../state.ts';
import type { Channel } from '../workspace.ts';
import {
  type Args,
  json,
  type Method,
  type MethodContext,
  missing,
  type Reply,
  refuseCall,
  text,
} from './method.ts';

export interface Content {
  text: string;
  blocks: SentBlock[];
  metadata: MessageMetadata | null;
}

const METADATA_BYTES = 16_000;

const Metadata = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Text, blocks and metadata of a message, or Slack's refusal of them. */
export function readContent(
  args: Args,
  state: State,
  textLimit: number,
): { content: Content } | { refusal: Reply } {
  const said = text(args, 'text');
  if (args.attachments !== undefined) return { refusal: refuseCall('invalid_attachments') };
  if (said.length > textLimit) return { refusal: refuseCall('msg_too_long') };
  let blocks: SentBlock[] = [];
  if (args.blocks !== undefined) {
    const verdict = checkBlocks(json(args, 'blocks'), 'message');
    if (!verdict.ok) return { refusal: refuseCall(verdict.error, verdict.errors) };
    blocks = assignIds(verdict.blocks, state.nextId);
  }
  if (said.trim() === '' && blocks.length === 0) return { refusal: refuseCall('no_text') };
  let metadata: MessageMetadata | null = null;
  if (args.metadata !== undefined) {
    const parsed = Metadata.safeParse(json(args, 'metadata'));
    if (!parsed.success) return { refusal: refuseCall('invalid_metadata_format') };
    if (JSON.stringify(parsed.data).length > METADATA_BYTES)
      return { refusal: refuseCall('metadata_too_large') };
    metadata = parsed.data;
  }
  return { content: { text: said, blocks, metadata } };
}

/** Slack cuts a posted text here; a text that would be cut is refused, so that nothing is lost unseen. */
const POST_LIMIT = 40_000;
const UPDATE_LIMIT = 4000;
const chatWrite = (): string[] => ['chat:write'];

/** Why the bot may not post there; null where it may. */
export function closedTo(state: State, channel: Channel | undefined): Reply | null {
  if (!channel) return refuseCall('channel_not_found');
  if (channel.archived) return refuseCall('is_archived');
  if (channel.members.includes(state.workspace.bot.userId)) return null;
  if (channel.kind !== 'public') return refuseCall('channel_not_found');
  return refuseCall('not_in_channel');
}

function threadOf(
  args: Args,
  state: State,
  channel: Channel,
): { parent: Message | null } | { refusal: Reply } {
  const ts = text(args, 'thread_ts');
  if (ts === '') return { parent: null };
  const named = findMessage(state, channel.id, ts);
  if (!named) return { refusal: refuseCall('thread_not_found') };
  const root = named.threadTs === null ? named : findMessage(state, channel.id, named.threadTs);
  return { parent: root ?? named };
}

function compose(
  args: Args,
  { state }: MethodContext,
  ephemeralTo: string | null,
): { message: Message } | { refusal: Reply } {
  const channel = resolveChannel(state, text(args, 'channel'));
  const closed = closedTo(state, channel);
  if (closed || !channel) return { refusal: closed ?? refuseCall('channel_not_found') };
  if (ephemeralTo !== null && !channel.members.includes(ephemeralTo))
    return { refusal: refuseCall('user_not_in_channel') };
  const read = readContent(args, state, POST_LIMIT);
  if ('refusal' in read) return read;
  const thread = threadOf(args, state, channel);
  if ('refusal' in thread) return thread;
  if (thread.parent) thread.parent.threadTs = thread.parent.ts;
  const message: Message = {
    channel: channel.id,
    ts: state.nextTs(),
    user: state.workspace.bot.userId,
    ...read.content,
    threadTs: thread.parent?.ts ?? null,
    editedTs: null,
    ephemeralTo,
    reactions: [],
  };
  state.messages.push(message);
  return { message };
}

const postMessage: Method = {
  scopes: chatWrite,
  call(args, context) {
    const lacking = missing(args, 'channel');
    if (lacking) return lacking;
    const composed = compose(args, context, null);
    if ('refusal' in composed) return composed.refusal;
    const { message } = composed;
    context.state.statuses.delete(`${message.channel}:${message.threadTs ?? message.ts}`);
    context.effects.posted(message);
    const shown = toSlackMessage(context.state, message, { metadata: true });
    return { ok: true, channel: message.channel, ts: message.ts, message: shown };
  },
};

const postEphemeral: Method = {
  scopes: chatWrite,
  call(args, context) {
    const lacking = missing(args, 'channel', 'user');
    if (lacking) return lacking;
    const user = findUser(context.state, text(args, 'user'));
    if (!user) return refuseCall('user_not_in_channel');
    const composed = compose(args, context, user.id);
    return 'refusal' in composed ? composed.refusal : { ok: true, message_ts: composed.message.ts };
  },
};

function ownMessage(args: Args, state: State, refusal: string): { message: Message } | { refusal: Reply } {
  const lacking = missing(args, 'channel', 'ts');
  if (lacking) return { refusal: lacking };
  // A direct message is named by its own id here, not by the person's.
  const channel = findChannel(state, text(args, 'channel'));
  if (!channel) return { refusal: refuseCall('channel_not_found') };
  const message = findMessage(state, channel.id, text(args, 'ts'));
  if (!message || message.ephemeralTo !== null) return { refusal: refuseCall('message_not_found') };
  return message.user === state.workspace.bot.userId ? { message } : { refusal: refuseCall(refusal) };
}

const update: Method = {
  scopes: chatWrite,
  call(args, { state, effects }) {
    const own = ownMessage(args, state, 'cant_update_message');
    if ('refusal' in own) return own.refusal;
    const read = readContent(args, state, UPDATE_LIMIT);
    if ('refusal' in read) return read.refusal;
    const before = { ...own.message };
    const { metadata, ...content } = read.content;
    // Text without blocks takes the blocks away and marks the message as edited; with blocks it is not marked.
    const marked = args.blocks === undefined ? { editedTs: state.nextTs() } : {};
    Object.assign(own.message, content, marked);
    if (metadata) own.message.metadata = metadata;
    effects.changed(own.message, before);
    const { channel, ts, text: said } = own.message;
    // The message comes back without its place, which stands beside it.
    const { ts: _ts, thread_ts: _thread, ...message } = toSlackMessage(state, own.message);
    return { ok: true, channel, ts, text: said, message };
  },
};

const remove: Method = {
  scopes: chatWrite,
  call(args, { state, effects }) {
    const own = ownMessage(args, state, 'cant_delete_message');
    if ('refusal' in own) return own.refusal;
    const before = withdrawMessage(state, own.message);
    if (before) effects.changed(own.message, before);
    else effects.deleted(own.message);
    return { ok: true, channel: own.message.channel, ts: own.message.ts };
  },
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
};
