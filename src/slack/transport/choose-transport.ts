import type { Logger as BoltLogger } from '@slack/bolt';
import { AppError } from '../../model/errors.ts';
import type { Health } from '../../model/health.ts';
import { afterMs } from '../drain.ts';
import { httpTransport } from './http-transport.ts';
import { socketTransport } from './socket-transport.ts';
import type { SlackAppConfig, SlackTransport } from './transport.ts';
import type { Network } from './web-clients.ts';

const DEFAULT_PORT = 3_000;

/** Socket Mode where there is an app token, else HTTP. AppError `bad_configuration` where there is neither. */
export function chooseTransport(parts: {
  config: SlackAppConfig;
  health: () => Promise<Health>;
  network: Network;
  now: () => Date;
  logger: BoltLogger;
}): { transport: SlackTransport; mode: 'socket' | 'http' } {
  const { config, health, network, now, logger } = parts;
  const { appToken, signingSecret, port = DEFAULT_PORT, slackApiUrl } = config;
  if (appToken !== undefined) {
    return {
      transport: socketTransport({ appToken, slackApiUrl, network, after: afterMs, logger }),
      mode: 'socket',
    };
  }
  if (signingSecret === undefined) {
    const message = 'SLACK_APP_TOKEN（ソケットモード）か SLACK_SIGNING_SECRET（HTTP）を設定してください';
    throw new AppError('bad_configuration', { message });
  }
  return { transport: httpTransport({ signingSecret, port, health, now, logger }), mode: 'http' };
}
