import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Sender } from '../../reminders/sender.ts';
import { createPacer } from '../delivery/pacer.ts';
import { boltLogger } from '../transport/bolt-logger.ts';
import { createReminderSender } from './reminder-sender.ts';

/** A request that lasts longer counts as lost; well below a message's lease. */
const POST_TIMEOUT_MS = 10_000;

/** Delivers without a running app: for one look from the command line. */
export function openReminderSender(parts: {
  botToken: string;
  /** Slack's own where it is not given. */
  slackApiUrl?: string | undefined;
  /** How requests are made; the platform's own where it is not given. */
  fetch?: typeof fetch | undefined;
  log: Logger;
}): Sender {
  const { botToken, slackApiUrl, log } = parts;
  const single = new WebClient(botToken, {
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: POST_TIMEOUT_MS,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    ...(parts.fetch === undefined ? {} : { fetch: parts.fetch }),
  });
  return createReminderSender({ single, pacer: createPacer(), log });
}
