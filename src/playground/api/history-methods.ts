import type { Message } from '../message.ts';
import { repliesTo, toSlackMessage } from '../slack-message.ts';
import { findChannel, findMessage, type State } from '../state.ts';
import type { Channel } from '../workspace.ts';
import { scopeFor } from './channel-scopes.ts';
import { type Args, flag, type Method, missing, type Reply, refuseCall, text } from './method.ts';
import { page } from './paging.ts';

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
