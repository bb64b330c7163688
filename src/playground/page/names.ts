import type { Workspace } from '../workspace.ts';

/** How ids in texts are shown: <@U1> as @佐藤（職員）. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
}

export function namesOf(workspace: Workspace): Names {
  return {
    user: (id) =>
      id === workspace.bot.userId
        ? workspace.bot.name
        : (workspace.users.find((user) => user.id === id)?.realName ?? id),
    channel: (id) => workspace.channels.find((channel) => channel.id === id)?.name ?? id,
  };
}
