import { createHmac } from 'node:crypto';
import { parseObject } from './http-body.ts';
import type { Envelope, EventTransport, Receipt } from './transport.ts';

export interface HttpOptions {
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
