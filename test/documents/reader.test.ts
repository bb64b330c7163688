import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { ingestBytes } from '../../src/documents/ingest.ts';
import { openReader } from '../../src/documents/reader.ts';
import { ingested } from './made-up-plan.ts';

const catalogue = loadCatalogue();
const take = (name: string, bytes: Uint8Array) => ingestBytes({ name, bytes }, catalogue);
const PLAN = '令和7年度 青森支部事業計画';

const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const cell = (text: string, properties = '') =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
const docx = (body: string) =>
  zipSync({ 'word/document.xml': strToU8(`<w:document><w:body>${body}</w:body></w:document>`) });

/** A workbook of one sheet; number formats by index of style. */
function xlsx(sheet: string, formats: string[] = []): Uint8Array {
  const codes = formats.map(
    (code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  );
  const styles = formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`);
  return zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook><sheets><sheet name="KPI" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(
      `<styleSheet><numFmts>${codes.join('')}</numFmts><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
  });
}
const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;

test('a Word table with merged cells is read by its headings; deleted text is not', async () => {
  const merged = (text: string, begins: boolean) =>
    cell(text, `<w:vMerge${begins ? ' w:val="restart"' : ''}/>`);
  const rows = [
    [cell('分野'), cell('指標'), cell('令和7年度目標', '<w:gridSpan w:val="1"/>')],
    [merged('保健指導', true), cell('特定保健指導実施率（被保険者）'), cell('24.5％以上')],
    [merged('', false), cell('特定保健指導実施率（被扶養者）'), cell('16.0％以上')],
  ].map((cells) => `<w:tr>${cells.join('')}</w:tr>`);
  const deleted =
    '<w:p><w:del><w:r><w:delText>■KPI：郵送化率を99％以上とする</w:delText></w:r></w:del></w:p>';
  const { kpis } = await take(
    'plan.docx',
    docx(`${paragraph(PLAN)}${deleted}<w:tbl>${rows.join('')}</w:tbl>`),
  );
  expect(kpis.map(({ indicator, target }) => [indicator, target.value])).toEqual([
    ['guidance_insured', 24.5],
    ['guidance_dependents', 16],
  ]);
});

const pptx = (slide: string) =>
  zipSync({
    'ppt/presentation.xml': strToU8(
      '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
    ),
    'ppt/_rels/presentation.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="slides/slide1.xml"/></Relationships>',
    ),
    'ppt/slides/slide1.xml': strToU8(slide),
  });

test('a slide’s table with merged cells is read by its headings', async () => {
  const said = (text: string) => `<a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody>`;
  const own = (text: string, merged = '') => `<a:tc ${merged}>${said(text)}</a:tc>`;
  const row = (...cells: string[]) => `<a:tr>${cells.join('')}</a:tr>`;
  const rows = [
    row(own('分野'), own('指標'), own('令和7年度目標')),
    row(own('健診', 'rowSpan="2"'), own('生活習慣病予防健診実施率'), own('62.0％以上')),
    row(own('', 'vMerge="1"'), own('事業者健診データ取得率'), own('8.0％以上')),
  ].join('');
  const slide = `<p:sld><p:cSld><p:spTree><p:sp>${said(PLAN).replaceAll('a:txBody', 'p:txBody')}</p:sp><p:graphicFrame><a:graphic><a:graphicData><a:tbl>${rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>`;
  const { kpis } = await take('plan.pptx', pptx(slide));
  expect(kpis.map(({ indicator, target }) => [indicator, target.value])).toEqual([
    ['checkup_rate', 62],
    ['employer_data_rate', 8],
  ]);
});

test('KPIs that stand among the sentences of a cell are the plan’s', async () => {
  const inside = [
    '・案内を置く。',
    '【KPI】郵送化率を95.0％以上とする',
    '【KPI】窓口での受付率を3.0％以下とする',
  ];
  const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
  const tall = `<w:tc>${inside.map(paragraph).join('')}</w:tc>`;
  const rows = row(cell('項目'), cell('内容')) + row(cell('窓口'), tall);
  const { kpis } = await take('plan.docx', docx(`${paragraph(PLAN)}<w:tbl>${rows}</w:tbl>`));
  expect(kpis.map(({ indicator }) => indicator)).toEqual(['mail_rate', 'counter_rate']);
});

test('a sheet’s figures are read as they are shown, and cited by their cells', async () => {
  const sheet = [
    `<row r="1">${text('A1', PLAN)}</row>`,
    `<row r="3">${text('B3', '指標')}${text('C3', '令和7年度目標')}</row>`,
    `<row r="4">${text('B4', 'サービススタンダードの達成状況')}<c r="C4" s="0"><v>1</v></c></row>`,
    `<row r="5">${text('B5', '生活習慣病予防健診実施率')}<c r="C5" s="1"><v>0.625</v></c></row>`,
    `<row r="6">${text('B6', '健康宣言事業所数')}<c r="C6" s="2"><v>1250</v></c></row>`,
  ].join('');
  const { kpis } = await take('plan.xlsx', xlsx(sheet, ['0%', '0.0%"以上"', '#,##0"事業所"']));
  expect(kpis.map(({ target, source }) => [target.text, target.value, source.place])).toEqual([
    ['100％', 100, 'シート「KPI」C4'],
    ['62.5％以上', 62.5, 'シート「KPI」C5'],
    ['1,250事業所', 1250, 'シート「KPI」C6'],
  ]);
});

test.each([0.625, 1])('a rate that a sheet shows as %s is not taken for a percentage', async (rate) => {
  const sheet = `<row r="1">${text('A1', PLAN)}</row><row r="3">${text('B3', '指標')}${text('C3', '令和7年度目標')}</row><row r="4">${text('B4', '生活習慣病予防健診実施率')}<c r="C4"><v>${rate}</v></c></row>`;
  const { kpis, doubts } = await take('plan.xlsx', xlsx(sheet));
  expect([kpis, doubts.map(({ reason }) => reason)]).toEqual([
    [],
    ['割合が小数で書かれていて、％か分かりません'],
  ]);
});

test('cells merged over rows of a sheet are of each of them, and hidden rows are told', async () => {
  const sheet = [
    `<row r="1">${text('A1', PLAN)}</row>`,
    `<row r="3">${text('A3', '指標')}${text('B3', '区分')}${text('C3', '令和7年度')}</row>`,
    `<row r="4">${text('A4', '生活習慣病予防健診実施率')}${text('B4', '実績')}${text('C4', '60.1%')}</row>`,
    `<row r="5">${text('B5', '目標')}${text('C5', '62.5%以上')}</row>`,
    `<row r="6" hidden="1">${text('A6', '郵送化率')}${text('B6', '目標')}${text('C6', '95.0%以上')}</row>`,
  ].join('');
  const { kpis, doubts } = await take('plan.xlsx', xlsx(`${sheet}<mergeCell ref="A4:A5"/>`));
  expect(kpis.map(({ indicator, target }) => [indicator, target.value])).toEqual([['checkup_rate', 62.5]]);
  expect(doubts.map(({ reason }) => reason)).toEqual(['隠された行や列があります。読んでいません']);
});

test('a row of a CSV file is cited by its line, also below a cell of several', async () => {
  const csv = `${PLAN}\n\n指標,令和7年度目標\n"生活習慣病\n予防健診実施率",62.5％以上\n郵送化率,95.0％以上`;
  const { kpis } = await take('plan.csv', strToU8(csv));
  expect(kpis.map(({ source }) => source.line)).toEqual([4, 6]);
});

test('two tables beside each other on a sheet are two; an empty column within one parts nothing', async () => {
  const row = (number: number, ...cells: string[]) =>
    `<row r="${number}">${cells.map((own, at) => (own === '' ? '' : text(`${'ABCDEFG'[at]}${number}`, own))).join('')}</row>`;
  const sheet = [
    row(1, PLAN),
    row(3, '事業', '予算（千円）', '', 'KPI', '実績', '', '目標'),
    row(4, '集団健診', '4,400', '', '生活習慣病予防健診実施率', '60.1%', '', '62.0%以上'),
    row(5, '広報', '1,980', '', 'ジェネリック医薬品使用割合', '88.7%', '', '対前年度以上'),
  ].join('');
  const { kpis, budgets } = await take('plan.xlsx', xlsx(sheet));
  expect(kpis.map(({ indicator, source }) => [indicator, source.place])).toEqual([
    ['checkup_rate', 'シート「KPI」G4'],
    ['generic_rate', 'シート「KPI」G5'],
  ]);
  expect(budgets.map(({ amountYen }) => amountYen)).toEqual([4_400_000, 1_980_000]);
});

test('two cells at the far corners of a sheet are two cells', async () => {
  const sheet = `<row r="1">${text('A1', PLAN)}</row><row r="1048576">${text('XFD1048576', 'x')}</row>`;
  expect((await take('plan.xlsx', xlsx(sheet))).parts).toMatchObject([{ branch: '青森', fy: 7 }]);
});

describe('is refused with a sentence that says what to do', () => {
  const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  test.each([
    ['an old Word file', 'plan.doc', old, /Wordの古い形式.*\.docx/],
    ['an old Excel file', 'plan.xls', old, /Excelの古い形式.*\.xlsx/],
    ['a locked workbook', 'plan.xlsx', old, /パスワード/],
    ['a scan', 'plan.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47]), /画像/],
    ['a cut file', 'plan.docx', docx(paragraph(PLAN)).slice(0, 60), /途中で切れています/],
    ['an archive', 'plan.zip', zipSync({ 'a.txt': strToU8('a') }), /圧縮ファイル/],
    ['a container that unpacks too large', 'plan.docx', docx(' '.repeat(30 * 1024 * 1024)), /大きすぎます/],
    ['a line without an end', 'plan.txt', strToU8(`${PLAN}\n${'ー'.repeat(50_000)}`), /1行が長すぎます/],
    ['a word without an end', 'plan.txt', strToU8(`${PLAN}\n${'アイ'.repeat(5_000)}`), /切れ目のない/],
    [
      'an empty file',
      'plan.txt',
      new Uint8Array(0),
      /支部名が見つかりません。年度が見つかりません.*plan\.txt\.yml/,
    ],
    [
      'a plan of no year',
      'plan.txt',
      strToU8('青森支部 事業計画\n健診を進める。'),
      /支部は青森支部と読めました。年度が見つかりません.*fy: 8/,
    ],
    [
      'a branch whose name goes on to the left',
      'plan.txt',
      strToU8('令和7年度 北大阪支部 事業計画\n健診を進める。'),
      /北大阪支部は支部の一覧.*にありません/,
    ],
    [
      'another insurer',
      'plan.txt',
      strToU8('令和7年度 船員保険事業計画\n健診を進める。'),
      /船員保険の資料です/,
    ],
  ])('%s', async (_, name, bytes, reason) => {
    await expect(take(name, bytes)).rejects.toMatchObject({ message: expect.stringMatching(reason) });
  });
});

test.each([
  ['令和7年度 東京都支部事業計画', '東京'],
  ['令和7年度\n事 業 計 画\n全国健康保険協会　京都支部', '京都'],
  ['令和7年度 全国健康保険協会事業計画', '本部'],
])('%s is of its branch', (head, branch) => {
  expect(ingested(`${head}\n\n■KPI：郵送化率を95.0％以上とする\n`).parts).toMatchObject([{ branch, fy: 7 }]);
});

describe('the reading thread', () => {
  const script = (body: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'planbot-reader-')), 'worker.mjs');
    writeFileSync(
      path,
      `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', (brought) => { ${body} });`,
    );
    return path;
  };
  const limits = { milliseconds: 1_500, megabytes: 64 };

  test.each([
    ['takes too long', 'for (;;);', /時間がかかりすぎる/],
    ['takes too much memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(brought));', /メモリー/],
    ['throws', 'throw new Error("broken");', /途中で止まりました/],
  ])('that %s ends, and the next file is read in a new one', async (_, body, reason) => {
    const worker = script(
      `if (brought.path === 'bad') { ${body} } parentPort.postMessage({ document: { file: brought.path } });`,
    );
    const reader = openReader(
      { ...limits, milliseconds: body.includes('all') ? 20_000 : limits.milliseconds },
      worker,
    );
    await expect(reader.read({ path: 'bad' })).rejects.toMatchObject({
      code: 'unreadable_file',
      message: expect.stringMatching(reason),
    });
    expect(await reader.read({ path: 'good' })).toEqual({ file: 'good' });
    await reader.close();
  });

  test('reads one file after the other', async () => {
    const reader = openReader(
      limits,
      script('parentPort.postMessage({ document: { file: brought.path } });'),
    );
    const files = ['a', 'b', 'c'];
    const read = await Promise.all(files.map((path) => reader.read({ path })));
    expect(read).toEqual(files.map((file) => ({ file })));
    await reader.close();
  });

  test('is given up when asked', async () => {
    const reader = openReader({ ...limits, milliseconds: 60_000 }, script('for (;;);'));
    const stop = new AbortController();
    const reading = reader.read({ path: 'bad' }, stop.signal);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ message: '取りやめました' });
    await reader.close();
  });
});
