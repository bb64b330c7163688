import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';
import { describeFault, withoutTokens } from '../log-fault.ts';

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
