import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { createSuggest } from '../../src/catalogue/suggest.ts';
import { foldText } from '../../src/japanese/fold.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import { formatBranch } from '../../src/model/branch.ts';
import type { Suggest } from '../../src/model/suggest.ts';

const catalogue = loadCatalogue();
let suggest: Suggest;

beforeAll(async () => {
  suggest = createSuggest(catalogue, await loadTokenizer(catalogue.dictionary));
});

const labels = (found: readonly { label: string }[]) => found.map(({ label }) => label);
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe('branches', () => {
  test.each([
    ['東京', ['東京支部']],
    ['とうきょう', ['東京支部']],
    ['トウキョウ', ['東京支部']],
    ['ﾄｳｷｮｳ', ['東京支部']],
    ['とう', ['東京支部']],
    ['とうk', ['東京支部']],
    ['tokyo', ['東京支部']],
    ['ＴＯＫＹＯ', ['東京支部']],
    ['toukyou', ['東京支部']],
    ['Tōkyō', ['東京支部']],
    ['東京都', ['東京支部']],
    ['東京支部', ['東京支部']],
    ['東京 支部', ['東京支部']],
    ['　東京　', ['東京支部']],
    ['京', ['京都支部', '東京支部']],
    ['きょう', ['京都支部', '東京支部']],
    ['やま', ['山形支部', '山梨支部', '山口支部']],
    ['大', ['大阪支部', '大分支部']],
    ['札幌', ['北海道支部']],
    ['東北', ['青森支部', '岩手支部', '宮城支部', '秋田支部', '山形支部', '福島支部']],
    ['本部', ['本部']],
    ['shiga', ['滋賀支部']],
    ['siga', ['滋賀支部']],
    ['gumma', ['群馬支部']],
    ['tottori', ['鳥取支部']],
    ['とうぎょう', ['東京支部']],
  ])('%s is %j first', (query, expected) => {
    expect(labels(suggest.branches(query, expected.length))).toEqual(expected);
  });

  test('all of them from north to south where nothing was typed, as many as are wanted', () => {
    const all = catalogue.branches.map(({ name }) => name);
    expect(ids(suggest.branches('', 100))).toEqual(all);
    expect(ids(suggest.branches(' 　', 3))).toEqual(all.slice(0, 3));
  });

  test('none for a word that is no name', () => {
    expect(suggest.branches('ジェネリック', 10)).toEqual([]);
  });

  test('each by the whole and the beginning of its name and reading', () => {
    const words = catalogue.branches.flatMap(({ name, reading, prefecture, aliases, cities }) =>
      [name, formatBranch(name), reading, prefecture, ...aliases, ...cities].flatMap((word) =>
        word === '' ? [] : [{ name, word }],
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), ({ name, word }, cut) => {
        expect(suggest.branches(word, 1)).toMatchObject([{ id: name }]);
        const beginning = word.slice(0, 1 + (cut % word.length));
        expect(ids(suggest.branches(beginning, 100))).toContain(name);
      }),
      { numRuns: 300 },
    );
  });
});

describe('indicators', () => {
  test.each([
    ['ジェネ', 'generic_rate'],
    ['じぇね', 'generic_rate'],
    ['ｼﾞｪﾈ', 'generic_rate'],
    ['ジェネr', 'generic_rate'],
    ['ジェネリク', 'generic_rate'],
    ['GE', 'generic_rate'],
    ['ｇｅ', 'generic_rate'],
    ['jene', 'generic_rate'],
    ['後発', 'generic_rate'],
    ['さてい', 'assessment_rate'],
    ['けんこうせんげん', 'declaration_offices'],
    ['yuusou', 'mail_rate'],
    ['いっしゃ', 'single_bid'],
    ['被扶養者 特定保健指導', 'guidance_dependents'],
    ['とくてい', 'dependents_checkup'],
  ])('%s is %s first', (query, expected) => {
    expect(ids(suggest.indicators(query, 1))).toEqual([expected]);
  });

  test('a word of several gives those first', () => {
    expect(ids(suggest.indicators('健診', 3))).toEqual([
      'checkup_rate',
      'employer_data_rate',
      'dependents_checkup',
    ]);
    expect(ids(suggest.indicators('保健指導率', 10))).toEqual(['guidance_insured', 'guidance_dependents']);
  });

  test('all of them in the order of the catalogue where nothing was typed', () => {
    expect(ids(suggest.indicators('', 100))).toEqual(catalogue.indicators.map(({ id }) => id));
  });

  test('each by every name, and by any part of its own', () => {
    const names = catalogue.indicators.flatMap(({ id, name, synonyms }) =>
      [name, ...synonyms].map((word) => ({ id, word })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.nat(), ({ id, word }, from, length) => {
        expect(suggest.indicators(word, 1)).toMatchObject([{ id }]);
        const start = from % word.length;
        const part = word.slice(start, start + 1 + length);
        fc.pre(!/[a-z]$/.test(foldText(part)) && foldText(part) !== '');
        expect(ids(suggest.indicators(part, 100))).toContain(id);
      }),
      { numRuns: 300 },
    );
  });
});

test('whatever is typed gives entries of the catalogue, each once and no more than wanted', () => {
  const known = new Set(catalogue.branches.map(({ name }) => name));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(60), (query, limit) => {
      const found = ids(suggest.branches(query, limit));
      expect(found.length).toBeLessThanOrEqual(limit);
      expect(new Set(found).size).toBe(found.length);
      expect(found.every((id) => known.has(id))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
