import { describe, expect, test } from 'vitest';
import { paragraphs } from '../../../src/documents/known-layouts/html-table.ts';
import { ingested, targets } from '../made-up-plan.ts';

const YEARS = '令和7年度\t\t\t令和6年度\t\t';

function table(...rows: string[][]): string {
  const title = '令和7年度 青森支部事業計画（案）及び予算（案）';
  return `${title}\n${rows.map((cells) => `${YEARS}\n\t取組\t予算\t\t取組\t予算\n${cells.join('\t')}`).join('\n\n')}`;
}

const PLAN = '<p>1 窓口の改善</p> <p>① 案内板を直す。</p>';

function budgets(...rows: string[][]) {
  return ingested(table(...rows)).budgets.map(
    ({ fy, name, amountYen, previousAmountYen }) => [fy, name, amountYen, previousAmountYen] as const,
  );
}

test('each year has its own KPIs', () => {
  const kpi = (rate: string) =>
    `<p>■KPI：1) サービススタンダードの達成率を100%とする 2) 申請書の郵送化率を${rate}%以上とする</p>`;
  const document = ingested(table([PLAN + kpi('91.5'), '', '', PLAN + kpi('90.5'), '', '']));
  expect(document.layout).toBe('HTMLセルの対比表');
  expect(document.parts.map(({ fy }) => fy)).toEqual([7, 6]);
  expect(targets(document)).toEqual([
    'service_standard = 100%',
    'mail_rate >= 91.5%',
    'service_standard = 100%',
    'mail_rate >= 90.5%',
  ]);
});

describe('budgets', () => {
  test('pair with names by their order, in yen, and know last year by the name', () => {
    const found = budgets([
      PLAN,
      '<p>・はがきの印刷</p> <p>・会場の借り上げ</p>',
      '1,200千円 34 千円',
      PLAN,
      '<p>・はがきの印刷</p>',
      '1,100千円',
    ]);
    expect(found).toEqual([
      [7, 'はがきの印刷', 1_200_000, 1_100_000],
      [7, '会場の借り上げ', 34_000, null],
      [6, 'はがきの印刷', 1_100_000, null],
    ]);
  });

  test('of a list of items', () => {
    const list = '<ul> <li>はがきの印刷</li> <li>(新) 会場の借り上げ</li></ul>';
    expect(budgets([PLAN, list, '120千円 3百万円', PLAN, '', ''])).toEqual([
      [7, 'はがきの印刷', 120_000, null],
      [7, '(新) 会場の借り上げ', 3_000_000, null],
    ]);
  });

  test('with the amount in the cell of the name', () => {
    expect(budgets([PLAN, '<p>・はがきの印刷 120千円</p>', '', PLAN, '', ''])).toEqual([
      [7, 'はがきの印刷', 120_000, null],
    ]);
  });

  test('a name that runs on in the next row is one name', () => {
    const found = budgets(
      [PLAN, '<p>・誕生月に送る案内の</p>', '120千円', PLAN, '', ''],
      [PLAN, '<p>はがきの印刷</p> <p>・会場の借り上げ</p>', '45千円', PLAN, '', ''],
    );
    expect(found).toEqual([
      [7, '誕生月に送る案内のはがきの印刷', 120_000, null],
      [7, '会場の借り上げ', 45_000, null],
    ]);
  });
});

test.each([
  ['<p>一</p> <p>二</p>', ['一', '二']],
  ['一<br>二<br/>三', ['一', '二', '三']],
  ['<p>a<b>太</b>字</p>', ['a太字']],
  ['<ul><li>A &amp; B</li></ul>', ['A & B']],
  ['&lt;5&nbsp;人', ['<5 人']],
  ['', []],
])('the paragraphs of %s', (cell, texts) => {
  expect(paragraphs(cell)).toEqual(texts);
});
