import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { freshFolder } from '../store/data-folder.ts';
import { workbook } from '../tables/workbook.ts';
import { planbot } from './command-line.ts';
import { writePlan } from './made-up-plan.ts';

const HEADINGS = '支部,年度,指標,時点,実績,備考';

function writeTable(lines: readonly string[] | Buffer, name = '実績.csv'): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, Buffer.isBuffer(lines) ? lines : `${lines.join('\n')}\n`);
  return path;
}

async function withPlan(): Promise<string> {
  const data = freshFolder();
  await planbot(['ingest', writePlan(freshFolder()), '--data', data]);
  return data;
}

async function exported(data: string, ...args: string[]): Promise<Record<string, unknown>[]> {
  const { out } = await planbot(['export', ...args, '--data', data]);
  return out.map((line) => JSON.parse(line));
}

test('a reported actual is answered with its own source beside that of the target', async () => {
  const data = await withPlan();
  const path = writeTable([HEADINGS, '青森支部,R7,ジェネリック,9月末,80.4,速報']);
  const { code, out } = await planbot(['import', path, '--data', data]);
  expect([code, out.join('\n')]).toEqual([0, expect.stringContaining('追加 1')]);
  expect((await exported(data, 'kpi'))[0]).toMatchObject({ value: 81.5, actual: 80.4, as_of: '9月末時点' });

  const question = '青森支部の令和7年度のジェネリックの実績は？';
  const answer = (await planbot(['ask', question, '--data', data])).out.join('\n');
  expect(answer).toContain('実績 80.4％（9月末時点）');
  expect(answer).toContain('実績の報告（実績.csv） 2行目');
  expect(answer).toMatch(/出典：.*令和7年度.*6行目/);
});

test('over the delivered figures a reported actual is answered too', async () => {
  const data = freshFolder();
  const [known] = (await exported(data, 'kpi')).filter(
    ({ indicator, fy }) => indicator === 'generic_rate' && fy === 7,
  );
  const path = writeTable([HEADINGS, `${known?.branch},令和7年度,generic_rate,2026-03-31,12.34％,`]);
  await planbot(['import', path, '--data', data]);
  const row = (await exported(data, 'kpi')).find(
    (r) => r.branch === known?.branch && r.indicator === 'generic_rate' && r.fy === 7 && r.actual === 12.34,
  );
  expect(row).toMatchObject({ value: known?.value, actual_text: '12.34％' });
});

test('every bad cell is listed with row, column and reason, and nothing is imported', async () => {
  const data = await withPlan();
  const path = writeTable([
    HEADINGS,
    '青森,令和7年度,ジェネリック医薬品使用割合,2025-09-30,80.4％,',
    '青盛,令和7年度,健診率,2025-13-01,八割,',
    '青森,令和6年度,ジェネリック医薬品使用割合,2025-09-30,80.4件,',
    ',,,,,',
    '青森,,ジェネリック,令和7年9月末,80.5,',
  ]);
  const { code, out, err } = await planbot(['import', path, '--data', data]);
  expect(code).toBe(1);
  expect(out).toEqual([
    '3行目「支部」: 青盛 … 支部の一覧にありません',
    expect.stringMatching(/^3行目「指標」: 健診率 … どの指標か決められません（生活習慣病予防健診/),
    '3行目「時点」: 2025-13-01 … ない日付です',
    '4行目「時点」: 2025-09-30 … 令和6年度の日ではありません（年度の結果は3月31日としてください）',
    '4行目「実績」: 80.4件 … 単位が違います。この指標の単位の「81.2％」のように書いてください',
    expect.stringMatching(/^6行目: .* … 2行目と同じものについての行です$/),
  ]);
  expect(err).toEqual([expect.stringContaining('3行に誤りがあるため、何も取り込みませんでした')]);
  expect((await exported(data, 'kpi')).map(({ actual }) => actual)).toEqual([null, null]);
});

test.each([
  ['UTF-8', Buffer.from(`${HEADINGS}\n青森,R7,ジェネリック,9月末,80.4,\n`)],
  ['UTF-8 with its mark and CRLF', Buffer.from(`\uFEFF${HEADINGS}\r\n青森,R7,ジェネリック,9月末,80.4,\r\n`)],
  [
    'Shift_JIS',
    Buffer.from(
      // 支部,指標,時点,実績 / 青森,ジェネリック,2025/9/30,80.4
      '8e7895942c8e7795572c8e9e935f2c8ec090d10a90c290582c83578346836c838a8362834e2c323032352f392f33302c38302e340a',
      'hex',
    ),
  ],
  [
    'Excel',
    workbook([
      ['ジェネリックの実績（9月）'],
      ['支部', '年度', '指標', '時点', '実績', '備考'],
      ['青森', 7, 'ジェネリック', { day: '2025-09-30' }, 80.4, null],
    ]),
  ],
])('reads a table in %s', async (_, bytes) => {
  const data = await withPlan();
  const { code, out, err } = await planbot(['import', writeTable(bytes, 'table'), '--data', data]);
  expect([code, out, err]).toEqual([0, [expect.stringContaining('追加 1')], []]);
  expect((await exported(data, 'kpi'))[0]).toMatchObject({ actual: 80.4, actual_text: '80.4％' });
});

test('a share that Excel may show as per cent is not guessed', async () => {
  const rows = [
    ['支部', '指標', '時点', '実績'],
    ['青森', 'ジェネリック', { day: '2025-09-30' }, 0.804],
  ];
  const { code, out } = await planbot([
    'import',
    writeTable(workbook(rows), 'a.xlsx'),
    '--data',
    await withPlan(),
  ]);
  expect([code, out]).toEqual([1, [expect.stringContaining('Excelの割合の書式かどうか見分けられません')]]);
});

test('owners are read by what sends reminders; a second table replaces and can take back', async () => {
  const data = freshFolder();
  const owners = async (...rows: string[]) => {
    const path = writeTable(['支部,チャンネルID,主担当,副担当', ...rows], '担当者.csv');
    const { out } = await planbot(['import', path, '--by', '佐藤', '--data', data]);
    const store = await openStore({ dataDir: data });
    const known = await store.figures.owners();
    await store.close();
    return { known, out: out.join('\n') };
  };
  const first = await owners('青森,C0AOMORI1,<@U0MAIN001>,U0DEPUTY1', '岩手,C0IWATE01,U0MAIN002,');
  expect(first.known).toEqual([
    { branch: '青森', channel: 'C0AOMORI1', owner: 'U0MAIN001', deputy: 'U0DEPUTY1' },
    { branch: '岩手', channel: 'C0IWATE01', owner: 'U0MAIN002', deputy: null },
  ]);
  const second = await owners('青森,C0AOMORI1,U0MAIN009,', '岩手,取消,,');
  expect(second.known.map(({ owner }) => owner)).toEqual(['U0MAIN009']);
  expect(second.out).toContain('変更 2行目: 青森支部 C0AOMORI1 U0MAIN001 U0DEPUTY1 → C0AOMORI1 U0MAIN009');
});

test('a reported target takes the place of the plan’s and says that it differs', async () => {
  const data = await withPlan();
  const path = writeTable(
    ['支部,年度,指標,目標', '青森,R7,ジェネリック,82.0％以上', '青森,R7,サービススタンダード,100％'],
    '目標.csv',
  );
  const { out } = await planbot(['import', path, '--data', data]);
  expect(out.join('\n')).toMatch(/注意 2行目: 資料の目標（81\.5％以上、.*6行目）と異なります/);
  expect(await exported(data, 'kpi')).toMatchObject([
    { indicator: 'generic_rate', value: 82, op: '>=', file: '目標.csv', line: 2 },
    { indicator: 'checkup_rate', value: 61.5 },
    { indicator: 'service_standard', value: 100, op: '=', file: '目標.csv', line: 3 },
  ]);
});

test.each(['kpi', 'targets', 'owners'])(
  'the template of %s can be imported as it is: it adds nothing, and says why',
  async (kind) => {
    const { out } = await planbot(['import', '--template', kind]);
    const data = freshFolder();
    const imported = await planbot(['import', writeTable(out), '--data', data]);
    expect(imported.code).toBe(0);
    expect(imported.out.join('\n')).toContain('ひな形の記入例なので、取り込みませんでした');
    expect((await planbot(['export', 'history', '--data', data])).out).toEqual([]);
    expect((await planbot(['export', 'owners', '--data', data])).out).toEqual([]);
  },
);

test.each([
  ['no headings', ['青森,81.2'], /見出しの行がありません/],
  ['a missing column', ['支部,指標,実績', '青森,ジェネリック,80'], /「時点」の列がありません/],
  [
    'an unknown column',
    ['支部,指標,時点,実績,前月', '青森,ジェネリック,2025-09-30,80,1'],
    /「前月」という列はありません/,
  ],
  ['two kinds in one', ['支部,指標,時点,実績,目標'], /別々の表にしてください/],
  ['no rows', [HEADINGS], /見出しの下に行がありません/],
  ['an open quotation mark', [HEADINGS, '青森,R7,"ジェネリック,9月末,80,'], /CSVとして読めません/],
])('a table with %s is refused', async (_, lines, reason) => {
  const { code, err } = await planbot(['import', writeTable(lines), '--data', freshFolder()]);
  expect([code, err]).toEqual([1, [expect.stringMatching(reason)]]);
});

test('a damaged workbook is refused', async () => {
  const whole = workbook([['支部', '指標', '時点', '実績']]);
  const path = writeTable(whole.subarray(0, whole.length / 2), 'a.xlsx');
  const { code, err } = await planbot(['import', path, '--data', freshFolder()]);
  expect([code, err]).toEqual([1, [expect.stringContaining('Excelの表を読めません')]]);
});
