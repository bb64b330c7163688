import type { RateLimits } from '../rate-limits.ts';
import type { Message, State } from '../state.ts';

/** What Slack answers. */
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

/** Thrown where a call is judged; whoever took the call answers it with the reply. */
export class RefusedCall extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(reply.error);
    this.reply = reply;
  }
}

/** Refuses a call with Slack's code for why, and sentences that say where. */
export function refuse(error: string, errors: string[] = [], more: Record<string, unknown> = {}): never {
  const messages = errors.map((sentence) => `[ERROR] ${sentence}`);
  const detail = errors.length === 0 ? {} : { errors, response_metadata: { messages } };
  throw new RefusedCall({ ok: false, error, ...detail, ...more });
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

/** Refuses a call that lacks an argument. */
export function requireArgs(args: Args, ...names: string[]): void {
  const absent = names.filter((name) => args[name] === undefined || args[name] === '');
  if (absent.length === 0) return;
  refuse(
    'invalid_arguments',
    absent.map((name) => `missing required field: ${name}`),
  );
}

export const noScope = (): string[] => [];
