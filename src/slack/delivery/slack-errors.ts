import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';

/** Slack's own code of an error: invalid_blocks, not_in_channel …; undefined where Slack did not refuse. */
export function slackErrorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** What Slack says of blocks that it does not take, of some only that they are arguments. */
const REFUSED_BLOCKS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_attachments',
  'invalid_arguments',
]);

/** The workspace does not take these blocks, whatever is in them. */
export function refusesBlocks(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code !== undefined && REFUSED_BLOCKS.has(code);
}

/** Nobody may write there any more: archived, locked, or for some people only. */
export function isClosed(error: unknown): boolean {
  const code = slackErrorCode(error) ?? '';
  return /^(?:is_archived|is_inactive|thread_locked|cannot_reply_to_message|restricted_action(?:_\w+)?)$/.test(
    code,
  );
}

/** The bot is not where it was asked to post. */
export function isOutside(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'not_in_channel' || code === 'channel_not_found';
}

/** The message is no longer there, or no longer the bot's to take away. */
export function isGone(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'message_not_found' || code === 'cant_delete_message';
}

/** Slack may have taken the message: the reply is missing, or a server on the way failed. */
export function isUnclear(error: unknown): boolean {
  return (
    error instanceof WebAPIRequestError ||
    (error instanceof WebAPIHTTPError && error.statusCode >= 500) ||
    SLACKS_OWN.has(slackErrorCode(error) ?? '')
  );
}

/** Slack's own failures: what was asked for may have been done all the same. */
export const SLACKS_OWN: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Before the second, third … attempt. */
const PAUSES_MS = [500, 2_000, 5_000];

/** Tries again, while Slack does not say what came of it, what does no harm when it is done twice. */
export async function retryUnclear<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isUnclear(error)) throw error;
      await wait(pause);
    }
  }
  return work();
}
