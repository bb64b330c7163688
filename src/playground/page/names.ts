import type { Workspace } from '../workspace.ts';

/** How ids in texts are shown: <@U1> as @佐藤（職員）. */
export interface DisplayNames {
  user(id: string): string;
  channel(id: string): string;
  /** A channel as #東京支部, a direct message or a person by the person's name. */
  place(id: string): string;
}

export function namesOf(workspace: Workspace): DisplayNames {
  const user = (id: string): string =>
    id === workspace.bot.userId
      ? workspace.bot.name
      : (workspace.users.find((one) => one.id === id)?.realName ?? id);
  const channelOf = (id: string) => workspace.channels.find((channel) => channel.id === id);
  return {
    user,
    channel: (id) => channelOf(id)?.name ?? id,
    place(id) {
      const channel = channelOf(id);
      if (!channel) return user(id);
      return channel.kind === 'im' ? user(channel.name) : `#${channel.name}`;
    },
  };
}
