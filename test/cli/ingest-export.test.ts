import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';
import { madeUpPlan, writePlan } from './made-up-plan.ts';

async function exported(data: string, ...args: string[]): Promise<Record<string, unknown>[]> {
  const { out } = await planbot(['export', ...args, '--data', data]);
  return out.map((line) => JSON.parse(line));
}

test('what is ingested is exported, with the keys that other programs rely on', async () => {
  const data = freshFolder();
  const { code, out } = await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  expect(code).toBe(0);
  expect(out.join('\n')).toMatch(/aomori\.txt[\s\S]*青森支部[\s\S]*令和7[\s\S]*KPI 2[\s\S]*新しい資料/);

  const rows = await exported(data, 'kpi');
  expect(rows).toEqual([
    {
      file: 'aomori.txt',
      line: 6,
      branch: '青森',
      fy: 7,
      indicator: 'generic_rate',
      op: '>=',
      value: 81.5,
      unit: '%',
      relative: null,
      stated: expect.stringMatching(/81.5[%％]以上/),
      actual: null,
      actual_text: null,
      as_of: null,
      prev_actual: null,
      prev_text: null,
      section: expect.stringContaining('ジェネリック'),
      importance: null,
      difficulty: null,
      actual_file: null,
      actual_line: null,
    },
    expect.objectContaining({ line: 11, indicator: 'checkup_rate', value: 61.5 }),
  ]);
});

test('CSV has the same rows, and headings also where there are no rows', async () => {
  const data = freshFolder();
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  const csv = async (kind: string) =>
    (await planbot(['export', kind, '--format', 'csv', '--data', data])).out.join('\n').split('\n');
  const [headings, first] = await csv('kpi');
  expect(headings).toMatch(/^file,line,branch,fy,indicator,op,value,unit,relative,stated,/);
  expect(first).toMatch(/^aomori\.txt,6,青森,7,generic_rate,>=,81\.5,%,,/);
  expect(await csv('unanswered')).toEqual(['at,question,understood,outcome']);
});

test('a second ingest of a file replaces it and tells what changed', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder), '--data', data]);
  const again = writePlan(folder, 'aomori.txt', madeUpPlan('82.5'));
  const { out } = await planbot(['ingest', again, '--json', '--data', data]);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    file: 'aomori.txt',
    branches: ['青森'],
    fys: [7],
    kpis: 2,
    change: {
      kind: 'changed',
      added: [],
      removed: [],
      changed: [{ kind: 'kpi', name: 'generic_rate', before: '目標 81.5％以上', after: '目標 82.5％以上' }],
    },
  });
  expect((await exported(data, 'kpi')).map(({ value }) => value)).toEqual([82.5, 61.5]);
});

test('with --all-or-nothing one bad file among good ones leaves everything as it was', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder), '--data', data]);
  const before = await exported(data, 'kpi');

  writePlan(folder, 'aomori.txt', madeUpPlan('99.9'));
  writeFileSync(join(folder, 'letter.txt'), '拝啓\nお元気ですか。\n');
  const { code, err } = await planbot(['ingest', folder, '--all-or-nothing', '--data', data]);
  expect(code).toBe(1);
  expect(err).toHaveLength(1);
  expect(err[0]).toMatch(/letter\.txt.*事業計画として読み取れません/);
  expect(await exported(data, 'kpi')).toEqual(before);
});

test('reads a folder and what is below it; two documents of one name are refused', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'below'));
  writePlan(folder, 'one.txt');
  writePlan(join(folder, 'below'), 'two.txt', madeUpPlan('82.5'));
  const { out } = await planbot(['ingest', folder, '--json', '--data', freshFolder()]);
  expect(out.map((line) => JSON.parse(line).file)).toEqual(['two.txt', 'one.txt']);

  writePlan(join(folder, 'below'), 'one.txt');
  const refused = await planbot(['ingest', folder, '--data', freshFolder()]);
  expect([refused.code, refused.err[0]]).toEqual([2, expect.stringContaining('同じ名前の資料が2つあります')]);
});

test('an empty folder is a fault that says what can be read', async () => {
  const folder = freshFolder();
  const { code, err } = await planbot(['ingest', folder, '--data', freshFolder()]);
  expect([code, err]).toEqual([
    1,
    [
      `planbot: ${folder}: 取り込める資料（.txt、.pdf、.docx、.xlsx、.pptx、.html、.htm、.md、.csv）がありません`,
    ],
  ]);
});

test('with nothing ingested the delivered figures are exported', async () => {
  const rows = await exported(freshFolder(), 'kpi');
  const facts = readFileSync(join(import.meta.dirname, '../../index/facts/kpi.csv'), 'utf8');
  expect(rows.length).toBeGreaterThanOrEqual(facts.trim().split('\n').length - 1);
  expect(
    rows.find(({ branch, indicator }) => branch === '東京' && indicator === 'generic_rate'),
  ).toBeDefined();
});

test('counts, commitments and owners are exported with their places and dates', async () => {
  const data = freshFolder();
  const report = join(import.meta.dirname, '../../index/sample/progress-report.txt');
  await planbot(['ingest', report, '--data', data]);
  expect(await exported(data, 'counts')).toContainEqual(
    expect.objectContaining({
      table: expect.any(String),
      label: expect.any(String),
      period: expect.any(String),
    }),
  );
  expect(await exported(data, 'commitments')).toContainEqual(
    expect.objectContaining({
      when: expect.any(String),
      from: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      to: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    }),
  );
  const table = join(freshFolder(), 'owners.csv');
  writeFileSync(table, '支部,チャンネル,主担当\n青森,C0AOMORI1,U0MAIN001\n');
  await planbot(['import', table, '--by', '佐藤', '--data', data]);
  expect(await exported(data, 'owners')).toEqual([
    { branch: '青森', channel: 'C0AOMORI1', owner: 'U0MAIN001', deputy: null },
  ]);
  expect(await exported(data, 'history')).toEqual([
    expect.objectContaining({
      by: '佐藤',
      kind: 'owners',
      file: 'owners.csv',
      line: 2,
      branch: '青森',
      ended_at: null,
    }),
  ]);
});

test('one bad file keeps none of the others from being read, and is named with its reason', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  writePlan(folder);
  writeFileSync(join(folder, 'letter.txt'), '拝啓\nお元気ですか。\n');
  writeFileSync(join(folder, 'old.doc'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
  writeFileSync(join(folder, 'notes.bin'), 'x');
  const { code, out, err } = await planbot(['ingest', folder, '--data', data]);
  expect(code).toBe(1);
  expect(out.join('\n')).toMatch(/aomori\.txt[\s\S]*KPI 2/);
  expect(err).toHaveLength(3);
  expect(err).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/letter\.txt.*支部名が見つかりません。年度が見つかりません.*letter\.txt\.yml/),
      expect.stringMatching(/notes\.bin: 資料の形式ではない/),
      expect.stringMatching(/old\.doc: Wordの古い形式（\.doc）です。\.docx かPDFで保存してください/),
    ]),
  );
  expect(await exported(data, 'kpi')).toHaveLength(2);
});

test('a name that stands for another plan is not replaced unasked', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder), '--data', data]);
  const other = writePlan(folder, 'aomori.txt', madeUpPlan('81.5').replaceAll('青森', '秋田'));
  const { code, err } = await planbot(['ingest', other, '--data', data]);
  expect([code, err]).toEqual([2, [expect.stringMatching(/青森支部・令和7年度のもの.*--replace/)]]);
  expect((await exported(data, 'kpi')).map((row) => row.branch)).toEqual(['青森', '青森']);
  expect((await planbot(['ingest', other, '--replace', '--data', data])).code).toBe(0);
  expect((await exported(data, 'kpi')).map((row) => row.branch)).toEqual(['秋田', '秋田']);
});

test('documents are listed, and removed with what they brought', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder), '--data', data]);
  const listed = await planbot(['documents', '--json', '--data', data]);
  expect(listed.out.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ file: 'aomori.txt', branches: ['青森'], fys: [7], kind: 'plan', rows: 4 }),
  ]);
  expect((await planbot(['remove', 'nowhere.txt', '--data', data])).code).toBe(2);
  expect((await planbot(['remove', 'aomori.txt', '--data', data])).out[0]).toContain('青森支部');
  expect((await planbot(['documents', '--data', data])).out[0]).toContain('取り込んだ資料はありません');
});

test('a document adds to the facts that planbot is delivered with', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder), '--data', data]);
  const { out } = await planbot([
    'ask',
    '沖縄支部の令和3年度のジェネリックの目標は？',
    '--json',
    '--data',
    data,
  ]);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ status: 'answered', rows: [{ branch: '沖縄', fy: 3 }] });
});
