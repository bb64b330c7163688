import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPlanbot } from '../../src/app/planbot.ts';
import { openFile } from '../../src/store/dialects/sqlite/files.ts';
import { openStore } from '../../src/store/store.ts';
import { freshFolder } from '../store/data-folder.ts';
import { madeUpDocument, madeUpKpi } from '../store/made-up-document.ts';
import { NOW, planbot } from './command-line.ts';
import { madeUpPlan, writePlan } from './made-up-plan.ts';

async function ingested(): Promise<string> {
  const data = freshFolder();
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  return data;
}

test('an answer names branch, year, indicator, figure and source', async () => {
  const { code, out } = await planbot(['ask', '青森支部のジェネリックKPIは？', '--data', await ingested()]);
  expect(code).toBe(0);
  expect(out.join('\n')).toMatch(
    /青森支部.*令和7年度.*ジェネリック医薬品使用割合[\s\S]*81\.5[％%]以上[\s\S]*6行目/,
  );
});

test('--json has the keys that other programs rely on', async () => {
  const { out } = await planbot([
    'ask',
    '青森の令和7年度のジェネリックの目標',
    '--json',
    '--data',
    await ingested(),
  ]);
  const line = JSON.parse(out[0] ?? '');
  expect(Object.keys(line)).toEqual([
    'id',
    'status',
    'kind',
    'understood',
    'text',
    'rows',
    'passages',
    'choices',
    'ms',
  ]);
  expect(line).toMatchObject({
    status: 'answered',
    kind: 'kpi',
    understood: '青森支部 令和7年度 ジェネリック医薬品使用割合の目標',
    ms: expect.any(Number),
  });
  expect(line.rows[0]).toEqual({
    branch: '青森',
    fy: 7,
    indicator: 'generic_rate',
    aspect: 'target',
    op: '>=',
    value: 81.5,
    unit: '%',
    relative: null,
    actual: null,
    as_of: null,
    source: { file: 'aomori.txt', line: 6 },
  });
});

test('--jsonl answers each line; turns carry what they are about, and lines do not', async () => {
  const input = [
    '{"id":"a","q":"青森支部の令和7年度のジェネリックの目標は？"}',
    '',
    '{"id":"b","turns":["青森支部の令和7年度のジェネリックの目標は？","生活習慣病予防健診は？"]}',
    '{"id":"c","q":"それの根拠は？"}',
  ].join('\n');
  const { code, out } = await planbot(['ask', '--jsonl', '--data', await ingested()], { input });
  const lines = out.map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(lines.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(lines[0].rows[0]).toMatchObject({ indicator: 'generic_rate', value: 81.5 });
  expect(lines[1].rows[0]).toMatchObject({ indicator: 'checkup_rate', value: 61.5 });
  expect(lines[2].status).not.toBe('answered');
});

test('--jsonl reads what an editor of Windows saved', async () => {
  const input = '\ufeff{"id":"a","q":"こんにちは"}\r\n{"id":"b","q":"こんにちは"}\r\n';
  const { out } = await planbot(['ask', '--jsonl', '--data', await ingested()], { input });
  expect(out.map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
});

test.each([['これはJSONではありません'], ['{"id":"a"}'], ['{"id":1}'], ['{"id":"a","turns":[]}'], ['[]']])(
  '--jsonl gives a line at fault a fault of its own, and goes on: %s',
  async (bad) => {
    const input = `{"id":"a","q":"こんにちは"}\n${bad}\n{"id":"b","q":"こんにちは"}\n`;
    const { code, out, err } = await planbot(['ask', '--jsonl', '--data', await ingested()], { input });
    expect([code, err]).toEqual([0, []]);
    expect(out.map((line) => JSON.parse(line))).toMatchObject([
      { id: 'a', status: 'answered' },
      { id: null, status: 'fault', fault: expect.stringMatching(/^標準入力:2: /) },
      { id: 'b', status: 'answered' },
    ]);
  },
);

test('a question without an answer is kept for those who improve the catalogue', async () => {
  const data = await ingested();
  const { out } = await planbot([
    'ask',
    '沖縄支部の令和8年度のジェネリックの目標は？',
    '--json',
    '--data',
    data,
  ]);
  const { status } = JSON.parse(out[0] ?? '');
  const kept = await planbot(['export', 'unanswered', '--data', data]);
  expect(kept.out.map((line) => JSON.parse(line))).toEqual([
    {
      at: NOW.toISOString(),
      question: '沖縄支部の令和8年度のジェネリックの目標は？',
      understood: expect.stringContaining('沖縄'),
      outcome: status,
    },
  ]);
});

test('an answer is shown also where the question cannot be kept', async () => {
  const data = await ingested();
  const database = openFile(join(data, 'planbot.sqlite'));
  database.exec("create trigger full before insert on unanswered begin select raise(abort, 'full'); end");
  database.close();
  const { code, out, err } = await planbot([
    'ask',
    '沖縄支部の令和8年度のジェネリックの目標は？',
    '--data',
    data,
  ]);
  expect([code, out, err]).toEqual([
    1,
    [expect.stringContaining('沖縄支部')],
    [expect.stringContaining('planbot.sqlite')],
  ]);
});

test.each([[''], ['\u0000\u0007'], ['<!channel> <@U1>'], ['あ'.repeat(10_000)]])(
  'a question that is none is answered politely: %j',
  async (question) => {
    const { code, out, err } = await planbot(['ask', question, '--json', '--data', await ingested()]);
    expect([code, err]).toEqual([0, []]);
    expect(JSON.parse(out[0] ?? '').text).not.toBe('');
  },
);

test('search finds plan text with its place', async () => {
  const data = await ingested();
  const { out } = await planbot(['search', 'りんごの収穫', '--json', '--data', data]);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ file: 'aomori.txt', branch: '青森', fy: 7 });
  const text = await planbot(['search', 'りんごの収穫', '--top', '1', '--data', data]);
  expect(text.out.join('\n')).toMatch(/^1\. .*青森.*行目[\s\S]*集団健診/);
});

test('a running bot knows what another process has ingested since', async () => {
  const dataDir = await ingested();
  const bot = await createPlanbot({ dataDir, tell: () => undefined });
  const other = await openStore({ dataDir });
  try {
    const today = { year: 2025, month: 7, day: 31 };
    const text = '岩手支部の令和7年度のジェネリックの目標は？';
    expect((await bot.ask({ text, context: null, today })).answer.kind).not.toBe('answered');
    const kpi = madeUpKpi({ branch: '岩手', file: 'iwate.txt' });
    const passage = {
      ...madeUpDocument('iwate.txt').passages[0],
      branch: '岩手',
      text: '海辺の町で歩く会を開く。',
    };
    const document = { ...madeUpDocument('iwate.txt', [kpi]), passages: [passage as never] };
    const parts = document.parts.map((part) => ({ ...part, branch: '岩手' }));
    await other.documents.replace([{ ...document, parts }], NOW);

    // Plan text waits for what is new; a question waits two seconds at the most, then answers with what was known.
    const search = await bot.openPassages();
    expect(search.search({ text: '歩く会', limit: 1 })[0]?.passage.branch).toBe('岩手');
    expect((await bot.ask({ text, context: null, today })).answer.text).toContain('88.8％以上');
  } finally {
    await other.close();
    await bot.close();
  }
});

test('a damaged index is built anew and said so', async () => {
  const data = await ingested();
  writeFileSync(`${data}/passages.idx`, madeUpPlan());
  const told: string[] = [];
  const bot = await createPlanbot({ dataDir: data, tell: (reason) => told.push(reason) });
  const passages = await bot.openPassages();
  await bot.close();
  expect(told).toHaveLength(1);
  expect(passages.search({ text: '集団健診', limit: 1 })).toHaveLength(1);
});

test('an index that cannot be written still answers, and it is said so', async () => {
  const data = await ingested();
  rmSync(`${data}/passages.idx`);
  mkdirSync(`${data}/passages.idx`);
  const told: string[] = [];
  const bot = await createPlanbot({ dataDir: data, tell: (reason) => told.push(reason) });
  const passages = await bot.openPassages();
  await bot.close();
  expect(told.join('\n')).toContain('索引を書き込めません');
  expect(passages.search({ text: '集団健診', limit: 1 })).toHaveLength(1);
});

test('a running bot that cannot read its store for a moment answers as before, then with what is new', async () => {
  const dataDir = await ingested();
  const told: string[] = [];
  const bot = await createPlanbot({ dataDir, tell: (reason) => told.push(reason) });
  const other = await openStore({ dataDir });
  const database = openFile(join(dataDir, 'planbot.sqlite'));
  const found = async (text: string) => (await bot.openPassages()).search({ text, limit: 1 }).length;
  try {
    const document = madeUpDocument('iwate.txt');
    const passage = { ...document.passages[0], text: '海辺の町で歩く会を開く。' };
    await other.documents.replace([{ ...document, passages: [passage as never] }], NOW);
    database.exec("update passage set section = 'x' || section");
    expect([await found('集団健診'), await found('歩く会')]).toEqual([1, 0]);
    expect(told.join('\n')).toContain('新しい資料を開けません');

    database.exec('update passage set section = substr(section, 2)');
    expect([await found('集団健診'), await found('歩く会')]).toEqual([1, 1]);
  } finally {
    database.close();
    await other.close();
    await bot.close();
  }
});
