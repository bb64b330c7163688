import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseObject, readBody, sendJson } from '../http-body.ts';
import { type ApiCall, type InjectedFault, tellChange } from '../state.ts';
import { agentMethods } from './agent-methods.ts';
import { chatMethods } from './chat-methods.ts';
import { conversationMethods } from './conversation-methods.ts';
import { fileMethods } from './file-methods.ts';
import { type Args, type Method, type MethodContext, RefusedCall, type Reply, refuse } from './method.ts';
import { viewMethods } from './view-methods.ts';
import { workspaceMethods } from './workspace-methods.ts';

export const BOT_TOKEN = 'xoxb-playground';
export const APP_TOKEN = 'xapp-playground';

const methods: Record<string, Method> = {
  ...workspaceMethods,
  ...chatMethods,
  ...conversationMethods,
  ...viewMethods,
  ...agentMethods,
  ...fileMethods,
};

/** One Web API call with a bot token: method, token, scope and arguments are judged in Slack's order. */
function callMethod(name: string, token: string, args: Args, context: MethodContext): Reply {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return refuse('unknown_method', [], { req_method: name });
  judgeToken(token, BOT_TOKEN);
  const granted = context.state.manifest.oauth_config.scopes.bot;
  const wanted = method.scopes(args, context.state);
  if (wanted.length > 0 && !wanted.some((scope) => granted.includes(scope)))
    refuse('missing_scope', [], { needed: wanted[0], provided: granted.join(',') });
  return method.call(args, context);
}

function judgeToken(token: string, wanted: string): void {
  if (token === wanted) return;
  if (token === '') refuse('not_authed');
  refuse(token === BOT_TOKEN || token === APP_TOKEN ? 'not_allowed_token_type' : 'invalid_auth');
}

interface WebApiOptions {
  context: MethodContext;
  /** Address of a socket that the app may open once; null where the workspace delivers over HTTP. */
  openSocket: (() => string | null) | null;
}

/** Answers POST /api/METHOD as slack.com does, faults included, and logs the call. */
export async function answerWebApi(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  { context, openSocket }: WebApiOptions,
): Promise<void> {
  const { state } = context;
  const read = await readCall(request);
  const { token, ...args } = read.args;
  const call: ApiCall = { method, args, at: state.now(), status: 200, outcome: null, response: null };
  state.calls.push(call);
  const fault = takeFault(state.faults, method);
  if (fault?.kind === 'slow') await pause(fault.delayMs, undefined, { ref: false });
  const counted = context.limits?.take(method, args) ?? 0;
  if (fault?.kind === 'rate_limit' || fault?.kind === 'server_error' || counted > 0) {
    const isLimited = fault?.kind !== 'server_error';
    call.status = isLimited ? 429 : 503;
    call.outcome = isLimited ? 'ratelimited' : 'server_error';
    tellChange(state);
    const wait = fault?.kind === 'rate_limit' ? (fault.retryAfterSeconds ?? 1) : counted;
    const headers = isLimited ? { 'retry-after': String(wait) } : undefined;
    return sendJson(response, call.status, { ok: false, error: call.outcome }, headers);
  }
  const reply = answered(() => {
    if (fault?.kind === 'error') refuse(fault.code);
    if (read.error !== null) refuse(read.error);
    const own = bearer(request, token);
    return method === 'apps.connections.open'
      ? connect(own, openSocket)
      : callMethod(method, own, args, context);
  });
  call.outcome = reply.ok ? 'ok' : (reply.error ?? 'fatal_error');
  call.response = reply;
  if (fault?.kind === 'drop_response') {
    call.status = 0;
    response.destroy();
  } else
    sendJson(response, 200, reply, {
      'x-oauth-scopes': state.manifest.oauth_config.scopes.bot.join(','),
    });
  tellChange(state);
}

function answered(call: () => Reply): Reply {
  try {
    return call();
  } catch (error) {
    if (error instanceof RefusedCall) return error.reply;
    throw error;
  }
}

function connect(token: string, openSocket: (() => string | null) | null): Reply {
  judgeToken(token, APP_TOKEN);
  return { ok: true, url: openSocket?.() ?? refuse('internal_error') };
}

function bearer(request: IncomingMessage, inBody: unknown): string {
  const header = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  return header !== '' ? header : typeof inBody === 'string' ? inBody : '';
}

/** The arguments of a call, or what Slack says of a body that it cannot read. */
async function readCall(request: IncomingMessage): Promise<{ args: Args; error: string | null }> {
  const inAddress = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const body = await readBody(request).catch(() => null);
  if (body === null) return { args: inAddress, error: 'request_too_large' };
  if (type === 'application/json') {
    const parsed = parseObject(body);
    if (parsed) return { args: { ...inAddress, ...parsed }, error: null };
    return { args: inAddress, error: 'invalid_json' };
  }
  if (body !== '' && type !== 'application/x-www-form-urlencoded') {
    return { args: inAddress, error: 'invalid_post_type' };
  }
  return { args: { ...inAddress, ...Object.fromEntries(new URLSearchParams(body)) }, error: null };
}

function takeFault(faults: InjectedFault[], method: string): InjectedFault | undefined {
  const index = faults.findIndex((fault) => fault.method === method);
  const fault = faults[index];
  if (!fault) return undefined;
  fault.times -= 1;
  if (fault.times <= 0) faults.splice(index, 1);
  return fault;
}
