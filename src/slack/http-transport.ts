import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import { type Logger as BoltLogger, HTTPReceiver } from '@slack/bolt';
import { AppError } from '../model/errors.ts';
import type { Transport } from './transport.ts';

export interface HttpTransportOptions {
  signingSecret: string;
  /** 0 takes a free one. */
  port: number;
  now: () => Date;
  logger: BoltLogger;
}

const BODY_LIMIT = 1024 * 1024;
const CLOCK_LIMIT_MS = 5 * 60 * 1000;

/** Events as signed HTTP requests to /slack/events; /healthz says that the process takes them. */
export function httpTransport({ signingSecret, port, now, logger }: HttpTransportOptions): Transport {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: '/slack/events',
    bodyLimit: BODY_LIMIT,
    customRoutes: [{ path: '/healthz', method: 'GET', handler: (_, response) => sayHealthy(response) }],
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
  return {
    receiver,
    async start() {
      const server = await receiver.start(port).catch((cause: unknown) => {
        throw listenFault(cause, port);
      });
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
    stop: () => receiver.stop(),
  };
}

function sayHealthy(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"status":"ok"}');
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
