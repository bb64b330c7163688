import { expect, test } from 'vitest';
import { planOf, targets } from '../made-up-plan.ts';

const SHARE = ['single_bid <= 20%'];
const LIST = ['service_standard = 100%', 'mail_rate >= 91%'];

test.each([
  ['lines', '■KPI：一般競争入札に占める\n一者応札案件の割合に\nついて、20％以\n下とする'],
  ['empty lines', '■KPI：一般競争入札に占める\n\n \n一者応札案件の割合を20％以下とする'],
  ['a page number', '■KPI：一般競争入札に占める\n- 12 -\n一者応札案件の割合を20％以下とする'],
  ['a full-width page number', '■KPI：一般競争入札に占める\n１２\n一者応札案件の割合を20％以下とする'],
  ['a footnote', '■KPI：一者応札案件の割合について、\n※前の年度は22％\n20％以下とする'],
  ['the figure', '■KPI：一者応札案件の割合を2\n0％以下とする'],
  ['the mark and the statement', '■KPI：\n\n一者応札案件の割合を20％以下とする'],
])('a statement goes on over %s', (_, body) => {
  expect(targets(planOf(body))).toEqual(SHARE);
});

const ONE = '①サービススタンダードの達成状況を100％とする';
const TWO = '②申請書の郵送化率を91.0％以上とする';

test.each([
  ['a page number', '- 3 -'],
  ['a footnote', '※ 数え方は別に定める。'],
  ['a note in brackets', '（※達成した件数を受け付けた件数で割る）'],
  ['the figure of the year before', '（令和６年度実績 99.8％）'],
  ['measures of the next column', '○ 案内のはがきを送る。\n○ 電話で様子を聞く。'],
])('a list goes on after %s', (_, between) => {
  expect(targets(planOf(`■KPI：${ONE}\n${between}\n${TWO}`))).toEqual(LIST);
});

test('the line is that of the item, also where the mark stands alone', () => {
  const { kpis } = planOf(`○ 案内を配る。\n■KPI：\n\n${ONE}\n- 3 -\n${TWO}`);
  expect(kpis.map(({ source }) => source.line)).toEqual([5, 7]);
});

test('the statement is kept without its marks', () => {
  const { kpis } = planOf(`■KPI：${ONE}\n②申請書の郵送化率を\n91.0％以上とする`);
  expect(kpis.map(({ stated }) => stated)).toEqual([
    'サービススタンダードの達成状況を100%とする',
    '申請書の郵送化率を91.0%以上とする',
  ]);
});

test.each([
  ['a goal of the branch', '■支部目標：ジェネリック医薬品使用割合を95.0％以上とする'],
  ['a goal of numbers', '■健診数値目標：健診実施者数を99,000人以上とする'],
  ['a measure', '○ ジェネリック医薬品使用割合95％以上の薬局を訪ねる。'],
  ['prose about KPIs', '・ KPIの進み具合を毎月話し合い、95％以上の人に伝える。'],
  ['last year', '令和６年度実績 ジェネリック医薬品使用割合 95.0％'],
])('%s is no KPI', (_, line) => {
  const stated = '■KPI：申請書の郵送化率を91.0％以上とする';
  expect(targets(planOf(`${line}\n${stated}`))).toEqual(['mail_rate >= 91%']);
  expect(targets(planOf(`${stated}\n${line}`))).toEqual(['mail_rate >= 91%']);
});

test('a KPI that is stated again is one row, at its first place', () => {
  const kpi = '■KPI：申請書の郵送化率を91.0％以上とする';
  const document = planOf(`${kpi}\n○ 案内を配る。\n${kpi}`);
  expect(document.kpis.map(({ source }) => source.line)).toEqual([2]);
  expect(document.doubts).toEqual([]);
});

test('two statements that disagree keep the first and are reported', () => {
  const document = planOf(
    '■KPI：申請書の郵送化率を91.0％以上とする\n○ 案内を配る。\n■KPI：申請書の郵送化率を93.0％以上とする',
  );
  expect(targets(document)).toEqual(['mail_rate >= 91%']);
  expect(document.doubts).toMatchObject([
    { kind: 'conflict', line: 4, reason: expect.stringContaining('2行目') },
  ]);
});

test('a figure and last year’s level are two targets, which disagree', () => {
  const document = planOf(
    '■KPI：申請書の郵送化率を91.0％以上とする\n○ 案内を配る。\n■KPI：申請書の郵送化率を対前年度以上とする',
  );
  expect(targets(document)).toEqual(['mail_rate >= 91%']);
  expect(document.doubts).toMatchObject([{ kind: 'conflict', line: 4 }]);
});

test('a wrapped footnote above an item of a table is no part of the item', () => {
  const note = '（※）新しい決まりに沿うもの及び今後その決まりに沿\nうことが見込まれる事業所数';
  const document = planOf(
    `指標と目標。\n健康宣言事業所数を820事業所（※）以上とする\n${note}\n申請書の郵送化率を91.0％以上とする`,
  );
  expect(document.kpis.map(({ stated, source }) => [source.line, stated])).toEqual([
    [3, '健康宣言事業所数を820事業所(※)以上とする'],
    [6, '申請書の郵送化率を91.0%以上とする'],
  ]);
});

test('a target below a title and a bare KPI is at its own line', () => {
  const document = planOf('\nKPI\n\nジェネリック医薬品使用割合を84.5％以上とする。');
  expect(document.kpis.map(({ stated, source }) => [source.line, stated])).toEqual([
    [5, 'ジェネリック医薬品使用割合を84.5%以上とする。'],
  ]);
});

test('a KPI mark without a target is reported', () => {
  const document = planOf('■KPI：別に定める\n○ 案内を配る。\n■KPI：申請書の郵送化率を91.0％以上とする');
  expect(targets(document)).toEqual(['mail_rate >= 91%']);
  expect(document.doubts).toMatchObject([{ kind: 'not_taken', line: 2 }]);
});

test('two columns of a table are read as indicator and target', () => {
  const rows = 'ジェネリック医薬品使用割合\t80.3％以上\n申請書の郵送化率\t91.0％以上';
  expect(targets(planOf(`指標\t目標\n${rows}`))).toEqual(['generic_rate >= 80.3%', 'mail_rate >= 91%']);
});
