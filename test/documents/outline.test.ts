import { expect, test } from 'vitest';
import { toLines } from '../../src/documents/lines.ts';
import { headingOf, outline } from '../../src/documents/outline.ts';

function heading(text: string): string | undefined {
  const [line] = toLines(text);
  return line && headingOf(line)?.title;
}

test.each([
  '１．基盤的保険者機能関係',
  '（２）サービス水準の向上',
  'Ⅱ．戦略的保険者機能の一層の発揮',
  '① 健診の推進',
  'ア．事業所への働きかけ',
  '○ ジェネリック医薬品の使用促進',
  '【健診の推進】',
  '（３）業務の見直し、窓口への呼びかけ、点検の強化',
])('%s is a heading', (text) => {
  expect(heading(text)).toBeDefined();
});

test.each([
  '① 案内のはがきを送る。',
  '・ 健診の推進',
  '■KPI：申請書の郵送化率を91.0％以上とする',
  '① 申請書の郵送化率を91.0％以上とする',
  '○ 健診機関を回り、空いている日を聞く',
  'ⅰ）～ⅱ）の取組については、県の会議を活用して広',
  '④ 見直しの流れを回すことを基本姿勢',
  '２）使用促進事業を開始し、医療機関や関係者へ',
  '１）全被保険者数に占める健康保険委員のいる事',
  '② で作成した冊子',
  '②で作成した冊子',
  '健診の推進',
  '２月',
])('%s is none', (text) => {
  expect(heading(text)).toBeUndefined();
});

test('a style of mark seen anew goes deeper, one seen before closes what is below it', () => {
  const lines = toLines(
    [
      '１．基盤的保険者機能関係',
      '（１）サービスの向上',
      '① 窓口の改善',
      '案内板を直す。',
      '② 電話の改善',
      '（２）点検の強化',
      '勉強会を開く。',
      '２．戦略的保険者機能関係',
      '① 健診の推進',
    ].join('\n'),
  );
  const paths = outline(lines).map((path) => path.join(' > '));
  expect(paths[3]).toBe('1.基盤的保険者機能関係 > (1)サービスの向上 > ① 窓口の改善');
  expect(paths[4]).toBe('1.基盤的保険者機能関係 > (1)サービスの向上 > ② 電話の改善');
  expect(paths[6]).toBe('1.基盤的保険者機能関係 > (2)点検の強化');
  expect(paths[8]).toBe('2.戦略的保険者機能関係 > ① 健診の推進');
});
