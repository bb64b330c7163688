import { AppError } from '../model/errors.ts';
import type { Manifest } from './manifest.ts';
import type { Channel } from './workspace.ts';

/** The scope without which Slack sends no such event; events that need none are left out. */
const EVENT_SCOPES: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  file_shared: 'files:read',
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
