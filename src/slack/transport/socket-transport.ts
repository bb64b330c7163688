import { type Logger as BoltLogger, SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { z } from 'zod';
import { SLACKS_OWN, slackErrorCode } from '../delivery/slack-errors.ts';
import type { After } from '../drain.ts';
import { withoutTokens } from '../log.ts';
import type { SlackTransport } from './transport.ts';
import { type Network, refusal } from './web-clients.ts';

interface SocketTransportOptions {
  appToken: string;
  slackApiUrl?: string | undefined;
  network: Network;
  after: After;
  logger: BoltLogger;
}

const OPEN_TIMEOUT_MS = 10_000;
/** From the address of a socket to Slack's hello. */
const HELLO_TIMEOUT_MS = 30_000;
/** Before the second, third … attempt of what may pass. */
const PAUSES_MS = [0, 1_000, 2_000, 5_000, 10_000, 30_000];
/** After a refusal: only a person can mend it, and the process need not be started again then. */
const REFUSED_PAUSE_MS = 60_000;
/** A connection that held so long was a good one. */
const STEADY_MS = 30_000;

/** Why Slack closes a socket that is not simply opened anew. */
const LASTING = new Set(['link_disabled', 'too_many_websockets']);

const Farewell = z.object({ type: z.literal('disconnect'), reason: z.string().default('') });

/**
 * Events through a WebSocket that the app opens: needs no address that Slack could reach. The SDK's own reconnecting
 * has no catch, so that a refusal ends the process; here each attempt is made and judged by itself.
 */
export function socketTransport(options: SocketTransportOptions): SlackTransport {
  const { appToken, slackApiUrl, network, after, logger } = options;
  const { dispatcher } = network;
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    ...(dispatcher === undefined ? {} : { dispatcher: dispatcher as never }),
    processEventErrorHandler: async ({ error }) => {
      logger.error(error);
      return false;
    },
    installerOptions: {
      clientOptions: {
        fetch: network.fetch,
        timeout: OPEN_TIMEOUT_MS,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
      },
    },
  });
  const { client } = receiver;
  let isOpen = false;
  let isStopped = false;
  let isConnecting = false;
  let failures = 0;
  /** Why the socket is closed, and whether only a person can mend it. */
  let problem: string | null = null;
  let isRefused = false;
  let callOff = () => {};

  guardMessages(client, logger, (reason) => {
    logger.info(`Slack closes the socket: ${reason}`);
    if (!LASTING.has(reason)) return;
    problem = reason;
    isRefused = true;
  });
  client.on('connected', () => {
    isOpen = true;
    problem = null;
    isRefused = false;
    callOff = after(STEADY_MS, () => {
      failures = 0;
    });
  });
  client.on('disconnected', () => {
    isOpen = false;
    if (!isConnecting) reconnect();
  });

  async function connect(): Promise<void> {
    isConnecting = true;
    const waiting = after(HELLO_TIMEOUT_MS, () => void client.disconnect());
    try {
      await client.start();
    } catch (cause) {
      // The SDK rejects with nothing where the connection closed before the hello.
      throw cause ?? new Error('the socket closed before it was ready');
    } finally {
      waiting();
      isConnecting = false;
    }
    // Asked to stop in the middle of a handshake, the SDK connects all the same.
    if (isStopped) await client.disconnect();
  }

  function reconnect(): void {
    callOff();
    if (isStopped) return;
    const pause = isRefused ? REFUSED_PAUSE_MS : (PAUSES_MS[failures] ?? REFUSED_PAUSE_MS);
    failures += 1;
    callOff = after(pause, () => {
      if (isStopped) return;
      connect().catch((cause: unknown) => {
        problem = reasonOf(cause);
        isRefused = isLasting(cause);
        logger.error(`cannot open the socket: ${problem}`);
        reconnect();
      });
    });
  }

  return {
    receiver,
    isConnected: () => isOpen,
    problem: () => problem,
    async start() {
      isStopped = false;
      for (let attempt = 0; ; attempt += 1) {
        try {
          await connect();
          return null;
        } catch (cause) {
          if (isStopped || !isPassing(cause)) throw refusal(cause, 'SLACK_APP_TOKEN');
          logger.warn(`cannot open the socket yet: ${reasonOf(cause)}`);
          await new Promise<void>((resolve) => {
            callOff = after(PAUSES_MS[attempt] ?? REFUSED_PAUSE_MS, resolve);
          });
        }
      }
    },
    async stop() {
      isStopped = true;
      callOff();
      await client.disconnect();
    },
  };
}

function isPassing(cause: unknown): boolean {
  return cause instanceof WebAPIRateLimitedError || SLACKS_OWN.has(slackErrorCode(cause) ?? '');
}

/** Refused by Slack for a reason that stays. */
function isLasting(cause: unknown): boolean {
  return slackErrorCode(cause) !== undefined && !isPassing(cause);
}

function reasonOf(cause: unknown): string {
  return slackErrorCode(cause) ?? withoutTokens(cause instanceof Error ? cause.message : String(cause));
}

/** What is no message of Slack's ends in the log and not in an unhandled rejection of the SDK. */
function guardMessages(
  client: SocketModeReceiver['client'],
  logger: BoltLogger,
  closing: (reason: string) => void,
): void {
  const [read] = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (...args: unknown[]) => {
    try {
      const farewell = Farewell.safeParse(JSON.parse(String(args[0])));
      if (farewell.success) closing(farewell.data.reason);
      await read?.(...args);
    } catch (error) {
      logger.warn('a message on the socket cannot be read', error);
    }
  });
}
