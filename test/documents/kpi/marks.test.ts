import { describe, expect, test } from 'vitest';
import { isBullet, isNote, isOtherGoal, itemMark, kpiMarkLength } from '../../../src/documents/kpi/marks.ts';
import { plain } from '../../../src/documents/lines.ts';
import { planOf, targets } from '../made-up-plan.ts';

const ONE = ['mail_rate >= 91%'];
const TWO = ['service_standard = 100%', 'mail_rate >= 91%'];
const FIRST = 'サービススタンダードの達成状況を100％とする';
const SECOND = '申請書の郵送化率を91.0％以上とする';

test.each([
  '■KPI：',
  '■ ＫＰＩ：',
  '■ KPI; ',
  '■K P I：',
  '□KPI：',
  '◆ＫＰＩ ',
  '●KPI：',
  '◎KPI：',
  '【KPI】',
  '【ＫＰＩ】：',
  '・【KPI】',
  '《ＫＰＩ》',
  '＜KPI＞',
  '〈KPI〉',
  '［KPI］',
  'KPI：',
  'ＫＰＩ指標：',
  '■令和７年度目標（KPI）：',
  '■数値目標（ＫＰＩ）',
])('%s sets off a KPI, on its line and above it', (mark) => {
  expect(kpiMarkLength(plain(mark))).toBe(plain(mark).length);
  expect(targets(planOf(`${mark}${SECOND}`))).toEqual(ONE);
  expect(targets(planOf(`${mark}\n${SECOND}`))).toEqual(ONE);
});

test.each([
  'KPIの達成に向けて、事業所を訪ねる。',
  '○ KPIを毎月確かめ、遅れを話し合う。',
  '・ 本部が示すKPIを参考にする。',
  'ジェネリック医薬品使用割合',
])('%s is prose and no mark', (text) => {
  expect(kpiMarkLength(plain(text))).toBe(0);
});

describe('a KPI list', () => {
  test.each([
    ['①', '②'],
    ['１）', '２）'],
    ['（１）', '（２）'],
    ['１．', '２．'],
    ['(ⅰ)', '(ⅱ)'],
    ['ⅰ）', 'ⅱ）'],
    ['ⅰ．', 'ⅱ．'],
    ['ア．', 'イ．'],
    ['(ア)', '(イ)'],
    ['■', '■'],
    ['▪', '▪'],
    ['\uf06e ', '\uf06e '],
    ['', ''],
  ])('numbers its items %s and %s', (first, second) => {
    expect(targets(planOf(`■KPI：${first}${FIRST}\n${second}${SECOND}`))).toEqual(TWO);
    expect(targets(planOf(`■KPI：\n${first}${FIRST}\n${second}${SECOND}`))).toEqual(TWO);
    expect(targets(planOf(`《ＫＰＩ》\n ${first} ${FIRST}\n\n  ${second} ${SECOND}`))).toEqual(TWO);
  });

  test('a slip in the numbering loses no item', () => {
    expect(targets(planOf(`■KPI：①${FIRST}\n①${SECOND}`))).toEqual(TWO);
  });

  test('a plan without any mark of KPIs is read by its sentences', () => {
    const text = `■${FIRST}\n■申請の案内を配る\n■${SECOND}`;
    expect(targets(planOf(text))).toEqual(TWO);
  });
});

test.each([
  ['①', 'enclosed', 1],
  ['⑫', 'enclosed', 12],
  ['（３）', 'paren', 3],
  ['２）', 'paren', 2],
  ['１－２）', 'paren', 2],
  ['４．', 'number', 4],
  ['(ⅲ)', 'roman', 3],
  ['iv)', 'roman', 4],
  ['Ⅱ．', 'roman', 2],
  ['ウ．', 'kana', 3],
  ['■', 'sign', 0],
  ['\uf06c', 'sign', 0],
] as const)('%s opens an item: %s, %i', (mark, style, ordinal) => {
  expect(itemMark(plain(`${mark} 健診の推進`).replaceAll('―', '-'))).toMatchObject({ style, ordinal });
});

test.each(['3.5％以上とする', '12,000人', 'アクセス', 'イベントの案内', '健診'])(
  '%s opens no item',
  (text) => {
    expect(itemMark(plain(text))).toBeNull();
  },
);

test.each([
  ['・ はがきを送る', isBullet, true],
  ['○ はがきを送る', isBullet, true],
  ['はがきを送る', isBullet, false],
  ['※前年度は22％', isNote, true],
  ['（※）見本の注', isNote, true],
  ['（参考）令和６年度は22％', isNote, true],
  ['令和６年度実績：22％', isNote, true],
  ['（以上とする場合を含む）', isNote, false],
  ['20％以下とする', isNote, false],
  ['■支部目標：82％', isOtherGoal, true],
  ['【健診数値目標】', isOtherGoal, true],
  ['・上位目標', isOtherGoal, true],
  ['■目標（KPI）', isOtherGoal, false],
])('%s', (text, rule, holds) => {
  expect(rule(plain(text))).toBe(holds);
});
