import { findUser, type State } from './state.ts';
import type { Channel } from './workspace.ts';

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
