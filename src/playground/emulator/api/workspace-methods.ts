import type { State } from '../state.ts';
import { teamOf, type User } from '../workspace.ts';
import { type Method, noScope, refuse, requireArgs, text } from './method.ts';

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

/** A person of another workspace who shares no channel with the app is a stranger. */
function isStranger({ workspace }: State, user: User): boolean {
  const meets = workspace.channels.some(
    (channel) =>
      channel.kind !== 'im' &&
      channel.members.includes(user.id) &&
      channel.members.includes(workspace.bot.userId),
  );
  return user.role === 'external' && !meets;
}

function toSlackUser(state: State, user: User): Record<string, unknown> {
  const { bot } = state.workspace;
  const team = teamOf(state.workspace, user);
  return {
    id: user.id,
    team_id: team,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted ?? false,
    is_admin: user.role === 'admin',
    is_restricted: user.role === 'guest',
    is_ultra_restricted: user.role === 'guest' && user.singleChannel === true,
    is_bot: user.id === bot.userId,
    ...(user.role === 'external' ? { is_stranger: isStranger(state, user) } : {}),
    profile: { real_name: user.realName, display_name: user.realName, team },
  };
}

function knownUsers(state: State): User[] {
  const { bot, users } = state.workspace;
  return [...users, { id: bot.userId, name: bot.name, realName: bot.name, role: 'staff' }];
}

const usersInfo: Method = {
  scopes: () => ['users:read'],
  call(args, { state }) {
    requireArgs(args, 'user');
    const known = knownUsers(state).find((user) => user.id === text(args, 'user'));
    return known ? { ok: true, user: toSlackUser(state, known) } : refuse('user_not_found');
  },
};

export const workspaceMethods: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': usersInfo,
};
