import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseObject } from './http-body.ts';

/** One thing that Slack sends to the app and waits to have acknowledged. */
interface Envelope {
  kind: 'events_api' | 'slash_commands' | 'interactive';
  payload: Record<string, unknown>;
  retry: { number: number; reason: string } | null;
}

export interface Receipt {
  /** acknowledged, timeout, no_connection, connection_lost, http_401 … */
  reason: string;
  /** What came with the acknowledgement; null where it was empty. */
  payload: Record<string, unknown> | null;
  /** The app asked not to be told again. */
  isFinal?: boolean;
}

export interface EventTransport {
  deliver(envelope: Envelope): Promise<Receipt>;
  /** Resolves when an app can be reached. */
  connected(): Promise<void>;
  close(): Promise<void>;
}

interface HttpOptions {
  eventsUrl: string;
  signingSecret: string;
  now: () => Date;
  acknowledgeWithinMs: number;
}

/** Slack's v0 signature of a request; `timestamp` in seconds. */
export function signRequest(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/**
 * What Slack does when an address for events is saved: the app must send the challenge back, as text or as JSON.
 * False where it does not.
 */
export async function verifyAddress(options: HttpOptions, challenge: string): Promise<boolean> {
  const body = JSON.stringify({ type: 'url_verification', token: 'unused', challenge });
  const signal = AbortSignal.timeout(options.acknowledgeWithinMs);
  const headers = { 'content-type': 'application/json', ...signatureOf(options, body) };
  try {
    const response = await fetch(options.eventsUrl, { method: 'POST', headers, body, signal });
    const answer = await response.text();
    return (
      response.status === 200 && (answer.trim() === challenge || parseObject(answer)?.challenge === challenge)
    );
  } catch {
    return false;
  }
}

function signatureOf({ now, signingSecret }: HttpOptions, body: string): Record<string, string> {
  const timestamp = Math.floor(now().getTime() / 1000);
  return {
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signRequest(signingSecret, timestamp, body),
  };
}

/** Slack's side of the Events API over HTTP: signed requests to one address. */
export function createHttpTransport(options: HttpOptions): EventTransport {
  return {
    async deliver(envelope) {
      const body = bodyOf(envelope);
      const headers = {
        'content-type':
          envelope.kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        ...signatureOf(options, body),
        ...(envelope.retry
          ? {
              'x-slack-retry-num': String(envelope.retry.number),
              'x-slack-retry-reason': envelope.retry.reason,
            }
          : {}),
      };
      const signal = AbortSignal.timeout(options.acknowledgeWithinMs);
      try {
        const response = await fetch(options.eventsUrl, { method: 'POST', headers, body, signal });
        const receipt = receiptOf(response.status, await response.text());
        return response.headers.get('x-slack-no-retry') === '1' ? { ...receipt, isFinal: true } : receipt;
      } catch {
        return { reason: signal.aborted ? 'timeout' : 'no_connection', payload: null };
      }
    },
    connected: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function bodyOf({ kind, payload }: Envelope): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(payload)) form.set(name, String(value));
  return form.toString();
}

function receiptOf(status: number, body: string): Receipt {
  if (status !== 200) return { reason: `http_${status}`, payload: null };
  const plain = body.trim() === '' ? null : { text: body };
  return { reason: 'acknowledged', payload: parseObject(body) ?? plain };
}

export interface SocketTransport extends EventTransport {
  /** The path of a socket that can be opened once: /link/?ticket=… */
  issueTicket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  disconnect(options: { abrupt: boolean; reason: DisconnectReason }): void;
  /** Sends text to the app that need not be an envelope. */
  send(text: string): void;
  /** Whether Socket Mode was turned off for the app. */
  isDisabled(): boolean;
}

/** Why Slack closes a socket; `warning` comes some seconds before it does. */
export type DisconnectReason = 'refresh_requested' | 'warning' | 'too_many_websockets' | 'link_disabled';

interface SocketOptions {
  appId: string;
  nextId: (prefix: string) => string;
  acknowledgeWithinMs: number;
}

const PING_EVERY_MS = 10_000;
const GOODBYE_MS = 500;

/** Slack's side of Socket Mode: hello, envelopes, acknowledgements, disconnect. */
export function createSocketTransport({
  appId,
  nextId,
  acknowledgeWithinMs,
}: SocketOptions): SocketTransport {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, { socket: WebSocket; settle: (receipt: Receipt) => void }>();
  const open: WebSocket[] = [];
  let onConnected: (() => void)[] = [];
  let isDisabled = false;
  const pings = setInterval(() => {
    for (const socket of open) socket.ping();
  }, PING_EVERY_MS);
  pings.unref();

  server.on('connection', (socket: WebSocket) => {
    open.push(socket);
    socket.on('message', (data) => {
      const answer = parseObject(String(data));
      if (typeof answer?.envelope_id !== 'string') return;
      waiting.get(answer.envelope_id)?.settle({ reason: 'acknowledged', payload: contentOf(answer.payload) });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      open.splice(open.indexOf(socket), 1);
      for (const one of [...waiting.values()])
        if (one.socket === socket) one.settle({ reason: 'connection_lost', payload: null });
    });
    const host = { host: 'local', approximate_connection_time: 18_060 };
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        debug_info: host,
        connection_info: { app_id: appId },
      }),
    );
    const released = onConnected;
    onConnected = [];
    for (const release of released) release();
  });

  return {
    issueTicket() {
      const ticket = nextId('ticket');
      tickets.add(ticket);
      return `/link/?ticket=${ticket}`;
    },
    upgrade(request, socket, head) {
      const address = new URL(request.url ?? '/', 'http://localhost');
      if (address.pathname !== '/link/' || !tickets.delete(address.searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (webSocket) =>
        server.emit('connection', webSocket, request),
      );
    },
    deliver(envelope) {
      const socket = open.at(-1);
      if (!socket) return Promise.resolve({ reason: 'no_connection', payload: null });
      const id = nextId('envelope-');
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle({ reason: 'timeout', payload: null }), acknowledgeWithinMs);
        const settle = (receipt: Receipt): void => {
          clearTimeout(timer);
          if (waiting.delete(id)) resolve(receipt);
        };
        waiting.set(id, { socket, settle });
        socket.send(JSON.stringify(onWire(id, envelope)));
      });
    },
    connected() {
      return open.length > 0 ? Promise.resolve() : new Promise((resolve) => onConnected.push(resolve));
    },
    isDisabled: () => isDisabled,
    send(text) {
      for (const socket of open) socket.send(text);
    },
    disconnect({ abrupt, reason }) {
      isDisabled ||= reason === 'link_disabled';
      for (const socket of [...open]) {
        if (abrupt) socket.terminate();
        else socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
      }
    },
    async close() {
      clearInterval(pings);
      await Promise.all(open.map(closeSocket));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Says goodbye, and cuts the line of an app that does not answer. */
function closeSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), GOODBYE_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}

function onWire(id: string, { kind, payload, retry }: Envelope) {
  return {
    envelope_id: id,
    type: kind,
    accepts_response_payload: kind !== 'events_api',
    payload,
    ...(kind === 'events_api'
      ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' }
      : {}),
  };
}

function contentOf(payload: unknown): Record<string, unknown> | null {
  if (typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0) return null;
  return payload as Record<string, unknown>;
}
