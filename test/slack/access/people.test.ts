import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { createPeople } from '../../../src/slack/access/people.ts';

const HOUR_MS = 60 * 60 * 1_000;
const GUEST = { team_id: 'T0HOME01', is_restricted: true };

/** Who was known some hours ago, and of whom Slack cannot tell any more. */
async function known(hours: number) {
  let at = 0;
  const client = new WebClient('xoxb-made-up');
  const info = vi.spyOn(client.users, 'info').mockResolvedValueOnce({ ok: true, user: GUEST });
  info.mockRejectedValue(new WebAPIPlatformError({ ok: false, error: 'ratelimited' }));
  const log = pino({ level: 'silent' });
  const people = createPeople({ web: client, quick: client, now: () => new Date(at), log });
  await people('U1', 'acknowledged');
  at += hours * HOUR_MS;
  const person = await people('U1', 'acknowledging');
  return { isGuest: person?.isGuest ?? null, asks: info.mock.calls.length };
}

test.each([
  ['is not asked after again soon', 0.4, true, 1],
  ['passes for a day where Slack cannot tell', 23.9, true, 2],
  ['is nobody after that', 24.1, null, 2],
])('a person who was known %s', async (_, hours, isGuest, asks) => {
  expect(await known(hours)).toEqual({ isGuest, asks });
});

test('nobody knows a person of whom Slack never told', async () => {
  const client = new WebClient('xoxb-made-up');
  vi.spyOn(client.users, 'info').mockRejectedValue(
    new WebAPIPlatformError({ ok: false, error: 'ratelimited' }),
  );
  const parts = { web: client, quick: client, now: () => new Date(0), log: pino({ level: 'silent' }) };
  expect(await createPeople(parts)('U1', 'acknowledging')).toBeNull();
});
