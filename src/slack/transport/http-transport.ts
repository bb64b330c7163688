import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import { type Logger as BoltLogger, ErrorCode, HTTPModuleFunctions, HTTPReceiver } from '@slack/bolt';
import { AppError } from '../../model/errors.ts';
import { formatHealth, type Health, isWell } from '../../model/health.ts';
import type { SlackTransport } from './transport.ts';

interface HttpTransportOptions {
  signingSecret: string;
  port: number;
  health: () => Promise<Health>;
  now: () => Date;
  logger: BoltLogger;
}

const BODY_LIMIT = 1024 * 1024;
const CLOCK_LIMIT_MS = 5 * 60 * 1000;

/** Events as signed HTTP requests to /slack/events; /healthz says whether it can answer them. */
export function httpTransport({
  signingSecret,
  port,
  health,
  now,
  logger,
}: HttpTransportOptions): SlackTransport {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: '/slack/events',
    bodyLimit: BODY_LIMIT,
    customRoutes: [
      {
        path: '/healthz',
        method: 'GET',
        handler: (_, response) => void sayHealth(health, response).catch(() => response.destroy()),
      },
    ],
  });
  const bolt = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (isOutOfTime(request, now())) {
      logger.warn('request refused: its timestamp is more than 5 minutes away');
      refuse(request, response, 401);
      return;
    }
    if (request.method !== 'POST') {
      bolt(request, response);
      return;
    }
    isObject(request)
      .then((isBody) => (isBody ? bolt(request, response) : refuse(request, response, 400)))
      .catch((error: unknown) => {
        logger.warn('request refused:', error);
        refuse(request, response, isTooLarge(error) ? 413 : isDeferred(error) ? 404 : 400);
      });
  };
  let isListening = false;
  return {
    receiver,
    isConnected: () => isListening,
    problem: () => null,
    async start() {
      const server = await receiver.start(port).catch((cause: unknown) => {
        throw listenFault(cause, port);
      });
      isListening = true;
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
    async stop() {
      if (!isListening) return;
      isListening = false;
      await receiver.stop();
    },
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

/**
 * Bolt reads fields of whatever a signed body parses to, outside any catch: null would end the process. False for
 * what is no object; Bolt takes the bytes from `rawBody` then.
 */
async function isObject(request: HttpRequest): Promise<boolean> {
  const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, BODY_LIMIT);
  Object.assign(request, { rawBody: buffered.rawBody });
  let body: unknown = {};
  try {
    body = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
  } catch {
    // Bolt says what is wrong with it, after it has looked at the signature.
  }
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function isTooLarge(error: unknown): boolean {
  return HTTPModuleFunctions.isRawBodyError(error) && error.statusCode === 413;
}

/** A path that nobody answers. */
function isDeferred(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === ErrorCode.HTTPReceiverDeferredRequestError
  );
}

function refuse(request: HttpRequest, response: ServerResponse, status: number): void {
  request.resume();
  if (!response.headersSent) response.writeHead(status);
  response.end();
}

function listenFault(cause: unknown, port: number): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('bad_configuration', {
    message: `PORT ${port} で待ち受けできません（${reason}）`,
    cause,
  });
}
