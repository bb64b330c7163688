import { App, type Logger, LogLevel } from '@slack/bolt';
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from '../../src/playground/emulator/local-slack.ts';
import { Manifest } from '../../src/playground/emulator/manifest.ts';

/** Events and the scope with which they go, where a test may take it away. */
const EVENTS = {
  app_home_opened: '',
  app_mention: '',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  file_shared: 'files:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
};

/** A manifest that allows everything the tests of the local Slack do; `without` takes scopes away. */
export function fullManifest(without: string[] = []): Manifest {
  const scopes = [
    'app_mentions:read',
    'assistant:write',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'files:read',
    'files:write',
    'groups:history',
    'groups:read',
    'im:history',
    'im:write',
    'reactions:read',
    'reactions:write',
    'usergroups:read',
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
      shortcuts: [
        { type: 'message', name: '調べる', callback_id: 'look_up', description: '計画で調べる' },
        { type: 'global', name: '報告', callback_id: 'report', description: '実績を報告' },
      ],
    },
    oauth_config: { scopes: { bot: scopes.filter((scope) => !without.includes(scope)) } },
    settings: {
      event_subscriptions: {
        bot_events: Object.entries(EVENTS)
          .filter(([, scope]) => !without.includes(scope))
          .map(([event]) => event),
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

/** For tests of refusals, which Slack's libraries would otherwise print. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A real Bolt app in Socket Mode that is connected to the local Slack. */
export function boltApp(slack: LocalSlack): App {
  return new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
}
