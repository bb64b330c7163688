import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import type { Health } from '../../src/model/health.ts';
import type { Member } from '../../src/model/member.ts';
import { startAlarm } from '../../src/slack/alarm.ts';
import { eventually } from '../helpers/eventually.ts';
import { createManualTime } from './manual-time.ts';

const WELL: Health = { connected: true, store: true, problems: [] };
const REFUSED: Health = { connected: false, store: true, problems: ['Slackとの接続: link_disabled'] };
const GONE: Health = { connected: true, store: false, problems: ['データ: ファイルがなくなっています'] };
const ADMIN: Member = { user: 'U0ADMIN01', role: 'admin', branches: [] };
const READER: Member = { user: 'U0STAFF01', role: 'viewer', branches: [] };

/** Looks once a minute at what is given, and collects who is told what. */
async function watched(looks: Health[]) {
  const time = createManualTime();
  const told: string[] = [];
  let at = 0;
  const members = vi.fn(async () => [ADMIN, READER]);
  const end = startAlarm({
    health: async () => looks[at++] ?? WELL,
    members: { list: members },
    tell: async (user, message) => void told.push(`${user} ${message.text}`),
    after: time.after,
    now: () => new Date(0),
    log: pino({ level: 'silent' }),
  });
  for (let turn = 0; turn < looks.length; turn += 1) {
    await eventually(() => expect(time.waiting()).toBe(1));
    time.pass(60_000);
  }
  await eventually(() => expect(time.waiting()).toBe(1));
  end();
  expect(time.waiting()).toBe(0);
  return { told, members };
}

test('what passes within a minute is told to nobody', async () => {
  expect((await watched([WELL, REFUSED, WELL, REFUSED])).told).toEqual([]);
});

test('what stays is told to the admins, once', async () => {
  const { told } = await watched([WELL, REFUSED, REFUSED, REFUSED, REFUSED]);
  expect(told).toEqual([expect.stringMatching(/^U0ADMIN01 .*link_disabled/)]);
});

test('what comes again after a while is told again', async () => {
  const { told } = await watched([REFUSED, REFUSED, WELL, REFUSED, REFUSED]);
  expect(told).toHaveLength(2);
});

test('a store that cannot be read is told to the admins as they were last known', async () => {
  const { told, members } = await watched([WELL, GONE, GONE]);
  expect(told).toEqual([expect.stringMatching(/^U0ADMIN01 .*なくなっています/)]);
  expect(members).toHaveBeenCalledTimes(2);
});
