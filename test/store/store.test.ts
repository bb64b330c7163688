import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { freshFolder } from './data-folder.ts';
import { digestOf, madeUpDocument, madeUpKpi } from './made-up-document.ts';
import { openTestStore, runRaw } from './test-store.ts';

const NOW = new Date('2025-07-31T00:00:00Z');

async function open(dataDir = freshFolder()): Promise<Store> {
  const store = await openTestStore(dataDir);
  onTestFinished(() => store.close());
  return store;
}

async function fault(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) {
    throw new Error(`expected an AppError, got ${error}`);
  }
  return error;
}

test('gives back every row of a document as it was stored', async () => {
  const store = await open();
  const actual = {
    value: 6.18,
    text: '6.18日',
    asOf: '４月時点',
    previousValue: null,
    previousText: '【新設】',
  };
  const relative = {
    op: '>=',
    value: null,
    unit: null,
    relative: 'prev_year',
    text: '対前年度以上',
  } as const;
  const document = madeUpDocument('plan.txt', [
    madeUpKpi(),
    madeUpKpi({ line: 20, indicator: 'other:紹介件数', actual, stated: null, section: [] }),
    madeUpKpi({
      line: 30,
      indicator: 'judo_rate',
      target: { ...relative, proviso: '入札が少ない場合を除く' },
    }),
  ]);
  await store.documents.replace([document], NOW);

  expect(await store.knowledge.parts()).toEqual(document.parts);
  expect(await store.knowledge.kpis({})).toEqual(document.kpis);
  expect(await store.knowledge.measures({})).toEqual(document.measures);
  expect(await store.knowledge.budgets({})).toEqual(document.budgets);
  expect(await store.knowledge.commitments({})).toEqual(document.commitments);
  expect(await store.knowledge.counts({})).toEqual(document.counts);
  expect(await store.knowledge.referenceActuals({})).toEqual(document.referenceActuals);
  expect(await store.knowledge.referenceActuals({ indicators: ['mail_rate'] })).toEqual([]);
  expect(await store.documents.passages()).toEqual(document.passages);
});

test('keeps what it knows over a restart', async () => {
  const dataDir = freshFolder();
  const first = await openTestStore(dataDir);
  await first.documents.replace([madeUpDocument()], NOW);
  await first.close();
  const second = await open(dataDir);
  expect(await second.documents.list()).toEqual([
    { file: 'plan.txt', layout: 'single', digest: digestOf('plan.txt'), ingestedAt: NOW.toISOString() },
  ]);
});

test.each([
  ['nothing asked', {}, ['東京 7 generic_rate', '東京 6 generic_rate', '青森 7 mail_rate']],
  ['a branch', { branches: ['青森'] }, ['青森 7 mail_rate']],
  ['a year', { fys: [7] }, ['東京 7 generic_rate', '青森 7 mail_rate']],
  ['an indicator', { indicators: ['generic_rate'] }, ['東京 7 generic_rate', '東京 6 generic_rate']],
  ['all three', { branches: ['東京'], fys: [6], indicators: ['generic_rate'] }, ['東京 6 generic_rate']],
  ['no branch at all', { branches: [] }, []],
])('filters KPIs by %s, in document order', async (_, filter, expected) => {
  const store = await open();
  await store.documents.replace(
    [
      madeUpDocument('b.txt', [madeUpKpi({ file: 'b.txt', branch: '青森', indicator: 'mail_rate' })]),
      madeUpDocument('a.txt', [
        madeUpKpi({ file: 'a.txt', line: 90, fy: 6 }),
        madeUpKpi({ file: 'a.txt', line: 5 }),
      ]),
    ],
    NOW,
  );
  const rows = await store.knowledge.kpis(filter);
  expect(rows.map((row) => `${row.branch} ${row.fy} ${row.indicator}`)).toEqual(expected);
});

test('tells what a second ingest changed, and leaves other documents alone', async () => {
  const store = await open();
  const other = madeUpDocument('other.txt');
  await store.documents.replace([madeUpDocument(), other], NOW);

  const lower = madeUpKpi({
    target: { op: '>=', value: 77.7, unit: '%', relative: null, text: '77.7％以上', proviso: null },
  });
  const added = madeUpKpi({ line: 50, indicator: 'mail_rate' });
  const [change] = await store.documents.replace([madeUpDocument('plan.txt', [lower, added])], NOW);

  expect(change).toMatchObject({
    kind: 'changed',
    added: [{ kind: 'kpi', name: 'mail_rate', line: 50 }],
    removed: [],
  });
  expect(change?.changed.map(({ before, after }) => [before.figure, after.figure])).toEqual([
    ['目標 88.8％以上', '目標 77.7％以上'],
  ]);
  expect((await store.knowledge.kpis({})).map((kpi) => [kpi.source.file, kpi.target.value])).toEqual([
    ['other.txt', 88.8],
    ['plan.txt', 77.7],
    ['plan.txt', 88.8],
  ]);
  const [again] = await store.documents.replace([other], NOW);
  expect(again?.kind).toBe('unchanged');
});

test('stores all documents or none', async () => {
  const store = await open();
  await store.documents.replace([madeUpDocument()], NOW);
  const broken = madeUpDocument('broken.txt', [madeUpKpi({ file: 'nowhere.txt' })]);
  const error = await fault(store.documents.replace([madeUpDocument('plan.txt', []), broken], NOW));
  expect(error.code).toBe('store_unavailable');
  expect(await store.knowledge.kpis({})).toHaveLength(1);
  expect(await store.documents.list()).toHaveLength(1);
});

test('tells what changed in budgets, measures and counts', async () => {
  const store = await open();
  const first = madeUpDocument();
  await store.documents.replace([first], NOW);
  const second = {
    ...first,
    budgets: first.budgets.map((budget) => ({
      ...budget,
      executedYen: 1_000_000,
      status: '契約済み' as const,
    })),
    measures: first.measures.map((measure) => ({ ...measure, evaluation: '△' as const })),
    counts: [],
  };
  const [change] = await store.documents.replace([second], NOW);
  expect(change?.changed.map(({ before, after }) => [after.kind, before.figure, after.figure])).toEqual([
    ['measure', '○', '△'],
    ['budget', '2,654,000円、未着手', '2,654,000円、執行 1,000,000円、契約済み'],
  ]);
  expect(change?.removed).toMatchObject([{ kind: 'count', figure: '1,234件' }]);
});

test('a known content under a new name takes the place of the old name', async () => {
  const store = await open();
  await store.documents.replace([madeUpDocument('old.txt')], NOW);
  const renamed = { ...madeUpDocument('new.txt'), digest: digestOf('old.txt') };
  const [change] = await store.documents.replace([renamed], NOW);
  expect(change).toMatchObject({ kind: 'unchanged', renamedFrom: 'old.txt' });
  expect((await store.documents.list()).map(({ file }) => file)).toEqual(['new.txt']);
});

test('refuses a database that a newer version has written', async () => {
  const dataDir = freshFolder();
  await runRaw(
    await open(dataDir),
    "insert into kysely_migration (name, timestamp) values ('9999_future', '2030-01-01')",
  );
  const error = await fault(openTestStore(dataDir));
  expect(error.toLine()).toContain('新しい版のplanbotで作られています');
});

test('refuses one content under two names', async () => {
  const store = await open();
  const twin = { ...madeUpDocument('twin.txt'), digest: digestOf('plan.txt') };
  const error = await fault(store.documents.replace([madeUpDocument(), twin], NOW));
  expect(error.toLine()).toBe('twin.txt: plan.txt と同じ内容です。どちらか一方だけを取り込んでください');
  expect(await store.documents.list()).toEqual([]);
});

test('refuses two documents of one name', async () => {
  const store = await open();
  const error = await fault(store.documents.replace([madeUpDocument(), madeUpDocument()], NOW));
  expect(error.toLine()).toBe('plan.txt: 同じ名前のファイルが2つあります');
});

test('two stores on one folder share what they know and wait for one another', async () => {
  const dataDir = freshFolder();
  const [one, two] = await Promise.all([open(dataDir), open(dataDir)]);
  await Promise.all([
    one.documents.replace([madeUpDocument('one.txt')], NOW),
    two.documents.replace([madeUpDocument('two.txt')], NOW),
  ]);
  expect((await one.documents.list()).map(({ file }) => file)).toEqual(['one.txt', 'two.txt']);
});

test('a row that somebody spoilt by hand is a fault that names the column, not a wrong figure', async () => {
  const store = await open();
  await store.documents.replace([madeUpDocument()], NOW);
  await runRaw(store, "update kpi set unit = 'キログラム'");
  const error = await fault(store.knowledge.kpis({}));
  expect([error.code, error.toLine()]).toEqual(['store_unavailable', expect.stringContaining('target.unit')]);
});
