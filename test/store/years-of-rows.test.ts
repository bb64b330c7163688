import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backUpStore } from '../../src/store/dialects/sqlite/backup.ts';
import { restoreStore } from '../../src/store/dialects/sqlite/restore.ts';
import type { Store } from '../../src/store/store.ts';
import { planbot } from '../cli/command-line.ts';
import { freshFolder } from './data-folder.ts';
import { openTestStore, postgresUrl, runRaw } from './test-store.ts';

/** More than the values that one statement of SQLite takes. */
const MANY = 40_000;
const NOW = new Date('2026-11-30T00:00:00Z');

const CONTENT = JSON.stringify({ type: 'word', words: [{ text: 'お知らせ' }] });
/** A reminder whose key and series are those of its row. */
const REMINDER = JSON.stringify({
  ...{ key: 'i#', series: 's#', rank: 1, kind: 'report_overdue', audience: 'branch', branch: '東京', fy: 2 },
  ...{ period: 'R2Q1', indicator: null, item: null, yardstick: null, unit: null, actual: null, asOf: null },
  ...{ expected: null, target: null, gap: null, due: null, stage: 'due', channel: 'C0TOKYO01', mentions: [] },
  ...{ text: 'お知らせ', source: null },
});
const ITEM = `replace('${REMINDER}', '#', cast(i as text))`;
const CONTEXT = JSON.stringify({ branches: [], fys: [], indicators: [], topic: 'kpi', asked: 'x' });
const NUMBERS = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})`;

/** Years of use, written past planbot: the way through it would take minutes. A server counts by itself from time to time. */
async function fill(store: Store): Promise<void> {
  await runRaw(
    store,
    `
    insert into reminder_message (message_key, audience, branch, content, state, created_at, follow_up, channel, ts)
      ${NUMBERS} select 'k' || i, 'branch', '東京', '${CONTENT}', case when i % 1000 = 0 then 'unclear' else 'sent' end,
        '2020-04-01T00:00:00.000Z', case when i % 2000 = 0 then 'snoozed' else 'open' end, 'C0TOKYO01', i || '.1' from n;
    insert into reminder_item (item_key, message_id, series, rank, body, found_at, resolved_at)
      ${NUMBERS} select 'i' || i, i, 's' || i, 1, ${ITEM}, '2020-04-01T00:00:00.000Z',
        case when i = 1 then null else '2020-05-01T00:00:00.000Z' end from n;
    insert into audit_entry (at, action, actor, subject, detail)
      ${NUMBERS} select '2020-04-01T00:00:00.000Z', case when i = 7 then 'store_backed_up' else 'refused' end, 'U1', 'x', 'x' from n;
    insert into request (key, body, claimed_at, done_at)
      ${NUMBERS} select 'message:' || i, null, '2026-11-29T12:00:00.000Z', '2026-11-29T12:00:01.000Z' from n;
    insert into feedback ("user", channel, ts, verdict, at)
      ${NUMBERS} select 'U' || i, 'C', '1.1', 'good', '2020-04-01T00:00:00.000Z' from n;
    insert into unanswered (asked_at, question, understood, outcome)
      ${NUMBERS} select '2020-04-01T00:00:00.000Z', 'q', 'q', 'not_found' from n;
    insert into thread (thread_key, context, saved_at)
      ${NUMBERS} select 'C:' || i, '${CONTEXT}', '2026-11-29T00:00:00.000Z' from n;
    analyze;
  `,
  );
}

describe(`a store with ${MANY} rows in each table of use`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'planbot-years-'));
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(dataDir);
    await fill(store);
    return async () => {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    };
  });

  test('counts its reminders by state', async () => {
    expect(await store.outbox.counts()).toEqual([
      { state: 'sent', count: MANY - 40 },
      { state: 'unclear', count: 40 },
    ]);
  });

  test('finds those that a button or the Home tab is about', async () => {
    expect(await store.outbox.messages({ subject: 12_345 })).toMatchObject([{ id: 12_345 }]);
    expect(await store.outbox.messages({ states: ['unclear'] })).toHaveLength(40);
    expect(await store.outbox.messages({ followUp: 'snoozed' })).toHaveLength(20);
    expect(await store.audit.last('store_backed_up')).toMatchObject({ id: 7 });
    expect(await store.audit.entries(10)).toHaveLength(10);
  });

  test('is looked through for what is due by what is open and what is due, not by what is long over', async () => {
    const keys = await store.outbox.withDue(async (trx) =>
      (await trx.knownItems(['s20000', 's-new'])).map(({ key, isOpen }) => [key, isOpen]),
    );
    expect(keys).toEqual([
      ['i1', true],
      ['i20000', false],
    ]);
    const open = (branch?: string) => store.outbox.withDue(async (trx) => trx.openMessages(branch));
    expect(await open('東京')).toMatchObject([{ id: 1 }]);
    expect(await open('大阪')).toEqual([]);
  });

  test('reads all of its reminders', async () => {
    expect(await store.outbox.messages()).toHaveLength(MANY);
  });

  test('is looked over by doctor', async () => {
    const { code, out } = await planbot(['doctor', '--data', dataDir], {
      env: postgresUrl === undefined ? {} : { PLANBOT_DATABASE_URL: store.label },
    });
    expect(code).toBe(0);
    expect(out.join('\n')).toContain(`送信済み ${MANY - 40}通`);
  });

  if (postgresUrl === undefined) {
    test('is restored from its own backup', async () => {
      const to = `${freshFolder()}/copy.sqlite`;
      await backUpStore({ from: store.label, to, overwrite: false });
      const restored = await restoreStore({ from: to, dataDir: freshFolder(), by: 'test', now: NOW });
      expect(restored.contents.reminders).toBe(MANY);
    });
  }
});

test('what is older than it is to be kept goes, and nothing else', async () => {
  const dataDir = freshFolder();
  const before = await openTestStore(dataDir);
  await fill(before);
  await before.close();
  const store = await openTestStore(dataDir, 730);
  const entry = { question: '火星は？', understood: '火星は？', outcome: 'not_found' } as const;
  await store.unanswered.keep(entry, NOW);
  await store.feedback.save({ user: 'U1', channel: 'C', ts: '2.1', verdict: 'bad', comment: null }, NOW);
  expect(await store.unanswered.list()).toHaveLength(1);
  expect(await store.feedback.list()).toHaveLength(1);
  expect((await store.outbox.counts()).reduce((sum, { count }) => sum + count, 0)).toBe(MANY);
  await store.close();
});
