import { changeReaction, type ReactionRefusal, toSlackMessage } from '../messages.ts';
import type { Message } from '../state.ts';
import { findChannel, findMessage, type State } from '../state.ts';
import { type Args, type Method, missing, type Reply, refuseCall, text } from './method.ts';

function reactable(args: Args, state: State): { message: Message } | { refusal: Reply } {
  const lacking = missing(args, 'channel', 'timestamp');
  if (lacking) return { refusal: refuseCall('no_item_specified') };
  const channel = findChannel(state, text(args, 'channel'));
  const isMember = channel?.members.includes(state.workspace.bot.userId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember))
    return { refusal: refuseCall('channel_not_found') };
  if (channel.archived) return { refusal: refuseCall('is_archived') };
  if (!isMember) return { refusal: refuseCall('not_in_channel') };
  if (!/^\d+\.\d+$/.test(text(args, 'timestamp'))) return { refusal: refuseCall('bad_timestamp') };
  const message = findMessage(state, channel.id, text(args, 'timestamp'));
  return message && message.ephemeralTo === null ? { message } : { refusal: refuseCall('message_not_found') };
}

function change(way: 'add' | 'remove'): Method {
  return {
    scopes: () => ['reactions:write'],
    call(args, { state, effects }) {
      if (text(args, 'name') === '') return refuseCall('invalid_name');
      const found = reactable(args, state);
      if ('refusal' in found) return found.refusal;
      const [name, user] = [text(args, 'name'), state.workspace.bot.userId];
      const refusal: ReactionRefusal | null = changeReaction(found.message, way, user, name);
      if (refusal !== null) return refuseCall(refusal);
      effects.reacted(found.message, {
        type: way === 'add' ? 'reaction_added' : 'reaction_removed',
        user,
        name,
      });
      return { ok: true };
    },
  };
}

const get: Method = {
  scopes: () => ['reactions:read'],
  call(args, { state }) {
    const found = reactable(args, state);
    if ('refusal' in found) return found.refusal;
    const { channel } = found.message;
    return { ok: true, type: 'message', channel, message: toSlackMessage(state, found.message) };
  },
};

export const reactionMethods: Record<string, Method> = {
  'reactions.add': change('add'),
  'reactions.remove': change('remove'),
  'reactions.get': get,
};
