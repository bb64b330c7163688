import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { Channel } from './workspace.ts';

const Shortcut = z.object({
  type: z.enum(['message', 'global']),
  name: z.string().min(1).max(24),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});

/** The part of manifest.yml that the local Slack holds the app to. Slack knows more fields. */
export const Manifest = z.object({
  display_information: z.object({ name: z.string().min(1) }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(true),
      })
      .default({
        home_tab_enabled: false,
        messages_tab_enabled: false,
        messages_tab_read_only_enabled: true,
      }),
    bot_user: z.object({ display_name: z.string().min(1) }),
    agent_view: z.object({ agent_description: z.string().min(1) }).optional(),
    slash_commands: z
      .array(z.object({ command: z.string().startsWith('/'), should_escape: z.boolean().default(false) }))
      .default([]),
    shortcuts: z.array(Shortcut).max(10).default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).default({ bot_events: [] }),
    interactivity: z.object({ is_enabled: z.boolean() }).default({ is_enabled: false }),
    socket_mode_enabled: z.boolean().default(false),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

/** The scope without which Slack sends no such event; events that need none are left out. */
const EVENT_SCOPES: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  reaction_added: 'reactions:read',
};

const MESSAGE_EVENT: Record<Channel['kind'], string> = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
};

export const CHANNEL_TYPE: Record<Channel['kind'], string> = {
  public: 'channel',
  private: 'group',
  im: 'im',
};

export function isSubscribed(manifest: Manifest, event: string): boolean {
  return manifest.settings.event_subscriptions.bot_events.includes(event);
}

export function messageEventOf(channel: Channel): string {
  return MESSAGE_EVENT[channel.kind];
}

/** Slack refuses a manifest that subscribes to an event, or offers a command, without its scope. */
export function checkSubscriptions(manifest: Manifest): void {
  const { slash_commands, shortcuts } = manifest.features;
  const offers = slash_commands.length + shortcuts.length > 0;
  if (offers && !manifest.oauth_config.scopes.bot.includes('commands'))
    throw new AppError('bad_configuration', {
      message: 'マニフェストのコマンドとショートカットには権限 commands が必要です',
      file: 'manifest.yml',
    });
  for (const event of manifest.settings.event_subscriptions.bot_events) {
    const scope = EVENT_SCOPES[event];
    if (scope !== undefined && !manifest.oauth_config.scopes.bot.includes(scope))
      throw new AppError('bad_configuration', {
        message: `マニフェストのイベント ${event} には権限 ${scope} が必要です`,
        file: 'manifest.yml',
      });
  }
}
