import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiCall, Fault } from '../api-call.ts';
import { parseObject, readBody, sendJson } from '../http-body.ts';
import { tellChange } from '../state.ts';
import { APP_TOKEN, callMethod, judgeToken } from './call-method.ts';
import type { MethodContext, Reply } from './method.ts';

export interface WebApiOptions {
  context: MethodContext;
  /** Address of a socket that the app may open once; null where the workspace delivers over HTTP. */
  openSocket: (() => string) | null;
}

/** Answers POST /api/METHOD as slack.com does, faults included, and logs the call. */
export async function answerWebApi(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  { context, openSocket }: WebApiOptions,
): Promise<void> {
  const { token, ...args } = readArgs(request, await readBody(request));
  const { state } = context;
  const call: ApiCall = { method, args, at: state.now(), status: 200, outcome: null, response: null };
  state.calls.push(call);
  const fault = takeFault(state.faults, method);
  if (fault?.kind === 'slow') await pause(fault.delayMs, undefined, { ref: false });
  if (fault?.kind === 'rate_limit' || fault?.kind === 'server_error') {
    call.status = fault.kind === 'rate_limit' ? 429 : 503;
    call.outcome = fault.kind === 'rate_limit' ? 'ratelimited' : 'server_error';
    tellChange(state);
    const wait =
      fault.kind === 'rate_limit' ? { 'retry-after': String(fault.retryAfterSeconds ?? 1) } : undefined;
    return sendJson(response, call.status, { ok: false, error: call.outcome }, wait);
  }
  const reply: Reply =
    fault?.kind === 'error'
      ? { ok: false, error: fault.code }
      : method === 'apps.connections.open'
        ? connect(bearer(request, token), openSocket)
        : callMethod(method, bearer(request, token), args, context);
  call.outcome = reply.ok ? 'ok' : (reply.error ?? 'fatal_error');
  call.response = reply;
  if (fault?.kind === 'drop_response') {
    call.status = 0;
    response.destroy();
  } else {
    const scopes = state.manifest.oauth_config.scopes.bot.join(',');
    sendJson(response, 200, reply, { 'x-oauth-scopes': scopes });
  }
  tellChange(state);
}

function connect(token: string, openSocket: (() => string) | null): Reply {
  const unfit = judgeToken(token, APP_TOKEN);
  if (unfit) return unfit;
  return openSocket ? { ok: true, url: openSocket() } : { ok: false, error: 'internal_error' };
}

function bearer(request: IncomingMessage, inBody: unknown): string {
  const header = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  return header !== '' ? header : typeof inBody === 'string' ? inBody : '';
}

function readArgs(request: IncomingMessage, body: string): Record<string, unknown> {
  const inAddress = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  const inBody = isJson ? (parseObject(body) ?? {}) : Object.fromEntries(new URLSearchParams(body));
  return { ...Object.fromEntries(inAddress), ...inBody };
}

function takeFault(faults: Fault[], method: string): Fault | undefined {
  const index = faults.findIndex((fault) => fault.method === method);
  const fault = faults[index];
  if (!fault) return undefined;
  fault.times -= 1;
  if (fault.times <= 0) faults.splice(index, 1);
  return fault;
}
