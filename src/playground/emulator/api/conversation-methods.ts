import { repliesTo, toSlackMessage } from '../messages.ts';
import { findChannel, findMessage, findUser, type Message, type State } from '../state.ts';
import { type Channel, directMessageId } from '../workspace.ts';
import { type Args, flag, type Method, missing, type Reply, refuseCall, text } from './method.ts';

/** One page: `cursor` is the place in the list, in Slack's manner opaque text. */
export function page<T>(
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

export function scopeOf(kind: Channel['kind'], right: 'history' | 'read'): string {
  return `${PREFIX[kind]}:${right}`;
}

/** The scope for a channel of that kind; none is asked for where there is no such channel. */
export function scopeFor(right: 'history' | 'read') {
  return (args: Args, state: State): string[] => {
    const channel = findChannel(state, text(args, 'channel'));
    return channel ? [scopeOf(channel.kind, right)] : [];
  };
}

/** A channel in the shape of Slack's own JSON. */
export function toSlackChannel(state: State, channel: Channel): Record<string, unknown> {
  if (channel.kind === 'im') {
    const { id, name: user, archived } = channel;
    const is_user_deleted = findUser(state, user)?.deleted ?? false;
    return { id, user, is_im: true, is_archived: archived, is_org_shared: false, is_user_deleted };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_general: false,
    is_archived: channel.archived,
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(state.workspace.bot.userId),
    num_members: channel.members.length,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
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
    const { bot, channels } = state.workspace;
    const named = text(args, 'channel');
    if (named !== '') {
      const known = channels.some((one) => one.id === named && one.kind === 'im');
      return known ? opened(args, state, named) : refuseCall('channel_not_found');
    }
    const ids = text(args, 'users')
      .split(',')
      .filter((id) => id.trim() !== '');
    const [id = ''] = ids;
    if (ids.length === 0) return refuseCall('users_list_not_supplied');
    if (ids.length > 1) return refuseCall('method_not_supported_for_channel_type');
    if (id === bot.userId) return refuseCall('cannot_dm_bot');
    const user = findUser(state, id);
    if (!user) return refuseCall('user_not_found');
    return user.deleted ? refuseCall('user_disabled') : opened(args, state, directMessageId(user.id));
  },
};

function opened(args: Args, state: State, id: string): Reply {
  const channel = findChannel(state, id);
  const shown = channel && flag(args, 'return_im') ? toSlackChannel(state, channel) : { id };
  return { ok: true, no_op: true, already_open: true, channel: shown };
}

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
  for (const name of ['oldest', 'latest'])
    if (!/^(?:\d+(?:\.\d+)?)?$/.test(text(args, name))) return refuseCall(`invalid_ts_${name}`);
  return null;
}

function between(args: Args) {
  const oldest = Number(text(args, 'oldest') || 0);
  const latest = Number(text(args, 'latest') || Number.POSITIVE_INFINITY);
  const inclusive = flag(args, 'inclusive');
  return ({ ts }: { ts: string }): boolean =>
    inclusive ? Number(ts) >= oldest && Number(ts) <= latest : Number(ts) > oldest && Number(ts) < latest;
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
      .filter(between(args))
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
    const shown = [parent, ...repliesTo(state, parent).filter(between(args))];
    return messagePage(state, shown, args);
  },
};

export const historyMethods: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
