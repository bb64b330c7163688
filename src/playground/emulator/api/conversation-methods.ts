import { repliesTo, toSlackMessage } from '../messages.ts';
import { findChannel, findMessage, findUser, type Message, type State } from '../state.ts';
import { type Channel, directMessageId } from '../workspace.ts';
import { type Args, flag, type Method, missing, type Reply, refuseCall, text } from './method.ts';

/** One page: `cursor` is the place in the list, in Slack's manner opaque text. */
function page<T>(
  items: T[],
  args: Args,
  most: number,
): { items: T[]; hasMore: boolean; more: Record<string, unknown> } | 'invalid_cursor' | 'invalid_limit' {
  const start = text(args, 'cursor') === '' ? 0 : Number(text(args, 'cursor').replace(/^next:/, ''));
  if (!Number.isInteger(start) || start < 0 || start > items.length) return 'invalid_cursor';
  const limit = Math.min(Number(text(args, 'limit') || 100), most);
  if (!Number.isInteger(limit) || limit < 1) return 'invalid_limit';
  const hasMore = start + limit < items.length;
  return {
    items: items.slice(start, start + limit),
    hasMore,
    more: { response_metadata: { next_cursor: hasMore ? `next:${start + limit}` : '' } },
  };
}

const PREFIX: Record<Channel['kind'], string> = { public: 'channels', private: 'groups', im: 'im' };

function scopeOf(kind: Channel['kind'], right: 'history' | 'read'): string {
  return `${PREFIX[kind]}:${right}`;
}

/** The scope for a channel of that kind; none is asked for where there is no such channel. */
function scopeFor(right: 'history' | 'read') {
  return (args: Args, state: State): string[] => {
    const channel = findChannel(state, text(args, 'channel'));
    return channel ? [scopeOf(channel.kind, right)] : [];
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
    if (!channel || hidden) return refuseCall('channel_not_found');
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
    if (ids.length === 0) return refuseCall('users_list_not_supplied');
    if (ids.length > 1) return refuseCall('method_not_supported_for_channel_type');
    if (id === bot.userId) return refuseCall('cannot_dm_bot');
    const user = findUser(state, id);
    if (!user) return refuseCall('user_not_found');
    if (user.deleted) return refuseCall('user_disabled');
    return { ok: true, channel: { id: directMessageId(user.id) } };
  },
};

export const channelMethods: Record<string, Method> = {
  'conversations.info': info,
  'conversations.open': open,
};

/** A channel that the bot may read, or why not. */
function readable(args: Args, state: State): { channel: Channel } | { refusal: Reply } {
  const lacking = missing(args, 'channel');
  if (lacking) return { refusal: lacking };
  const channel = findChannel(state, text(args, 'channel'));
  const isMember = channel?.members.includes(state.workspace.bot.userId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember))
    return { refusal: refuseCall('channel_not_found') };
  return isMember ? { channel } : { refusal: refuseCall('not_in_channel') };
}

function messagePage(state: State, shown: Message[], args: Args): Reply {
  const paged = page(shown, args, 999);
  if (typeof paged === 'string') return refuseCall(paged);
  const metadata = flag(args, 'include_all_metadata');
  const messages = paged.items.map((one) => toSlackMessage(state, one, { metadata }));
  return { ok: true, messages, has_more: paged.hasMore, ...paged.more };
}

/** Slack's word for a bound that is no ts. */
function wrongBound(args: Args): Reply | null {
  return /^(?:\d+(?:\.\d+)?)?$/.test(text(args, 'oldest')) ? null : refuseCall('invalid_ts_oldest');
}

function after(args: Args): (message: { ts: string }) => boolean {
  const oldest = Number(text(args, 'oldest') || 0);
  return ({ ts }) => Number(ts) > oldest;
}

const history: Method = {
  scopes: scopeFor('history'),
  call(args, { state }) {
    const found = readable(args, state);
    if ('refusal' in found) return found.refusal;
    const wrong = wrongBound(args);
    if (wrong) return wrong;
    const shown = state.messages
      .filter((one) => one.channel === found.channel.id && one.ephemeralTo === null)
      .filter((one) => one.threadTs === null || one.threadTs === one.ts)
      .filter(after(args))
      .reverse();
    return messagePage(state, shown, args);
  },
};

const replies: Method = {
  scopes: scopeFor('history'),
  call(args, { state }) {
    const found = readable(args, state);
    if ('refusal' in found) return found.refusal;
    const wrong = wrongBound(args) ?? missing(args, 'ts');
    if (wrong) return wrong;
    const parent = findMessage(state, found.channel.id, text(args, 'ts'));
    if (!parent || parent.ephemeralTo !== null) return refuseCall('thread_not_found');
    const shown = [parent, ...repliesTo(state, parent).filter(after(args))];
    return messagePage(state, shown, args);
  },
};

export const historyMethods: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
