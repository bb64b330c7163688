import { expect, onTestFinished, test } from 'vitest';
import { knownNow } from '../../src/app/built-in.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { takeFile } from '../../src/intake/take-file.ts';
import { AppError } from '../../src/model/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { madeUpPlan } from '../cli/made-up-plan.ts';
import { freshFolder } from '../store/data-folder.ts';
import { workbook } from '../tables/workbook.ts';

const catalogue = loadCatalogue();
const FIGURES = [
  ['支部', '年度', '指標', '時点', '実績'],
  ['東京', '令和7年度', 'ジェネリック医薬品使用割合', '2025-06-30', '88.9％'],
];
const PLAN = [
  ['令和7年度 青森支部 事業計画'],
  ['指標', '令和7年度目標'],
  ['ジェネリック医薬品使用割合', '81.5％以上'],
];
const NEITHER = [
  ['品名', '数'],
  ['りんご', '3'],
];
/** A row of headings that is nearly a table's. */
const NEARLY = [
  ['支部', '指標', '目標', '見込み'],
  ['青森支部', 'ジェネリック医薬品使用割合', '81.5％以上', ''],
];

const csv = (rows: string[][], by = ',') => Buffer.from(rows.map((row) => row.join(by)).join('\n'));

async function take(name: string, bytes: Buffer) {
  const store = await openStore({ dataDir: freshFolder() });
  onTestFinished(() => store.close());
  const planbot = {
    store,
    catalogue,
    openKnowledge: () => knownNow(store, catalogue),
    openPassages: () => Promise.resolve({ search: () => [], documents: () => [] }),
  };
  const now = () => new Date('2025-08-01T09:30:00+09:00');
  const said = await takeFile({ name, bytes }, { planbot, now, tell: () => undefined }).catch(
    (fault: unknown) => {
      if (fault instanceof AppError) return fault.toLine();
      throw fault;
    },
  );
  const [documents, figures] = [await store.documents.list(), await store.figures.reportedActuals()];
  return { said, documents: documents.map(({ file }) => file), figures: figures.length, store };
}

test.each<[string, string, Buffer | Promise<Buffer>]>([
  ['a .csv', '数値.csv', csv(FIGURES)],
  ['a .txt', '数値.txt', csv(FIGURES, '\t')],
  ['a workbook', '数値.xlsx', workbook(FIGURES)],
  ['a workbook that is named as a document', '数値.docx', workbook(FIGURES)],
])('a table of figures in %s is imported', async (_, name, bytes) => {
  expect(await take(name, await bytes)).toMatchObject({ documents: [], figures: 1 });
});

test.each<[string, string, Buffer | Promise<Buffer>]>([
  ['a .csv', '計画.csv', csv(PLAN)],
  ['a workbook', '計画.xlsx', workbook(PLAN)],
  ['a text that is named .xlsx.csv', '計画.xlsx.csv', Buffer.from(madeUpPlan())],
])('a plan in %s is read as a plan', async (_, name, bytes) => {
  const { store, said, ...taken } = await take(name, await bytes);
  expect(taken).toEqual({ documents: [name], figures: 0 });
  expect(await store.knowledge.kpis({})).toContainEqual(
    expect.objectContaining({ branch: '青森', fy: 7, indicator: 'generic_rate' }),
  );
  expect(said).not.toContain('表としては');
});

test.each<[string, string, Buffer | Promise<Buffer>]>([
  ['a .csv', '品.csv', csv(NEITHER)],
  ['a workbook', '品.xlsx', workbook(NEITHER)],
  ['a .csv with nearly the headings of a table', '目標.csv', csv(NEARLY)],
])('%s that is neither is refused in one line that names both', async (_, name, bytes) => {
  const { said, documents, figures } = await take(name, await bytes);
  expect([documents, figures]).toEqual([[], 0]);
  expect(said).toMatch(/資料として：.*年度が見つかりません.*表として：1行目：/);
});

test('a plan with nearly the headings of a table says that no figures were imported', async () => {
  const { said, documents } = await take('令和7年度目標.csv', csv([...PLAN.slice(0, 1), ...NEARLY]));
  expect(documents).toEqual(['令和7年度目標.csv']);
  expect(said).toMatch(
    /資料として読みました。実績などの表としては、取り込んでいません（「年度」の列がありません）/,
  );
});

test.each<[string, Buffer]>([
  ['計画.xlsx', Buffer.from('PK')],
  ['計画.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
])('a format that cannot be read is named once: %s', async (name, bytes) => {
  const { said } = await take(name, bytes);
  expect(said).toMatch(/Excel/);
  expect(said).not.toContain('表として：');
});

test('a bad cell keeps a table of figures from being taken, also as a plan', async () => {
  const bad = FIGURES.map((row) => row.map((text) => text.replace('88.9％', 'たくさん')));
  const { said, documents, figures } = await take('数値.csv', csv(bad));
  expect([documents, figures]).toEqual([[], 0]);
  expect(said).toContain('たくさん');
});
