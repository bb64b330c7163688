import { z } from 'zod';
import { botSees, toSlackFile } from '../files.ts';
import { findMessage, newMessage, type State, type StoredFile } from '../state.ts';
import { openChannel } from './chat-methods.ts';
import { type Args, json, type Method, refuse, requireArgs, text } from './method.ts';

const TITLE_LIMIT = 255;
const ALT_LIMIT = 1000;

const info: Method = {
  scopes: () => ['files:read'],
  call(args, { state, origin }) {
    requireArgs(args, 'file');
    const file = state.files.get(text(args, 'file'));
    if (!file || !botSees(state, file)) return refuse('file_not_found');
    const response_metadata = { next_cursor: '' };
    return { ok: true, file: toSlackFile(state, file, origin()), comments: [], response_metadata };
  },
};

const getUploadUrl: Method = {
  scopes: () => ['files:write'],
  call(args, { state, origin }) {
    requireArgs(args, 'filename', 'length');
    const length = Number(text(args, 'length'));
    if (!Number.isInteger(length) || length < 0)
      return refuse('invalid_arguments', ['length must be an integer']);
    if (length === 0) return refuse('missing_argument');
    if (text(args, 'alt_txt').length > ALT_LIMIT) return refuse('alt_txt_too_large');
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

/** The files that were uploaded by this bot. */
function uploaded(args: Args, state: State): StoredFile[] {
  const parsed = Files.safeParse(json(args, 'files'));
  if (!parsed.success) return refuse('invalid_arguments', ['files: ids of uploaded files']);
  return parsed.data.map(({ id, title }) => {
    const file = state.files.get(id);
    if (!file || file.user !== state.workspace.bot.userId) return refuse('file_not_found');
    if (title !== undefined) file.title = title;
    return file;
  });
}

const complete: Method = {
  scopes: () => ['files:write'],
  call(args, { state, effects, origin }) {
    const files = uploaded(args, state);
    const channel = openChannel(state, text(args, 'channel_id'));
    const parent = findMessage(state, channel.id, text(args, 'thread_ts'));
    const { userId } = state.workspace.bot;
    const message = {
      ...newMessage(state, channel.id, userId, parent),
      fileIds: files.map((file) => file.id),
    };
    for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts });
    state.messages.push(message);
    effects.posted(message);
    return { ok: true, files: files.map((file) => toSlackFile(state, file, origin())) };
  },
};

export const fileMethods: Record<string, Method> = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
};
