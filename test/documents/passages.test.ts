import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPageNumber, toLines } from '../../src/documents/lines.ts';
import { headingOf } from '../../src/documents/outline.ts';
import { partText } from '../../src/documents/part-text.ts';
import { joinLines, passagesOf, passagesOfBudgets } from '../../src/documents/passages.ts';
import type { Passage } from '../../src/model/passage.ts';

function passages(text: string): Passage[] {
  const lines = toLines(text);
  return passagesOf(partText({ file: 'a.txt', branch: '青森', fy: 7, kind: 'plan', title: '計画', lines }));
}

const dense = (text: string) => text.replace(/\s+/g, '');

const line = fc.oneof(
  fc.constantFrom(
    '',
    '- 4 -',
    '１．基盤的保険者機能関係',
    '（１）サービスの向上',
    '○ 案内のはがきを、誕生月の初めに送る。',
    '① 電話の応対を録音し、',
    '月に一度、係で聞き直す。',
    '■KPI：申請書の郵送化率を91.0％以上とする',
    '※ 数え方は別に定める。',
  ),
  fc.string({ unit: fc.constantFrom(...'健診の案内を送る。、・①（）%19 '), maxLength: 120 }),
);

test('every line that says something is in one passage, in order, and no passage is too long to be shown', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (texts) => {
      const text = texts.join('\n');
      const found = passages(text);
      const kept = dense(found.map((passage) => passage.text).join(''));
      const said = toLines(text).filter((own) => !isPageNumber(own.text) && headingOf(own) === null);
      let at = 0;
      for (const own of said) {
        const place = kept.indexOf(dense(own.text), at);
        expect(place).toBeGreaterThanOrEqual(0);
        at = place + dense(own.text).length;
      }
      for (const passage of found) {
        expect(passage.text.length).toBeLessThanOrEqual(600);
        expect(passage.to).toBeGreaterThanOrEqual(passage.from);
      }
    }),
    { numRuns: 200 },
  );
});

test('a passage stands below its headings and names its lines', () => {
  const found = passages(
    '１．基盤的保険者機能関係\n（１）サービスの向上\n\n○ 案内板を直す。\n（２）点検の強化\n○ 勉強会を開く。',
  );
  expect(found).toMatchObject([
    { section: ['1.基盤的保険者機能関係', '(1)サービスの向上'], from: 1, to: 4 },
    { section: ['1.基盤的保険者機能関係', '(2)点検の強化'], from: 5, to: 6 },
  ]);
});

test('a KPI opens a passage of its own', () => {
  const found = passages('○ 案内板を直す。\n■KPI：申請書の郵送化率を91.0％以上とする');
  expect(found.map(({ from, to }) => [from, to])).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test('lines that the page broke are one sentence, items are not', () => {
  const lines = toLines('○ 電話の応対を録音し、\n係で聞き直す。\n○ 案内板を直す。');
  expect(joinLines(lines)).toBe('○ 電話の応対を録音し、係で聞き直す。\n○ 案内板を直す。');
});

test('the items of one row of a budget column are a passage under their section', () => {
  const item = (name: string, line: number) => ({
    branch: '青森',
    fy: 7,
    section: '1 広報 > (1) 加入者',
    name,
    amountYen: 5000,
    amountText: '5千円',
    executedYen: null,
    status: null,
    note: null,
    previousAmountYen: null,
    source: { file: 'a.txt', line, page: null, title: '計画' },
  });
  const found = passagesOfBudgets([item('英語の案内', 3), item('駅の看板', 3), item('川柳の募集', 9)]);
  expect(found.map(({ from, text }) => [from, text])).toEqual([
    [3, '・英語の案内 予算額: 5千円\n・駅の看板 予算額: 5千円'],
    [9, '・川柳の募集 予算額: 5千円'],
  ]);
  expect(found[0]?.section).toEqual(['1 広報', '(1) 加入者', '予算']);
});
