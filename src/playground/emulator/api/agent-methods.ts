import { z } from 'zod';
import { findChannel, findMessage, type State } from '../state.ts';
import type { Channel } from '../workspace.ts';
import { type Args, json, type Method, missing, type Reply, refuseCall, text } from './method.ts';

function place(args: Args, state: State): { channel: Channel } | { refusal: Reply } {
  const lacking = missing(args, 'channel_id');
  if (lacking) return { refusal: lacking };
  const channel = findChannel(state, text(args, 'channel_id'));
  const isMember = channel?.members.includes(state.workspace.bot.userId) ?? false;
  return channel && isMember ? { channel } : { refusal: refuseCall('channel_not_found') };
}

function threadKey(args: Args, state: State, channel: Channel): { key: string } | { refusal: Reply } {
  const ts = text(args, 'thread_ts');
  const isThere = /^\d+\.\d+$/.test(ts) && findMessage(state, channel.id, ts) !== undefined;
  return isThere ? { key: `${channel.id}:${ts}` } : { refusal: refuseCall('invalid_thread_ts') };
}

/** Also in channels, since it takes chat:write. */
const setStatus: Method = {
  scopes: () => ['chat:write', 'assistant:write'],
  call(args, { state }) {
    const lacking = missing(args, 'thread_ts') ?? absent(args, 'status');
    if (lacking) return lacking;
    const found = place(args, state);
    if ('refusal' in found) return found.refusal;
    const thread = threadKey(args, state, found.channel);
    if ('refusal' in thread) return thread.refusal;
    const status = text(args, 'status');
    if (status === '') state.statuses.delete(thread.key);
    else state.statuses.set(thread.key, { text: status, at: state.now() });
    return { ok: true };
  },
};

/** An empty status takes the status away, so it may be empty but not left out. */
function absent(args: Args, name: string): Reply | null {
  return args[name] === undefined
    ? refuseCall('invalid_arguments', [`missing required field: ${name}`])
    : null;
}

const Prompts = z
  .array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))
  .min(1)
  .max(4);

const setSuggestedPrompts: Method = {
  scopes: () => ['assistant:write'],
  call(args, { state }) {
    const found = place(args, state);
    if ('refusal' in found) return found.refusal;
    if (found.channel.kind !== 'im') return refuseCall('channel_not_found');
    const prompts = Prompts.safeParse(json(args, 'prompts'));
    if (!prompts.success) return refuseCall('invalid_arguments', ['prompts: 1 to 4 of title and message']);
    // An agent app that names a thread is told nothing, and nothing is shown.
    if (text(args, 'thread_ts') !== '' && state.manifest.features.agent_view) return { ok: true };
    state.panes.set(found.channel.id, { title: text(args, 'title') || null, prompts: prompts.data });
    return { ok: true };
  },
};

const setTitle: Method = {
  scopes: () => ['assistant:write'],
  call(args, { state }) {
    const lacking = missing(args, 'thread_ts', 'title');
    if (lacking) return lacking;
    const found = place(args, state);
    if ('refusal' in found) return found.refusal;
    if (found.channel.kind !== 'im') return refuseCall('channel_not_found');
    const thread = threadKey(args, state, found.channel);
    if ('refusal' in thread) return thread.refusal;
    state.titles.set(thread.key, text(args, 'title'));
    return { ok: true };
  },
};

export const agentMethods: Record<string, Method> = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': setTitle,
};
