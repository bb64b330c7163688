import { expect, test } from 'vitest';
import { type ReportedActual, reportedKey } from '../../src/model/reported.ts';
import { freshFolder } from './data-folder.ts';
import { openTestStore } from './test-store.ts';

const EARLY = new Date('2025-07-31T03:00:00Z');
const LATE = new Date('2025-10-31T03:00:00Z');

function actual(value: number, over: Partial<ReportedActual> = {}): ReportedActual {
  const row = { branch: '青森', fy: 7, indicator: 'generic_rate', asOf: '2025-06-30', note: null, ...over };
  return { ...row, value, text: `${value}％` };
}

function table(file: string, rows: ReportedActual[], by: string | null = null) {
  const lines = rows.map((row, i) => ({ line: i + 2, key: reportedKey(row), row }));
  return { kind: 'kpi' as const, file, digest: 'd', by, lines };
}

test('a reported figure comes back with file and row as its source', async () => {
  const store = await openTestStore(freshFolder());
  await store.figures.import(table('第1四半期.csv', [actual(81.2)]), EARLY);
  expect(await store.figures.reportedActuals()).toEqual([
    {
      ...actual(81.2),
      source: {
        file: '第1四半期.csv',
        line: 2,
        page: null,
        title: '実績の報告（第1四半期.csv）',
        importId: 1,
      },
    },
  ]);
  await store.close();
});

test('a second import replaces what has the same key, and the history keeps both', async () => {
  const store = await openTestStore(freshFolder());
  await store.figures.import(table('a.csv', [actual(81.2), actual(90, { branch: '岩手' })], '佐藤'), EARLY);
  const change = await store.figures.import(
    table('b.csv', [actual(81.3), actual(90, { branch: '岩手' }), actual(82, { asOf: '2025-09-30' })]),
    LATE,
  );
  expect(change).toMatchObject({
    added: [{ line: 4 }],
    changed: [{ before: { value: 81.2 }, after: { line: 2, row: { value: 81.3 } } }],
    withdrawn: [],
    unchanged: 1,
  });
  expect((await store.figures.reportedActuals()).map(({ value }) => value).sort()).toEqual([81.3, 82, 90]);
  expect(await store.figures.history()).toMatchObject([
    {
      row: { value: 81.2 },
      at: EARLY.toISOString(),
      by: '佐藤',
      endedAt: LATE.toISOString(),
      endedIn: 'b.csv',
    },
    { row: { value: 90 }, endedAt: null },
    { row: { value: 81.3 }, file: 'b.csv', endedAt: null },
    { row: { value: 82 }, endedAt: null },
  ]);
  await store.close();
});

test('a withdrawn figure is gone, but not from the history', async () => {
  const store = await openTestStore(freshFolder());
  await store.figures.import(table('a.csv', [actual(81.2)]), EARLY);
  const lines = [{ line: 2, key: reportedKey(actual(0)), row: null }];
  const change = await store.figures.import({ ...table('b.csv', []), lines }, LATE);
  expect(change.withdrawn).toEqual([{ before: actual(81.2), line: 2 }]);
  expect(await store.figures.reportedActuals()).toEqual([]);
  expect(await store.figures.history()).toMatchObject([{ row: { value: 81.2 }, endedIn: 'b.csv' }]);
  await store.close();
});

test('owners are read by branch; the stamp changes with each import', async () => {
  const store = await openTestStore(freshFolder());
  const before = await store.knowledgeStamp();
  const owner = { branch: '青森', channel: 'C0AOMORI1', owner: 'U0MAIN001', deputy: null };
  const lines = [{ line: 2, key: reportedKey(owner), row: owner }];
  await store.figures.import({ kind: 'owners', file: 'o.csv', digest: 'd', by: null, lines }, EARLY);
  expect(await store.figures.owners()).toEqual([owner]);
  expect(await store.knowledgeStamp()).not.toBe(before);
  await store.close();
});
