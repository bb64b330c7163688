import { repliesTo, toSlackMessage } from '../messages.ts';
import { findChannel, findMessage, findUser, type Message, type State } from '../state.ts';
import { type Channel, directMessageId } from '../workspace.ts';
import { type Args, flag, type Method, type Reply, refuse, requireArgs, text } from './method.ts';

const PREFIX: Record<Channel['kind'], string> = { public: 'channels', private: 'groups', im: 'im' };

/** The scope for a channel of that kind; none is asked for where there is no such channel. */
function scopeFor(right: 'history' | 'read') {
  return (args: Args, state: State): string[] => {
    const channel = findChannel(state, text(args, 'channel'));
    return channel ? [`${PREFIX[channel.kind]}:${right}`] : [];
  };
}

/** A channel in the shape of Slack's own JSON. */
function toSlackChannel(state: State, channel: Channel): Record<string, unknown> {
  const { id, name, kind, archived, shared, members, topic } = channel;
  if (kind === 'im') return { id, user: name, is_im: true, is_archived: archived };
  return {
    id,
    name,
    is_channel: kind === 'public',
    is_private: kind !== 'public',
    is_im: false,
    is_archived: archived,
    is_shared: shared,
    is_ext_shared: shared,
    is_member: members.includes(state.workspace.bot.userId),
    num_members: members.length,
    topic: { value: topic, creator: '', last_set: 0 },
  };
}

const info: Method = {
  scopes: scopeFor('read'),
  call(args, { state }) {
    const channel = findChannel(state, text(args, 'channel'));
    const hidden = channel?.kind === 'private' && !channel.members.includes(state.workspace.bot.userId);
    if (!channel || hidden) return refuse('channel_not_found');
    return { ok: true, channel: toSlackChannel(state, channel) };
  },
};

const open: Method = {
  scopes: () => ['im:write'],
  call(args, { state }) {
    const { bot } = state.workspace;
    const ids = text(args, 'users')
      .split(',')
      .filter((id) => id.trim() !== '');
    const [id = ''] = ids;
    if (ids.length === 0) return refuse('users_list_not_supplied');
    if (ids.length > 1) return refuse('method_not_supported_for_channel_type');
    if (id === bot.userId) return refuse('cannot_dm_bot');
    const user = findUser(state, id);
    if (!user) return refuse('user_not_found');
    if (user.deleted) return refuse('user_disabled');
    return { ok: true, channel: { id: directMessageId(user.id) } };
  },
};

/** A channel that the bot may read. */
function readable(args: Args, state: State): Channel {
  requireArgs(args, 'channel');
  const channel = findChannel(state, text(args, 'channel'));
  if (channel?.members.includes(state.workspace.bot.userId)) return channel;
  return refuse(channel?.kind === 'public' ? 'not_in_channel' : 'channel_not_found');
}

const MOST = 999;

/** One page; `cursor` is the place in the list, in Slack's manner opaque text. */
function messagePage(state: State, shown: Message[], args: Args): Reply {
  const start = text(args, 'cursor') === '' ? 0 : Number(text(args, 'cursor').replace(/^next:/, ''));
  if (!Number.isInteger(start) || start < 0 || start > shown.length) return refuse('invalid_cursor');
  const limit = Math.min(Number(text(args, 'limit') || 100), MOST);
  if (!Number.isInteger(limit) || limit < 1) return refuse('invalid_limit');
  const metadata = flag(args, 'include_all_metadata');
  const messages = shown.slice(start, start + limit).map((one) => toSlackMessage(state, one, { metadata }));
  const has_more = start + limit < shown.length;
  const next_cursor = has_more ? `next:${start + limit}` : '';
  return { ok: true, messages, has_more, response_metadata: { next_cursor } };
}

function after(args: Args): (message: { ts: string }) => boolean {
  const oldest = text(args, 'oldest');
  if (!/^(?:\d+(?:\.\d+)?)?$/.test(oldest)) refuse('invalid_ts_oldest');
  return ({ ts }) => Number(ts) > Number(oldest || 0);
}

const history: Method = {
  scopes: scopeFor('history'),
  call(args, { state }) {
    const channel = readable(args, state);
    const shown = state.messages
      .filter((one) => one.channel === channel.id && one.ephemeralTo === null)
      .filter((one) => one.threadTs === null || one.threadTs === one.ts)
      .filter(after(args))
      .reverse();
    return messagePage(state, shown, args);
  },
};

const replies: Method = {
  scopes: scopeFor('history'),
  call(args, { state }) {
    const channel = readable(args, state);
    const isNewer = after(args);
    requireArgs(args, 'ts');
    const parent = findMessage(state, channel.id, text(args, 'ts'));
    if (!parent || parent.ephemeralTo !== null) return refuse('thread_not_found');
    return messagePage(state, [parent, ...repliesTo(state, parent).filter(isNewer)], args);
  },
};

export const conversationMethods: Record<string, Method> = {
  'conversations.info': info,
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
};
