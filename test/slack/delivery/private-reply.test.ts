import { RespondError, type RespondFn } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { reply } from '../../../src/slack/delivery/private-reply.ts';
import { card } from '../../../src/slack/views/card.ts';
import { rankAnswer } from '../answers.ts';

const message = card(rankAnswer);
const busy = new RespondError('busy', 503);
const limited = new RespondError('slow down', 429);
const refused = new RespondError('invalid_blocks', 400);
const expired = new RespondError('expired_url', 404);
const lost = new TypeError('fetch failed');

/** Answers with each failure in turn, then takes what comes; tells what it was sent and what was waited. */
async function replyThrough(failures: Error[]) {
  const left = [...failures];
  const sent: unknown[] = [];
  const pauses: number[] = [];
  const respond: RespondFn = async (body) => {
    sent.push(typeof body === 'object' && 'blocks' in body ? body.blocks : body);
    const failure = left.shift();
    if (failure) {
      throw failure;
    }
    return new Response('ok');
  };
  const outcome = await reply(respond, message, { response_type: 'ephemeral' }, async (ms) => {
    pauses.push(ms);
  }).then(
    () => 'taken',
    (error: Error) => error.message,
  );
  return { outcome, sent, pauses };
}

describe('reply', () => {
  test.each([
    ['at once', [], ['native'], []],
    ['after a pause where Slack was busy', [busy], ['native', 'native'], [1_000]],
    ['after pauses that grow', [limited, lost], ['native', 'native', 'native'], [1_000, 2_000]],
    ['at once in the classic form where Slack refused the blocks', [refused], ['native', 'classic'], []],
  ])('is taken %s', async (_, failures, forms, pauses) => {
    const result = await replyThrough(failures);
    expect(result.outcome).toBe('taken');
    expect(result.sent).toEqual(forms.map((form) => (form === 'classic' ? message.classic : message.blocks)));
    expect(result.pauses).toEqual(pauses);
  });

  test.each([
    ['an address that has expired', [expired], 1],
    ['three failures', [busy, busy, busy], 3],
  ])('fails on %s', async (_, failures, attempts) => {
    const { outcome, sent } = await replyThrough(failures);
    expect(outcome).toBe(failures[0]?.message);
    expect(sent).toHaveLength(attempts);
  });
});
