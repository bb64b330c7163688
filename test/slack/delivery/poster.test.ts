import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { createKeyedQueue } from '../../../src/slack/delivery/keyed-queue.ts';
import { createPoster } from '../../../src/slack/delivery/poster.ts';
import { createReminderSender } from '../../../src/slack/delivery/reminder-sender.ts';
import { outboxMessage } from '../made-up-outbox.ts';

const log = pino({ level: 'silent' });
const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });
const unclear = refused('internal_error');

interface Listed {
  ts: string;
  metadata?: { event_type: string; event_payload: { key: string } };
}
const other: Listed = { ts: '1.0' };
const answer: Listed = { ts: '9.9', metadata: { event_type: 'planbot_answer', event_payload: { key: 'k' } } };

/** Slack, which fails a post in each of these ways in turn and lists one of these pages a look. */
function slack(failures: Error[], looks: Listed[][]) {
  const client = new WebClient('xoxb-made-up');
  const posted = vi.spyOn(client.chat, 'postMessage').mockImplementation(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return { ok: true, ts: '5.5' };
  });
  const listed = async () => {
    const messages = looks.shift() ?? [];
    const next_cursor = looks.length > 0 ? 'more' : '';
    return { ok: true, messages, response_metadata: { next_cursor } };
  };
  const history = vi.spyOn(client.conversations, 'history').mockImplementation(listed as never);
  vi.spyOn(client.conversations, 'replies').mockImplementation(listed as never);
  return { client, posts: () => posted.mock.calls.length, looks: () => history.mock.calls.length };
}

function posterOf(client: WebClient, pause?: (ms: number) => Promise<unknown>) {
  const pacing = { queue: createKeyedQueue(), pacer: async () => {}, ...(pause ? { pause } : {}) };
  return createPoster({ single: client, web: client, log, ...pacing });
}

function post(client: WebClient, pause: (ms: number) => Promise<unknown>) {
  const message = { blocks: [], classic: [], text: 'x' };
  return posterOf(client, pause).post({ channel: 'C1', threadTs: null }, message, 'k');
}

describe('an answer is posted once', () => {
  test.each<[string, Error[], Listed[][], string, number, number[]]>([
    ['at once', [], [], '5.5', 1, []],
    ['not again where it stands after all', [unclear], [[other, answer]], '9.9', 1, [1_000]],
    [
      'not again where Slack took it after the first look',
      [unclear],
      [[other], [answer]],
      '9.9',
      1,
      [1_000, 3_000],
    ],
    ['again where it stands nowhere', [unclear], [[other], [other]], '5.5', 2, [1_000, 3_000]],
    ['after the pause that Slack asks for', [new WebAPIRateLimitedError(7)], [], '5.5', 2, [7_000]],
  ])('%s', async (_, failures, looks, ts, posts, pauses) => {
    const paused: number[] = [];
    const at = slack(failures, looks);
    const pause = async (ms: number) => void paused.push(ms);
    expect(await post(at.client, pause)).toEqual({ channel: 'C1', ts });
    expect([at.posts(), paused]).toEqual([posts, pauses]);
  });

  test('and not tried again where Slack refuses it', async () => {
    const at = slack([refused('not_in_channel')], []);
    await expect(post(at.client, async () => {})).rejects.toThrow('not_in_channel');
    expect([at.posts(), at.looks()]).toEqual([1, 0]);
  });
});

test.each(['message_not_found', 'cant_delete_message'])(
  '%s: an answer to take away is gone',
  async (code) => {
    const { client: web } = slack([], []);
    vi.spyOn(web.chat, 'delete').mockRejectedValue(refused(code));
    expect(await posterOf(web).remove({ channel: 'C1', ts: '1.1' })).toBe(false);
  },
);

describe('a reminder is looked for', () => {
  const message = outboxMessage({ key: 'k', createdAt: new Date('2025-07-20T03:00:00Z') }, 'x');
  const found: Listed = {
    ts: '9.9',
    metadata: { event_type: 'planbot_reminder', event_payload: { key: 'k' } },
  };
  // Its channel is read backwards, its thread from the root on.
  const old: Listed = { ts: '1600000000.0' };
  const recent: Listed = { ts: '1753000000.0' };

  test.each<[string, string | null, Listed[][], object]>([
    ['on the next page', null, [[recent], [found]], { kind: 'found', ts: '9.9' }],
    ['not in what is older than it', null, [[recent, old], [found]], { kind: 'absent' }],
    [
      'in its thread behind an old root',
      '1600000000.0',
      [[old, recent], [found]],
      { kind: 'found', ts: '9.9' },
    ],
    ['until a channel ends', null, [[recent]], { kind: 'absent' }],
    ['in vain in a channel too busy', null, Array.from({ length: 26 }, () => [recent]), { kind: 'unknown' }],
  ])('%s', async (_, threadTs, looks, expected) => {
    const at = slack([], looks);
    const sender = createReminderSender({ single: at.client, pacer: async () => {}, log });
    expect(await sender.find(message, { place: 'C1', threadTs, mentions: [] })).toMatchObject(expected);
  });
});
