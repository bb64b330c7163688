import { z } from 'zod';
import { findChannel, findMessage, type State } from '../state.ts';
import type { Channel } from '../workspace.ts';
import { type Args, json, type Method, refuse, requireArgs, text } from './method.ts';

function placeOf(args: Args, state: State): Channel {
  requireArgs(args, 'channel_id');
  const channel = findChannel(state, text(args, 'channel_id'));
  const isMember = channel?.members.includes(state.workspace.bot.userId) ?? false;
  return channel && isMember ? channel : refuse('channel_not_found');
}

function paneOf(args: Args, state: State): Channel {
  const channel = placeOf(args, state);
  return channel.kind === 'im' ? channel : refuse('channel_not_found');
}

function threadKey(args: Args, state: State, channel: Channel): string {
  const ts = text(args, 'thread_ts');
  const isThere = /^\d+\.\d+$/.test(ts) && findMessage(state, channel.id, ts) !== undefined;
  return isThere ? `${channel.id}:${ts}` : refuse('invalid_thread_ts');
}

/** Also in channels, since it takes chat:write. */
const setStatus: Method = {
  scopes: () => ['chat:write', 'assistant:write'],
  call(args, { state }) {
    requireArgs(args, 'thread_ts');
    // An empty status takes the status away, so it may be empty but not left out.
    if (args.status === undefined) refuse('invalid_arguments', ['missing required field: status']);
    const key = threadKey(args, state, placeOf(args, state));
    const status = text(args, 'status');
    if (status === '') state.statuses.delete(key);
    else state.statuses.set(key, { text: status, at: state.now() });
    return { ok: true };
  },
};

const Prompts = z
  .array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))
  .min(1)
  .max(4);

const setSuggestedPrompts: Method = {
  scopes: () => ['assistant:write'],
  call(args, { state }) {
    const pane = paneOf(args, state);
    const prompts = Prompts.safeParse(json(args, 'prompts'));
    if (!prompts.success) return refuse('invalid_arguments', ['prompts: 1 to 4 of title and message']);
    // An agent app that names a thread is told nothing, and nothing is shown.
    if (text(args, 'thread_ts') !== '' && state.manifest.features.agent_view) return { ok: true };
    state.panes.set(pane.id, { title: text(args, 'title') || null, prompts: prompts.data });
    return { ok: true };
  },
};

const setTitle: Method = {
  scopes: () => ['assistant:write'],
  call(args, { state }) {
    requireArgs(args, 'thread_ts', 'title');
    state.titles.set(threadKey(args, state, paneOf(args, state)), text(args, 'title'));
    return { ok: true };
  },
};

export const agentMethods: Record<string, Method> = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': setTitle,
};
