import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import type { PassageQuery, PassageSearch } from '../../src/model/knowledge.ts';
import { buildPassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import { corpus } from './passage-corpus.ts';

let search: PassageSearch;
/** The same, with a sentence of 秋田 repeated by 岩手. */
let twice: PassageSearch;
beforeAll(async () => {
  const catalogue = loadCatalogue();
  const tokenizer = await loadTokenizer(catalogue.dictionary);
  search = openPassageSearch(
    buildPassageIndex(corpus, tokenizer, catalogue.synonyms),
    tokenizer,
    catalogue.synonyms,
  );
  const copies = corpus
    .filter(({ text }) => text.includes('市電'))
    .map((own) => ({ ...own, branch: '岩手' }));
  twice = openPassageSearch(buildPassageIndex([...corpus, ...copies], tokenizer, []), tokenizer, []);
});

function first(text: string, filter: Partial<PassageQuery> = {}): string | undefined {
  return search.search({ text, limit: 3, ...filter })[0]?.passage.text;
}

describe('a question in the words of staff', () => {
  it.each([
    ['糖尿の人が透析にならないために何をしますか', '糖尿病性腎症'],
    ['タバコの害をどうやって知らせる？', '市電の車内放送'],
    ['退職後に保険証を使った人への督促は弁護士の名前で出す？', '三度目の催告'],
    ['特保の面談はいつやるの', '初回面談'],
    ['企業どうしで歩数を競うイベント', '歩数を競う'],
    ['OTC医薬品を勧める取組み', '市販薬'],
    ['とくていほけんしどうのしょかいめんだん', '初回面談'],
    ['きつえんはどうする？', '市電の車内放送'],
    ['さいそくはどうする？', '三度目の催告'],
    ['ｼﾞｪﾈﾘｯｸの看板', 'ジェネリック医薬品の値段'],
    ['一社応札を減らす方法', '一者応札'],
    ['ジェネリク医薬品の値段の看板', 'ジェネリック医薬品の値段'],
  ])('%s', (question, words) => {
    expect(first(question)).toContain(words);
  });
});

describe('branch and year', () => {
  it('that were asked are the only ones that answer', () => {
    const hits = search.search({ text: '健診の会場', limit: 10, branches: ['青森'], fys: [3] });
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every(({ passage }) => passage.branch === '青森' && passage.fy === 3)).toBe(true);
  });

  it('prefer the latest year of a branch when none is asked', () => {
    expect(search.search({ text: '漁協の会館の健診', limit: 1, branches: ['青森'] })[0]?.passage.fy).toBe(7);
  });

  it('that have no such text give no answer', () => {
    expect(search.search({ text: '雪まつりの看板', limit: 3, branches: ['岩手'] })).toEqual([]);
  });
});

describe('a question that the plans say nothing about', () => {
  it.each([
    '明日の天気は？',
    'カレーの作り方を教えて',
    'What is the weather like today?',
    '',
    '　',
    'のはがを',
    'どうなっていますか、教えてください',
    '😀🎉',
    '\u0000\u0007',
  ])('finds nothing: %j', (question) => {
    expect(search.search({ text: question, limit: 3 })).toEqual([]);
  });
});

describe('what an answer shows', () => {
  it('is the sentence that answers, and the words that were meant', () => {
    const [hit] = search.search({ text: 'タバコの害をどう伝える', limit: 1 });
    expect(hit?.excerpt.sentences.join('')).toContain('車内放送');
    expect(hit?.excerpt.words).toContain('喫煙');
  });

  it('is each branch once for 「どの支部が」', () => {
    const hits = search.search({
      text: 'どの支部が健診の会場で何かをしていますか',
      limit: 47,
      each: 'branch',
    });
    const branches = hits.map(({ passage }) => passage.branch);
    expect(branches).toEqual([...new Set(branches)]);
    expect(branches).toContain('秋田');
  });

  it('is one passage for branches that say the same', () => {
    const [hit] = twice.search({ text: '市電の車内放送で喫煙の害', limit: 3 });
    expect(hit?.passage.branch).toBe('秋田');
    expect(hit?.alike.map(({ branch }) => branch)).toEqual(['岩手']);
  });
});

describe('any question', () => {
  it('is answered in order, within the limit and without repeats', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), (text, limit) => {
        const hits = search.search({ text: `健診${text}`, limit });
        expect(hits.length).toBeLessThanOrEqual(limit);
        expect(new Set(hits.map(({ passage }) => passage.from)).size).toBe(hits.length);
        expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
      }),
      { numRuns: 100 },
    );
  });

  it('of 10,000 characters is answered in time', () => {
    const started = performance.now();
    expect(first('健診の会場はどこですか。'.repeat(900))).toBeDefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
