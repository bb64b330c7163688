import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import { type Logger as BoltLogger, HTTPReceiver } from '@slack/bolt';
import { AppError } from '../../model/errors.ts';
import { formatHealth, type Health, isWell } from '../../model/health.ts';
import type { Transport } from './transport.ts';

export interface HttpTransportOptions {
  signingSecret: string;
  /** 0 takes a free one. */
  port: number;
  health: () => Promise<Health>;
  now: () => Date;
  logger: BoltLogger;
}

const BODY_LIMIT = 1024 * 1024;
const CLOCK_LIMIT_MS = 5 * 60 * 1000;

/** Events as signed HTTP requests to /slack/events; /healthz says whether it can answer them. */
export function httpTransport({ signingSecret, port, health, now, logger }: HttpTransportOptions): Transport {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: '/slack/events',
    bodyLimit: BODY_LIMIT,
    customRoutes: [
      { path: '/healthz', method: 'GET', handler: (_, response) => void sayHealth(health, response) },
    ],
  });
  const bolt = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (isOutOfTime(request, now())) {
      logger.warn('request refused: its timestamp is more than 5 minutes away');
      refuse(request, response);
    } else {
      bolt(request, response);
    }
  };
  let isListening = false;
  return {
    receiver,
    isConnected: () => isListening,
    async start() {
      const server = await receiver.start(port).catch((cause: unknown) => {
        throw listenFault(cause, port);
      });
      isListening = true;
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
    stop: () => receiver.stop(),
  };
}

async function sayHealth(health: () => Promise<Health>, response: ServerResponse): Promise<void> {
  const found = await health();
  response.writeHead(isWell(found) ? 200 : 503, { 'content-type': 'application/json' });
  response.end(formatHealth(found));
}

/** Bolt refuses old timestamps only: a request signed for tomorrow could be replayed until then. */
function isOutOfTime(request: HttpRequest, now: Date): boolean {
  const header = request.headers['x-slack-request-timestamp'];
  return header !== undefined && Math.abs(Number(header) * 1000 - now.getTime()) > CLOCK_LIMIT_MS;
}

function refuse(request: HttpRequest, response: ServerResponse): void {
  request.resume();
  response.writeHead(401);
  response.end();
}

function listenFault(cause: unknown, port: number): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('bad_configuration', {
    message: `PORT ${port} で待ち受けできません（${reason}）`,
    cause,
  });
}
