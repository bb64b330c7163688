import { z } from 'zod';
import { botSees, toSlackFile } from '../files.ts';
import type { Message, StoredFile } from '../state.ts';
import { findMessage, resolveChannel, type State } from '../state.ts';
import { closedTo } from './chat-methods.ts';
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

const TITLE_LIMIT = 255;
const ALT_LIMIT = 1000;

const info: Method = {
  scopes: () => ['files:read'],
  call(args, { state, origin }) {
    const lacking = missing(args, 'file');
    if (lacking) return lacking;
    const file = state.files.get(text(args, 'file'));
    if (!file || !botSees(state, file)) return refuseCall('file_not_found');
    const response_metadata = { next_cursor: '' };
    return { ok: true, file: toSlackFile(state, file, origin()), comments: [], response_metadata };
  },
};

const getUploadUrl: Method = {
  scopes: () => ['files:write'],
  call(args, { state, origin }) {
    const lacking = missing(args, 'filename', 'length');
    if (lacking) return lacking;
    const length = Number(text(args, 'length'));
    if (!Number.isInteger(length) || length < 0)
      return refuseCall('invalid_arguments', ['length must be an integer']);
    if (length === 0) return refuseCall('missing_argument');
    if (text(args, 'alt_txt').length > ALT_LIMIT) return refuseCall('alt_txt_too_large');
    const id = state.nextId('F');
    const upload = state.nextId('up');
    const file = {
      id,
      name: text(args, 'filename'),
      user: state.workspace.bot.userId,
      altText: text(args, 'alt_txt') || null,
    };
    state.uploads.set(upload, { file, length, done: false });
    return { ok: true, upload_url: `${origin()}/upload/v1/${upload}`, file_id: id };
  },
};

const Files = z
  .array(z.object({ id: z.string().min(1), title: z.string().max(TITLE_LIMIT).optional() }))
  .min(1);

/** The files that were uploaded by this bot and are not completed yet, or why not. */
function uploaded(args: Args, state: State): { files: StoredFile[] } | { refusal: Reply } {
  const parsed = Files.safeParse(json(args, 'files'));
  if (!parsed.success) return { refusal: refuseCall('invalid_arguments', ['files: ids of uploaded files']) };
  const files: StoredFile[] = [];
  for (const { id, title } of parsed.data) {
    const file = state.files.get(id);
    if (!file || file.user !== state.workspace.bot.userId) return { refusal: refuseCall('file_not_found') };
    if (title !== undefined) file.title = title;
    files.push(file);
  }
  return { files };
}

const complete: Method = {
  scopes: () => ['files:write'],
  call(args, context) {
    const { state, origin } = context;
    const found = uploaded(args, state);
    if ('refusal' in found) return found.refusal;
    const channel = resolveChannel(state, text(args, 'channel_id'));
    const closed = closedTo(state, channel);
    if (closed || !channel) return closed ?? refuseCall('channel_not_found');
    share(context, channel.id, text(args, 'thread_ts'), found.files);
    return { ok: true, files: found.files.map((file) => toSlackFile(state, file, origin())) };
  },
};

function share(
  { state, effects }: MethodContext,
  channel: string,
  threadTs: string,
  files: StoredFile[],
): void {
  const parent = threadTs === '' ? undefined : findMessage(state, channel, threadTs);
  if (parent) parent.threadTs = parent.ts;
  const message: Message = {
    channel,
    ts: state.nextTs(),
    user: state.workspace.bot.userId,
    text: '',
    blocks: [],
    threadTs: parent?.ts ?? null,
    metadata: null,
    editedTs: null,
    ephemeralTo: null,
    reactions: [],
    fileIds: files.map((file) => file.id),
  };
  for (const file of files) file.shares.push({ channel, ts: message.ts });
  state.messages.push(message);
  effects.posted(message);
}

export const fileMethods: Record<string, Method> = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
};
