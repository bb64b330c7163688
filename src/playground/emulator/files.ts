import { findChannel, findUser, type State, type StoredFile } from './state.ts';
import { teamOf } from './workspace.ts';

const TYPES: Record<string, { filetype: string; mimetype: string }> = {
  csv: { filetype: 'csv', mimetype: 'text/csv' },
  gif: { filetype: 'gif', mimetype: 'image/gif' },
  jpeg: { filetype: 'jpg', mimetype: 'image/jpeg' },
  jpg: { filetype: 'jpg', mimetype: 'image/jpeg' },
  pdf: { filetype: 'pdf', mimetype: 'application/pdf' },
  png: { filetype: 'png', mimetype: 'image/png' },
  txt: { filetype: 'text', mimetype: 'text/plain' },
  xlsx: {
    filetype: 'xlsx',
    mimetype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
};
const OTHER = { filetype: 'binary', mimetype: 'application/octet-stream' };

function typeOf(name: string) {
  return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? OTHER;
}

/** Keeps a file; Slack tells its kind by the end of its name. */
export function keepFile(
  state: State,
  file: Pick<StoredFile, 'name' | 'content' | 'user'> & Partial<Pick<StoredFile, 'id' | 'title' | 'altText'>>,
): StoredFile {
  const { filetype, mimetype } = typeOf(file.name);
  const id = file.id ?? state.nextId('F');
  const kept = {
    title: file.name,
    altText: null,
    ...file,
    id,
    filetype,
    mimetype,
    created: state.now(),
    shares: [],
  };
  state.files.set(id, kept);
  return kept;
}

/** The file as Slack tells an app of it; `origin` is the base of its addresses. */
export function toSlackFile(state: State, file: StoredFile, origin: string): Record<string, unknown> {
  const { team } = state.workspace;
  const author = findUser(state, file.user);
  const created = Math.floor(file.created.getTime() / 1000);
  const place = `${origin}/files-pri/${team.id}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const sharedIn = (kind: 'public' | 'private' | 'im'): string[] => [
    ...new Set(file.shares.map((one) => one.channel).filter((id) => findChannel(state, id)?.kind === kind)),
  ];
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.filetype,
    user: file.user,
    user_team: teamOf(state.workspace, author),
    size: file.content.byteLength,
    mode: 'hosted',
    is_external: false,
    is_public: sharedIn('public').length > 0,
    url_private: `${place}/${name}`,
    url_private_download: `${place}/download/${name}`,
    permalink: `${team.url}files/${file.user}/${file.id}/${name}`,
    ...(file.altText === null ? {} : { alt_txt: file.altText }),
    channels: sharedIn('public'),
    groups: sharedIn('private'),
    ims: sharedIn('im'),
    file_access: 'visible',
  };
}

/** What an app is told of the files of a message; in a channel shared with others only that they are there. */
export function filesOfMessage(
  state: State,
  message: { channel: string; fileIds?: string[] },
): Record<string, unknown>[] {
  const files = (message.fileIds ?? []).flatMap((id) => state.files.get(id) ?? []);
  if (!findChannel(state, message.channel)?.shared)
    return files.map((file) => toSlackFile(state, file, state.origin()));
  return files.map(({ id }) => ({ id, mode: 'file_access', file_access: 'check_file_info' }));
}

/** Whether the bot stands where the file was shared, or shared it itself. */
export function botSees(state: State, file: StoredFile): boolean {
  const { bot } = state.workspace;
  const isIn = ({ channel }: { channel: string }) =>
    findChannel(state, channel)?.members.includes(bot.userId) ?? false;
  return file.user === bot.userId || file.shares.some(isIn);
}
