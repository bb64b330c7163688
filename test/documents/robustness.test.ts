import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import { indexFolder } from '../../src/model/package-folder.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { ingested, targets } from './made-up-plan.ts';

const PIECES = [
  '令和7年度 青森支部事業計画',
  '令和 7年度 事業計画（岩手支部）',
  ' 青森支部事業計画案 本部事業計画案 ',
  '令和7年度\t\t\t令和6年度\t\t',
  '<p>1 窓口の改善</p>\t<p>・はがき</p>\t12千円\t<p>■KPI: 査定率を1%以上とする</p>\t\t',
  ' 事業計画 実施状況 評価 今後の取組予定',
  'KPI指標 令和７年度目標',
  '取組名 概要 予算額',
  '健診事業関連予算 （単位：円）',
  '４～６月 ７～９月 10～12月 １～３月',
  '島の健診 実施月 対象者数（人）',
  '■KPI：',
  '①サービススタンダードの達成状況を100％とする',
  '② ― ―',
  '○',
  '―',
  '健康宣言事業所数を1,250',
  '事業所以上とする',
  '※ 数え方は別に定める。',
  '- 12 -',
  '（（（',
  '',
];

const document = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 40 })), {
    maxLength: 60,
  })
  .map((lines) => lines.join('\n'));

/** What it states; null where it is refused as no plan. Any other fault goes on. */
function ingestedOrRefused(text: string): IngestedDocument | null {
  try {
    return ingested(text);
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'not_a_plan') return null;
    throw fault;
  }
}

test('any text is read, or refused as no plan', () => {
  fc.assert(
    fc.property(document, (text) => {
      const count = text.split(/\r\n|\n|\r/).length;
      for (const { source } of ingestedOrRefused(text)?.kpis ?? []) {
        expect(source.line).toBeGreaterThanOrEqual(1);
        expect(source.line).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 150 },
  );
});

test('a file that breaks off is read as far as it goes', () => {
  const text = readFileSync(join(indexFolder(), 'sample/progress-report.txt'), 'utf8');
  fc.assert(
    fc.property(fc.nat(text.length), (length) => {
      const known = ingestedOrRefused(text.slice(0, length))?.measures.length ?? 0;
      expect(known).toBeLessThanOrEqual(ingested(text).measures.length);
    }),
    { numRuns: 25 },
  );
});

const KPI = '■KPI：申請書の郵送化率を91.0％以上とする';
const COLUMNS = ' 青森支部事業計画案 本部事業計画案 ';

test.each([
  ['1,000 sections', `（１）窓口の改善\n○ 案内板を、入口から見える高さに直す。\n${KPI}\n`.repeat(1000)],
  ['5,000 KPI marks', `${KPI}\n`.repeat(20_000)],
  [
    'two columns whose page breaks were lost',
    `${COLUMNS}\n${'・ 案内板を直す。\n'.repeat(600)}${COLUMNS}\n${KPI}`,
  ],
  ['a line of 200,000 spaces', `■KPI：申請書の郵送化率を${' '.repeat(200_000)}91.0％以上とする`],
  ['a line of 200,000 open brackets', `${KPI}\n${'（'.repeat(200_000)}`],
  ['a cell of 50,000 open tags', `令和7年度\t\t\n<p>${'<b'.repeat(50_000)}</p>\t\t`],
])(
  '%s are read in seconds',
  (_, body) => {
    expect(ingested(`令和7年度 青森支部事業計画\n${body}`).parts).not.toEqual([]);
  },
  15_000,
);

describe('the KPIs of a sample stay the same', () => {
  const samples = ['two-branches.txt', 'branch-beside-head-office.txt', 'progress-report.txt'];

  function lines(name: string): string[] {
    return readFileSync(join(indexFolder(), 'sample', name), 'utf8').split('\n');
  }

  test.each(samples)('of %s in full width and half width', (name) => {
    const text = lines(name).join('\n');
    const wide = text.replace(/[0-9%.]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const narrow = text.replace(/[０-９％．]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
    const known = targets(ingested(text));
    expect(known.length).toBeGreaterThan(0);
    expect(targets(ingested(wide))).toEqual(known);
    expect(targets(ingested(narrow))).toEqual(known);
  });

  test('with empty lines and page numbers between any two lines', () => {
    const own = lines('two-branches.txt');
    const known = targets(ingested(own.join('\n')));
    const between = fc.array(fc.constantFrom('', '', '', ' ', '\n', '- 7 -', '１２'), {
      minLength: own.length,
      maxLength: own.length,
    });
    fc.assert(
      fc.property(between, (more) => {
        const text = own.flatMap((line, index) => [line, more[index] ?? '']).join('\n');
        expect(targets(ingested(text))).toEqual(known);
      }),
      { numRuns: 40 },
    );
  });
});
