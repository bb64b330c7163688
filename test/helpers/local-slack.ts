import { App, LogLevel } from '@slack/bolt';
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from '../../src/playground/local-slack.ts';
import { Manifest } from '../../src/playground/manifest.ts';

/** A manifest that allows everything the tests of the local Slack do; `without` takes scopes away. */
export function fullManifest(without: string[] = []): Manifest {
  const scopes = [
    'app_mentions:read',
    'assistant:write',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'groups:history',
    'groups:read',
    'im:history',
    'im:write',
    'reactions:write',
    'users:read',
  ];
  return Manifest.parse({
    display_information: { name: 'planbot' },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'planbot' },
      slash_commands: [{ command: '/kpi' }],
    },
    oauth_config: { scopes: { bot: scopes.filter((scope) => !without.includes(scope)) } },
    settings: {
      event_subscriptions: {
        bot_events: [
          'app_home_opened',
          'app_mention',
          'message.channels',
          'message.groups',
          'message.im',
        ].filter((event) => event !== 'message.channels' || !without.includes('channels:history')),
      },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  });
}

export const NOON = new Date('2025-07-01T03:00:00Z');

export function startSlack(change: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  return startLocalSlack({ manifest: fullManifest(), now: () => NOON, mode: 'socket', ...change });
}

/** A real Bolt app in Socket Mode that is connected to the local Slack. */
export function boltApp(slack: LocalSlack): App {
  return new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
}
