import { z } from 'zod';
import { findChannel, findMessage, findUser, type State } from '../state.ts';
import { type Args, json, type Method, missing, noScope, type Reply, refuse, text } from './method.ts';

const authTest: Method = {
  scopes: noScope,
  call(_args, { state }) {
    const { team, bot } = state.workspace;
    return {
      ok: true,
      url: team.url,
      team: team.name,
      team_id: team.id,
      user: bot.name,
      user_id: bot.userId,
      bot_id: bot.botId,
      app_id: bot.appId,
      is_enterprise_install: false,
    };
  },
};

const usersInfo: Method = {
  scopes: () => ['users:read'],
  call(args, { state }) {
    const { team, bot } = state.workspace;
    const id = text(args, 'user');
    const person = findUser(state, id);
    const known =
      person ?? (id === bot.userId ? { id, name: bot.name, realName: bot.name, role: 'staff' } : null);
    if (!known) return refuse('user_not_found');
    return {
      ok: true,
      user: {
        id,
        team_id: team.id,
        name: known.name,
        real_name: known.realName,
        deleted: false,
        tz: 'Asia/Tokyo',
        tz_offset: 32_400,
        locale: 'ja-JP',
        is_admin: known.role === 'admin',
        is_bot: id === bot.userId,
        is_restricted: known.role === 'external',
        is_ultra_restricted: false,
        profile: { real_name: known.realName, display_name: known.realName },
      },
    };
  },
};

function reaction(change: 'add' | 'remove'): Method {
  return {
    scopes: () => ['reactions:write'],
    call(args, { state }) {
      const lacking = missing(args, 'channel', 'timestamp', 'name');
      if (lacking) return lacking;
      if (!findChannel(state, text(args, 'channel'))) return refuse('channel_not_found');
      const message = findMessage(state, text(args, 'channel'), text(args, 'timestamp'));
      if (!message) return refuse('message_not_found');
      const name = text(args, 'name');
      const [bot, there] = [state.workspace.bot.userId, message.reactions.find((one) => one.name === name)];
      const has = there?.users.includes(bot) ?? false;
      if (change === 'add' && has) return refuse('already_reacted');
      if (change === 'remove' && !has) return refuse('no_reaction');
      if (change === 'add' && there) there.users.push(bot);
      else if (change === 'add') message.reactions.push({ name, users: [bot] });
      else if (there) there.users = there.users.filter((user) => user !== bot);
      message.reactions = message.reactions.filter((one) => one.users.length > 0);
      return { ok: true };
    },
  };
}

function pane(args: Args, state: State): { id: string } | { refusal: Reply } {
  const lacking = missing(args, 'channel_id');
  if (lacking) return { refusal: lacking };
  const channel = findChannel(state, text(args, 'channel_id'));
  if (!channel) return { refusal: refuse('channel_not_found') };
  return { id: channel.id };
}

const agentScopes = (): string[] => ['assistant:write', 'chat:write'];

const setStatus: Method = {
  scopes: agentScopes,
  call(args, { state }) {
    const lacking = missing(args, 'thread_ts');
    if (lacking) return lacking;
    const found = pane(args, state);
    if ('refusal' in found) return found.refusal;
    const key = `${found.id}:${text(args, 'thread_ts')}`;
    const status = text(args, 'status');
    if (status === '') state.statuses.delete(key);
    else state.statuses.set(key, status);
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
    const found = pane(args, state);
    if ('refusal' in found) return found.refusal;
    const prompts = Prompts.safeParse(json(args, 'prompts'));
    if (!prompts.success) return refuse('invalid_arguments', ['prompts: 1 to 4 of title and message']);
    state.panes.set(found.id, { title: text(args, 'title') || null, prompts: prompts.data });
    return { ok: true };
  },
};

const setTitle: Method = {
  scopes: () => ['assistant:write'],
  call(args, { state }) {
    const found = pane(args, state);
    if ('refusal' in found) return found.refusal;
    return missing(args, 'thread_ts', 'title') ?? { ok: true };
  },
};

export const workspaceMethods: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'reactions.add': reaction('add'),
  'reactions.remove': reaction('remove'),
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': setTitle,
};
