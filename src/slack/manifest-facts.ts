/**
 * What the code asks of Slack, and the scope that each thing needs. manifest.yml is held against these tables,
 * and these tables against the source, by test.
 */

/** Web API methods; null where any bot token may call it, or where the scopes of the events are enough. */
export const METHODS = {
  'auth.test': null,
  // With the app token, whose connections:write no manifest grants.
  'apps.connections.open': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.delete': 'chat:write',
  // Read only where the bot listens: channels:history, groups:history and im:history of the events.
  'conversations.history': null,
  'conversations.replies': null,
  // A reminder goes to the person in charge where the branch's channel is gone.
  'conversations.open': 'im:write',
  // The branch in a channel's name: it need not be set where the channel is called 群馬支部.
  'conversations.info': ['channels:read', 'groups:read'],
  'chat.update': 'chat:write',
  // Whether a person in charge has left.
  'users.info': 'users:read',
  // Tables of figures that people share with the bot.
  'files.info': 'files:read',
  // A ranking or a trend as a picture, for whoever asks for one.
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'views.open': null,
  'views.update': null,
  'views.publish': null,
  'assistant.threads.setSuggestedPrompts': 'assistant:write',
  'assistant.threads.setStatus': 'chat:write',
  'assistant.threads.setTitle': 'assistant:write',
} as const satisfies Record<string, string | readonly string[] | null>;

/** Events by the name that the manifest subscribes to; null where none is needed. */
export const EVENTS = {
  app_mention: 'app_mentions:read',
  app_home_opened: null,
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  // ❌ of whoever asked takes an answer away.
  reaction_added: 'reactions:read',
} as const satisfies Record<string, string | null>;

export const SLASH_COMMANDS = { '/kpi': 'commands' } as const satisfies Record<string, string>;

/** Shortcuts by callback id; `commands` lets them be. */
export const SHORTCUTS = {
  report_figures: 'global',
  search_message: 'message',
} as const satisfies Record<string, 'global' | 'message'>;

/** Bot scopes that the code needs, each once, in alphabetical order. */
export function neededScopes(): string[] {
  const scopes = [METHODS, EVENTS, SLASH_COMMANDS].flatMap((table): (string | readonly string[] | null)[] =>
    Object.values(table),
  );
  return [...new Set(scopes.flatMap((scope) => scope ?? []))].sort();
}
