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

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
