import { AsyncLocalStorage } from 'node:async_hooks';
import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';
import { AppError } from '../model/errors.ts';
import { slackErrorCode } from './delivery/slack-errors.ts';

const TOKEN = /x(?:ox[a-z]|app)-[\w.-]+/gi;

/** Text that may go to a log: no token, one line. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, '[token]').replace(/\s*\n\s*/g, ' ');
}

/** A fault for the log: what and where, without stack, token or the text of a question. */
export function describeFault(error: unknown): { error: string; code?: string } {
  const message = withoutTokens(error instanceof AppError ? error.toLine() : messageOf(error));
  const code = error instanceof AppError ? error.code : slackErrorCode(error);
  return code === undefined ? { error: message } : { error: message, code };
}

/** What becomes of a fault that the person need not hear of. */
export function logged(
  log: Logger,
  level: 'info' | 'warn' | 'error',
  message: string,
): (error: unknown) => null {
  return (error) => {
    log[level](describeFault(error), message);
    return null;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

interface RequestScope {
  /** A log whose every line within one request names it. */
  log: Logger;
  run<T>(id: string, work: () => T): T;
}

/** One for the process: each that was ever used costs every promise a little. */
const current = new AsyncLocalStorage<string>();

/** Whatever a request sets off, also later and in a queue, is logged under its name. */
export function createRequestScope(log: Logger): RequestScope {
  return {
    log: log.child(
      {},
      {
        formatters: {
          log: (line) => {
            const request = current.getStore();
            return request === undefined ? line : { request, ...line };
          },
        },
      },
    ),
    run: (id, work) => current.run(id, work),
  };
}

/**
 * Bolt's and the SDK's messages in planbot's log. Their debug messages hold whole payloads, so they are
 * never written, whatever the level.
 */
export function boltLogger(log: Logger): BoltLogger {
  const line = (parts: unknown[]): string => parts.map(describe).join(' ');
  return {
    debug: () => {},
    info: (...parts: unknown[]) => log.debug(line(parts)),
    warn: (...parts: unknown[]) => log.warn(line(parts)),
    error: (...parts: unknown[]) => log.error(line(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

function describe(part: unknown): string {
  return typeof part === 'string' ? withoutTokens(part) : describeFault(part).error;
}
