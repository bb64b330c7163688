import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';
import { madeUpPlan, writePlan } from './made-up-plan.ts';

const GOOD = madeUpPlan();
const SHIFT_JIS_LINE = Buffer.from([0x8c, 0x76, 0x89, 0xe6, 0x0a]);

async function kpis(data: string): Promise<string[]> {
  return (await planbot(['export', 'kpi', '--data', data])).out;
}

test.each<[string, (path: string) => void, RegExp]>([
  ['is cut off', (path) => writeFileSync(path, Buffer.from(GOOD).subarray(0, -5)), /途中で切れています/],
  [
    'changes its encoding',
    (path) => writeFileSync(path, Buffer.concat([Buffer.from(GOOD), SHIFT_JIS_LINE])),
    /bad\.txt:12: 文字コードが途中で変わっています/,
  ],
  [
    'has 50 MB',
    (path) => {
      writeFileSync(path, GOOD);
      truncateSync(path, 50 * 1024 * 1024);
    },
    /大きすぎます（50MB。上限は20MBです）/,
  ],
  [
    'is of an unknown branch',
    (path) => writeFileSync(path, GOOD.replace('青森支部', '江戸支部')),
    /bad\.txt:1: 江戸支部は支部の一覧/,
  ],
  [
    'is another one under a new name',
    (path) => writeFileSync(path, madeUpPlan('83.5')),
    /good\.txt と同じ内容です/,
  ],
  ['is a PDF that is cut off', (path) => writeFileSync(path, '%PDF-1.7\n1 0 obj'), /PDFとして読み取れません/],
  ['is empty', (path) => writeFileSync(path, ''), /事業計画として読み取れません/],
])(
  'a document that %s is refused in one line, and nothing of the others is stored',
  async (_, write, reason) => {
    const [data, folder] = [freshFolder(), freshFolder()];
    await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
    const before = await kpis(data);

    writePlan(folder, 'good.txt', madeUpPlan('83.5'));
    write(join(folder, 'bad.txt'));
    const { code, out, err } = await planbot([
      'ingest',
      join(folder, 'good.txt'),
      join(folder, 'bad.txt'),
      '--all-or-nothing',
      '--data',
      data,
    ]);
    expect(code).not.toBe(0);
    expect([out, err]).toEqual([[], [expect.stringMatching(reason)]]);
    expect(await kpis(data)).toEqual(before);
  },
);

test('two documents that disagree are both kept, and the report names the place of each', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  writePlan(folder, 'first.txt');
  writePlan(folder, 'second.txt', madeUpPlan('83.5'));
  const { code, out } = await planbot(['ingest', folder, '--data', data]);
  expect(code).toBe(0);
  const report = out.join('\n');
  expect(report).toMatch(/食い違い 6行目: .*second\.txt）の記載（83\.5％以上）と異なります/);
  expect(report).toMatch(/食い違い 6行目: .*first\.txt）の記載（81\.5％以上）と異なります/);
  expect(report).not.toMatch(/食い違い 11行目/);
});

test('a document that disagrees with a known one is reported, as text and JSON', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder, 'known.txt'), '--data', data]);
  const given = writePlan(folder, 'given.txt', madeUpPlan('83.5'));
  const { out } = await planbot(['ingest', given, '--json', '--data', data]);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    change: { kind: 'new' },
    doubts: [{ kind: 'conflict', line: 6, reason: expect.stringContaining('known.txt') }],
  });
});

test('the same document again changes nothing; under a new name it takes the old one’s place', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  const path = writePlan(folder);
  await planbot(['ingest', path, '--data', data]);
  const again = await planbot(['ingest', path, '--data', data]);
  expect(again.out.join('\n')).toContain('前回の取り込みから変更はありません');
  const renamed = await planbot(['ingest', writePlan(folder, 'renamed.txt'), '--data', data]);
  expect(renamed.out.join('\n')).toContain('aomori.txt と同じ内容です。名前を改めました');
  expect((await kpis(data)).map((line) => JSON.parse(line).file)).toEqual(['renamed.txt', 'renamed.txt']);
});

test('the report tells old and new figures, and what went away', async () => {
  const [data, folder] = [freshFolder(), freshFolder()];
  await planbot(['ingest', writePlan(folder), '--data', data]);
  const [lesser] = madeUpPlan('82.5').split('２．健診');
  const { out } = await planbot(['ingest', writePlan(folder, 'aomori.txt', lesser), '--data', data]);
  const report = out.join('\n');
  expect(report).toContain(
    '変更 6行目 KPI 青森支部 令和7年度 ジェネリック医薬品使用割合: 目標 81.5％以上 → 目標 82.5％以上',
  );
  expect(report).toContain('削除 KPI 青森支部 令和7年度 生活習慣病予防健診実施率: 目標 61.5％以上');
});

test.runIf(existsSync('/dev/null'))('a device is no document, and is not read', async () => {
  const { code, err } = await planbot(['ingest', '/dev/null', '--data', freshFolder()]);
  expect([code, err]).toEqual([
    1,
    [
      'planbot: /dev/null: 取り込める資料（.txt、.pdf、.docx、.xlsx、.pptx、.html、.htm、.md、.csv）がありません',
    ],
  ]);
});
