import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { normalize } from '../../src/japanese/normalize.ts';
import type { Tokenizer } from '../../src/japanese/token.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = await loadTokenizer(loadCatalogue().dictionary);
});

function content(text: string): string[] {
  return tokenizer.tokenize(text).flatMap((token) => (token.kind === 'other' ? [] : [token.base]));
}

describe('words of the domain', () => {
  it.each([
    ['健診を受けていない人', ['健診', '受ける', '人']],
    ['令和の健診', ['令和', '健診']],
    ['特定保健指導の実施率', ['特定保健指導', '実施率']],
    ['後発医薬品とマイナ保険証', ['後発医薬品', 'マイナ保険証']],
    ['事業者健診データを取得した', ['事業者健診データ', '取得']],
    ['ﾚｾﾌﾟﾄ点検', ['レセプト点検']],
    ['多受診者への手紙', ['多受診']],
  ])('%s', (text, expected) => {
    expect(content(text).slice(0, expected.length)).toEqual(expected);
  });

  it('are found by their parts too, and read as the dictionary says', () => {
    const [token] = tokenizer.tokenize('特定保健指導');
    expect(token?.parts).toEqual(expect.arrayContaining(['特定', '保健指導', '保健', '指導']));
    expect(token?.reading).toBe('とくていほけんしどう');
  });

  it('do not break a longer word of katakana', async () => {
    const words = await loadTokenizer([{ surface: 'カルテ', reading: 'カルテ', parts: [] }]);
    const surfaces = words.tokenize('カルテット').map((token) => token.surface);
    expect(surfaces).not.toContain('カルテ');
  });
});

describe('numbers and years in one form', () => {
  it.each([
    ['令和3年度', '2021年'],
    ['令和３年', '2021年'],
    ['令和元年度', '2019年'],
    ['R7年度', '2025年'],
    ['R3の計画', '2021年'],
    ['2021年度', '2021年'],
    ['平成30年', '2018年'],
    ['1,200人', '1200'],
    ['８８．３％', '88.3'],
  ])('%s → %s', (text, base) => {
    expect(tokenizer.tokenize(text)[0]).toMatchObject({ base, kind: 'number', start: 0 });
  });
});

describe('every text', () => {
  it.each(['\ud83d', '東京\ud83d支部', '\udc00令和7年度'])(
    'with half of a surrogate pair is cut too: %j',
    (text) => {
      expect(tokenizer.tokenize(text).at(-1)?.end).toBe(text.length);
    },
  );

  it('gives tokens in order that lie where they say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const plain = normalize(text);
        let end = 0;
        for (const token of tokenizer.tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(plain.slice(token.start, token.end)).toBe(token.surface);
          end = token.end;
        }
      }),
      { numRuns: 200 },
    );
  });
});
