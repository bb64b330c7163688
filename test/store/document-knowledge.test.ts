import { expect, test } from 'vitest';
import { asSamples, knowledgeOfDocuments } from '../../src/store/document-knowledge.ts';
import { freshFolder } from './data-folder.ts';
import { madeUpDocument, madeUpKpi } from './made-up-document.ts';
import { openTestStore } from './test-store.ts';

test.each([
  {},
  { branches: ['青森'] },
  { fys: [6] },
  { indicators: ['mail_rate'] },
  { branches: ['東京'], fys: [7], indicators: [] },
])('memory and store answer alike to %j', async (filter) => {
  const documents = [
    madeUpDocument('b.txt', [
      madeUpKpi({ file: 'b.txt', line: 9, branch: '青森', indicator: 'mail_rate' }),
      madeUpKpi({ file: 'b.txt', line: 3, fy: 6 }),
    ]),
    madeUpDocument('a.txt'),
  ];
  const store = await openTestStore(freshFolder());
  await store.documents.replace(documents, new Date('2025-07-31T00:00:00Z'));
  const memory = knowledgeOfDocuments(documents);
  try {
    expect(await memory.parts()).toEqual(await store.knowledge.parts());
    expect(await memory.kpis(filter)).toEqual(await store.knowledge.kpis(filter));
    expect(await memory.budgets(filter)).toEqual(await store.knowledge.budgets(filter));
    expect(await memory.measures(filter)).toEqual(await store.knowledge.measures(filter));
    expect(await memory.commitments(filter)).toEqual(await store.knowledge.commitments(filter));
    expect(await memory.counts(filter)).toEqual(await store.knowledge.counts(filter));
    expect(await memory.passages()).toEqual(await store.documents.passages());
  } finally {
    await store.close();
  }
});

test('a sample is marked wherever it is shown', () => {
  const [sample] = asSamples([madeUpDocument('sample.txt')], []);
  const titles = [sample?.parts[0]?.title, sample?.passages[0]?.title, sample?.kpis[0]?.source.title];
  expect(new Set(titles)).toEqual(new Set(['見本 令和7年度 事業計画（東京支部）']));
});

test('a sample tells no figure where there are facts, of any branch or year', () => {
  const sample = madeUpDocument('sample.txt', [
    madeUpKpi({ indicator: 'mail_rate' }),
    madeUpKpi({ branch: '青森', indicator: 'mail_rate' }),
  ]);
  const [shown] = asSamples([sample], [madeUpDocument('facts.txt')]);
  expect([shown?.kpis, shown?.budgets, shown?.counts, shown?.measures]).toEqual([[], [], [], []]);
  expect(asSamples([sample], [])[0]?.kpis).toHaveLength(2);
  expect(shown?.passages).toHaveLength(1);
});
