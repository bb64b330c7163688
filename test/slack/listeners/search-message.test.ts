import fc from 'fast-check';
import { expect, test } from 'vitest';
import { questionIn } from '../../../src/slack/listeners/search-message.ts';

test.each([
  ['東京の健診率を上げたい', '東京の健診率を上げたい', false],
  ['お疲れ様です。健診の件です。', '健診の件です。', false],
  ['> 引用\n本文', '本文', false],
  [`${'あ'.repeat(150)}。${'い'.repeat(100)}。`, `${'あ'.repeat(150)}。`, true],
  ['う'.repeat(500), 'う'.repeat(200), true],
])('of 「%s」', (text, question, isCut) => {
  expect(questionIn(text)).toEqual({ text: question, isCut });
});

test.each([[''], ['！！！'], ['よろしくお願いします'], ['> だけの引用']])('「%s」 asks nothing', (text) => {
  expect(questionIn(text)).toBeNull();
});

test('is never longer than what can be asked, whatever was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      expect(questionIn(text)?.text.length ?? 0).toBeLessThanOrEqual(200);
    }),
  );
});
