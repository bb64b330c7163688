import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPageNumber, plain, toLines } from '../../src/documents/lines.ts';

test.each([
  ['ＫＰＩ：７９．５％', 'KPI:79.5%'],
  ['①ⅱⅣ', '①ⅱⅣ'],
  ['㍻', '平成'],
  ['第１－２号', '第1-2号'],
  ['– — ―', '― ― ―'],
  ['ｼﾞｪﾈﾘｯｸ', 'ジェネリック'],
  ['a\u0000b\u200bc\td', 'abc\td'],
])('%s reads as %s', (raw, read) => {
  expect(plain(raw)).toBe(read);
});

test('one form is the form of itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plain(plain(text))).toBe(plain(text));
    }),
  );
});

test.each(['\n', '\r\n', '\r'])('lines are counted over %j, empty ones too', (end) => {
  const lines = toLines(['一', '', '  二 ', '三', ''].join(end));
  expect(lines).toEqual([
    { number: 1, text: '一', indented: false, afterBlank: true },
    { number: 3, text: '二', indented: true, afterBlank: true },
    { number: 4, text: '三', indented: false, afterBlank: false },
  ]);
});

test('the tabs of a table row stay where they are', () => {
  expect(toLines('\t名前\t\t10円\t').map(({ text }) => text)).toEqual(['\t名前\t\t10円\t']);
});

test.each([
  ['12', true],
  ['- 3 -', true],
  ['―４―', true],
  ['12％', false],
  ['3部位', false],
  ['12,000', false],
])('%s is a page number: %s', (text, holds) => {
  expect(isPageNumber(plain(text))).toBe(holds);
});
