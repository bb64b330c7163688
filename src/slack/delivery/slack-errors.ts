import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';

/** Slack's own code of an error: invalid_blocks, not_in_channel …; undefined where Slack did not refuse. */
export function slackErrorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** The workspace does not take these blocks, whatever is in them. */
export function refusesBlocks(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'invalid_blocks' || code === 'invalid_blocks_format' || code === 'msg_blocks_too_long';
}

/** The workspace does not take this view; Slack says of views only that an argument is wrong. */
export function refusesView(error: unknown): boolean {
  return refusesBlocks(error) || slackErrorCode(error) === 'invalid_arguments';
}

/** The bot is not where it was asked to post. */
export function isOutside(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'not_in_channel' || code === 'channel_not_found';
}

/** Slack may have taken the message: the reply is missing, or a server on the way failed. */
export function isUnclear(error: unknown): boolean {
  return error instanceof WebAPIRequestError || (error instanceof WebAPIHTTPError && error.statusCode >= 500);
}

/** The message is no longer there, or no longer the bot's to change. */
export function isGone(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'message_not_found' || code === 'cant_update_message' || code === 'cant_delete_message';
}
