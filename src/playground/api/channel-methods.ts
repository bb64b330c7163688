import { toSlackChannel } from '../slack-channel.ts';
import { findChannel, findUser, type State } from '../state.ts';
import { type Channel, directMessageId } from '../workspace.ts';
import { scopeFor, scopeOf } from './channel-scopes.ts';
import { type Args, flag, type Method, type Reply, refuseCall, text } from './method.ts';
import { page } from './paging.ts';

const info: Method = {
  scopes: scopeFor('read'),
  call(args, { state }) {
    const channel = findChannel(state, text(args, 'channel'));
    const hidden = channel?.kind === 'private' && !channel.members.includes(state.workspace.bot.userId);
    if (!channel || hidden) return refuseCall('channel_not_found');
    return { ok: true, channel: toSlackChannel(state, channel) };
  },
};

const KIND = { public_channel: 'public', private_channel: 'private', im: 'im' } as const;

function listedKinds(args: Args): Channel['kind'][] {
  const types = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
  return types.flatMap((type) => (type in KIND ? [KIND[type as keyof typeof KIND]] : []));
}

const list: Method = {
  scopes(args, state) {
    const needed = listedKinds(args).map((kind) => scopeOf(kind, 'read'));
    const absent = needed.find((scope) => !state.manifest.oauth_config.scopes.bot.includes(scope));
    return absent === undefined ? [] : [absent];
  },
  call(args, { state }) {
    const kinds = listedKinds(args);
    const shown = state.workspace.channels
      .filter((channel) => kinds.includes(channel.kind))
      .filter((channel) => channel.kind === 'public' || channel.members.includes(state.workspace.bot.userId))
      .filter((channel) => !(flag(args, 'exclude_archived') && channel.archived));
    const paged = page(shown, args, 999);
    if (typeof paged === 'string') return refuseCall(paged);
    return {
      ok: true,
      channels: paged.items.map((channel) => toSlackChannel(state, channel)),
      ...paged.more,
    };
  },
};

const members: Method = {
  scopes: scopeFor('read'),
  call(args, { state }) {
    const channel = findChannel(state, text(args, 'channel'));
    if (!channel) return refuseCall('channel_not_found');
    const paged = page(channel.members, args, 999);
    if (typeof paged === 'string') return refuseCall(paged);
    return { ok: true, members: paged.items, ...paged.more };
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
  'conversations.list': list,
  'conversations.members': members,
  'conversations.open': open,
};
