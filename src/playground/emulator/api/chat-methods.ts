import { z } from 'zod';
import { assignIds, checkBlocks } from '../blocks/check-blocks.ts';
import { toSlackMessage, withdrawMessage } from '../messages.ts';
import {
  findChannel,
  findMessage,
  findUser,
  type Message,
  type MessageMetadata,
  newMessage,
  resolveChannel,
  type SentBlock,
  type State,
} from '../state.ts';
import type { Channel } from '../workspace.ts';
import { type Args, json, type Method, type MethodContext, refuse, requireArgs, text } from './method.ts';

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

/** Text, blocks and metadata of a message. */
export function readContent(args: Args, state: State, textLimit: number): Content {
  const said = text(args, 'text');
  if (args.attachments !== undefined) refuse('invalid_attachments');
  if (said.length > textLimit) refuse('msg_too_long');
  const blocks = args.blocks === undefined ? [] : readBlocks(args, state);
  if (said.trim() === '' && blocks.length === 0) refuse('no_text');
  return { text: said, blocks, metadata: args.metadata === undefined ? null : readMetadata(args) };
}

function readBlocks(args: Args, state: State): SentBlock[] {
  const verdict = checkBlocks(json(args, 'blocks'), 'message');
  return verdict.ok ? assignIds(verdict.blocks, state.nextId) : refuse(verdict.error, verdict.errors);
}

function readMetadata(args: Args): MessageMetadata {
  const parsed = Metadata.safeParse(json(args, 'metadata'));
  if (!parsed.success) return refuse('invalid_metadata_format');
  return JSON.stringify(parsed.data).length > METADATA_BYTES ? refuse('metadata_too_large') : parsed.data;
}

/** Slack cuts a posted text here; a text that would be cut is refused, so that nothing is lost unseen. */
const POST_LIMIT = 40_000;
const UPDATE_LIMIT = 4000;
const chatWrite = (): string[] => ['chat:write'];

/** The channel that a call names, where the bot may post in it. */
export function openChannel(state: State, named: string): Channel {
  const channel = resolveChannel(state, named);
  if (!channel) return refuse('channel_not_found');
  if (channel.archived) return refuse('is_archived');
  if (channel.members.includes(state.workspace.bot.userId)) return channel;
  return refuse(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found');
}

function parentOf(args: Args, state: State, channel: Channel): Message | null {
  const ts = text(args, 'thread_ts');
  if (ts === '') return null;
  const named = findMessage(state, channel.id, ts) ?? refuse('thread_not_found');
  const root = named.threadTs === null ? named : findMessage(state, channel.id, named.threadTs);
  return root ?? named;
}

function compose(args: Args, { state }: MethodContext, ephemeralTo: string | null): Message {
  const channel = openChannel(state, text(args, 'channel'));
  if (ephemeralTo !== null && !channel.members.includes(ephemeralTo)) refuse('user_not_in_channel');
  const content = readContent(args, state, POST_LIMIT);
  const parent = parentOf(args, state, channel);
  const { userId } = state.workspace.bot;
  const message = { ...newMessage(state, channel.id, userId, parent), ...content, ephemeralTo };
  state.messages.push(message);
  return message;
}

const postMessage: Method = {
  scopes: chatWrite,
  call(args, context) {
    requireArgs(args, 'channel');
    const message = compose(args, context, null);
    context.state.statuses.delete(`${message.channel}:${message.threadTs ?? message.ts}`);
    context.effects.posted(message);
    const shown = toSlackMessage(context.state, message, { metadata: true });
    return { ok: true, channel: message.channel, ts: message.ts, message: shown };
  },
};

const postEphemeral: Method = {
  scopes: chatWrite,
  call(args, context) {
    requireArgs(args, 'channel', 'user');
    const user = findUser(context.state, text(args, 'user')) ?? refuse('user_not_in_channel');
    return { ok: true, message_ts: compose(args, context, user.id).ts };
  },
};

/** A message of the bot's that all see; `code` says what it may not do to others'. */
function ownMessage(args: Args, state: State, code: string): Message {
  requireArgs(args, 'channel', 'ts');
  // A direct message is named by its own id here, not by the person's.
  const channel = findChannel(state, text(args, 'channel')) ?? refuse('channel_not_found');
  const message = findMessage(state, channel.id, text(args, 'ts'));
  if (!message || message.ephemeralTo !== null) return refuse('message_not_found');
  return message.user === state.workspace.bot.userId ? message : refuse(code);
}

const update: Method = {
  scopes: chatWrite,
  call(args, { state, effects }) {
    const own = ownMessage(args, state, 'cant_update_message');
    const before = { ...own };
    const { metadata, ...content } = readContent(args, state, UPDATE_LIMIT);
    // Text without blocks takes the blocks away and marks the message as edited; with blocks it is not marked.
    const marked = args.blocks === undefined ? { editedTs: state.nextTs() } : {};
    Object.assign(own, content, marked);
    if (metadata) own.metadata = metadata;
    effects.changed(own, before);
    // The message comes back without its place, which stands beside it.
    const { ts: _ts, thread_ts: _thread, ...message } = toSlackMessage(state, own);
    return { ok: true, channel: own.channel, ts: own.ts, text: own.text, message };
  },
};

const remove: Method = {
  scopes: chatWrite,
  call(args, { state, effects }) {
    const own = ownMessage(args, state, 'cant_delete_message');
    const before = withdrawMessage(state, own);
    if (before) effects.changed(own, before);
    else effects.deleted(own);
    return { ok: true, channel: own.channel, ts: own.ts };
  },
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
};
