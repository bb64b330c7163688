import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';
import { expect, test, vi } from 'vitest';
import {
  isClosed,
  isGone,
  isOutside,
  isUnclear,
  refusesBlocks,
  retryUnclear,
} from '../../../src/slack/delivery/slack-errors.ts';

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

test('what Slack refuses is not asked again', async () => {
  const work = vi.fn(async () => Promise.reject(refused('channel_not_found')));
  await expect(retryUnclear(work)).rejects.toThrow('channel_not_found');
  expect(work).toHaveBeenCalledTimes(1);
});

test.each([
  ['500', new WebAPIHTTPError(500, 'Internal Server Error', {}), true],
  ['503', new WebAPIHTTPError(503, 'Service Unavailable', {}), true],
  ['404', new WebAPIHTTPError(404, 'Not Found', {}), false],
  ['fatal_error', refused('fatal_error'), true],
  ['msg_too_long', refused('msg_too_long'), false],
])('%s: what was asked for may have been done all the same', (_, error, unclear) => {
  expect(isUnclear(error)).toBe(unclear);
});

test.each([
  ['is_archived', { closed: true }],
  ['is_inactive', { closed: true }],
  ['thread_locked', { closed: true }],
  ['cannot_reply_to_message', { closed: true }],
  ['restricted_action', { closed: true }],
  ['restricted_action_thread_only_channel', { closed: true }],
  ['not_in_channel', { outside: true }],
  ['channel_not_found', { outside: true }],
  ['message_not_found', { gone: true }],
  ['cant_delete_message', { gone: true }],
  ['invalid_blocks', { blocks: true }],
  ['msg_too_long', { blocks: true }],
  ['invalid_auth', {}],
])('%s is told apart', (code, expected) => {
  const error = refused(code);
  expect({
    closed: isClosed(error),
    outside: isOutside(error),
    gone: isGone(error),
    blocks: refusesBlocks(error),
  }).toEqual({ closed: false, outside: false, gone: false, blocks: false, ...expected });
});
