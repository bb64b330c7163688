import { type Logger as BoltLogger, SocketModeReceiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
import type { AppError } from '../../model/errors.ts';
import { refusal, tokenFault } from './identity.ts';
import type { Transport } from './transport.ts';

export interface SocketTransportOptions {
  appToken: string;
  slackApiUrl?: string | undefined;
  logger: BoltLogger;
}

/** Events through a WebSocket that the app opens: needs no address that Slack could reach. */
export function socketTransport({ appToken, slackApiUrl, logger }: SocketTransportOptions): Transport {
  const opening = watchRefusals();
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: {
      clientOptions: { fetch: opening.fetch, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) },
    },
  });
  let isOpen = false;
  receiver.client.on('connected', () => {
    isOpen = true;
  });
  receiver.client.on('close', () => {
    isOpen = false;
  });
  return {
    receiver,
    isConnected: () => isOpen,
    async start() {
      try {
        await Promise.race([receiver.start(), opening.refused]);
        return null;
      } catch (cause) {
        await receiver.stop();
        throw refusal(cause, 'SLACK_APP_TOKEN');
      }
    },
    stop: () => receiver.stop(),
  };
}

const Answer = z.object({ ok: z.boolean(), error: z.string().default('unknown_error') });

/** Slack's own troubles, which pass. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
]);

/**
 * The SDK tries for ever to open a connection that Slack refuses for a reason it does not know, such as a bot
 * token in place of an app token. `refused` rejects at the first refusal, so that a start can fail.
 */
function watchRefusals(): { fetch: FetchFunction; refused: Promise<never> } {
  let refuse: (fault: AppError) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  // Refusals after the start are the SDK's to retry.
  refused.catch(() => {});
  return {
    refused,
    async fetch(url, init) {
      const response = await globalThis.fetch(url, init);
      const answer = Answer.safeParse(
        await response
          .clone()
          .json()
          .catch(() => null),
      );
      if (response.ok && answer.success && !answer.data.ok && !PASSING.has(answer.data.error)) {
        refuse(tokenFault('SLACK_APP_TOKEN', answer.data.error));
      }
      return response;
    },
  };
}
