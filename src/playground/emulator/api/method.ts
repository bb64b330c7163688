import type { RateLimits } from '../rate-limits.ts';
import type { Message, State } from '../state.ts';

/** What Slack answers: `ok: false` with its error code is an expected outcome, not a fault. */
export type Reply = { ok: boolean; error?: string } & Record<string, unknown>;

/** What a call changed, so that the events it causes can be sent. */
export interface Effects {
  posted: (message: Message) => void;
  changed: (message: Message, before: Message) => void;
  deleted: (message: Message) => void;
}

export interface MethodContext {
  state: State;
  effects: Effects;
  /** Null where calls are not counted. */
  limits: RateLimits | null;
  /** Base of the addresses that are handed out: http://127.0.0.1:PORT */
  origin: () => string;
}

export type Args = Record<string, unknown>;

export interface Method {
  /** Any one of these scopes is enough; none where it is empty. */
  scopes: (args: Args, state: State) => string[];
  call: (args: Args, context: MethodContext) => Reply;
}

export function refuseCall(error: string, errors: string[] = [], more: Record<string, unknown> = {}): Reply {
  if (errors.length === 0) return { ok: false, error, ...more };
  const messages = errors.map((sentence) => `[ERROR] ${sentence}`);
  return { ok: false, error, errors, response_metadata: { messages }, ...more };
}

/** An argument as text; empty where it is missing. */
export function text(args: Args, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Form bodies carry true as text. */
export function flag(args: Args, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

/** An argument that a form body carries as JSON text; undefined where it is no JSON. */
export function json(args: Args, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

export function missing(args: Args, ...names: string[]): Reply | null {
  const absent = names.filter((name) => args[name] === undefined || args[name] === '');
  if (absent.length === 0) return null;
  return refuseCall(
    'invalid_arguments',
    absent.map((name) => `missing required field: ${name}`),
  );
}

export const noScope = (): string[] => [];
