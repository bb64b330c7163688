import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { normalize } from '../../src/japanese/normalize.ts';
import type { Tokenizer } from '../../src/japanese/token.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import { splitGroup } from '../../src/model/catalogue.ts';
import { buildConceptFinder, type ConceptFinder, conceptTerm, isGeneral } from '../../src/search/concepts.ts';
import { analyseQuery } from '../../src/search/query.ts';

const GROUPS = [
  ['がん検診', 'がん', 'がんの検査'],
  ['貸出', '貸し出し', '借りる', 'レンタル'],
  ['未治療者', '病院 行く ない'],
  ['出産', '赤ちゃん 生まれる'],
  ['ウォーキング', '歩数'],
  ['健診', '検診'],
  ['駅', '駅の中'],
  ['対面', '会って'],
  ['〜育成', '育てる'],
  ['小学校', '小学生'],
  ['学校', '生徒', '＞小学校'],
  ['駅の広告', '駅 広告'],
  ['電車の広告', '電車 広告'],
];

let tokenizer: Tokenizer;
let finder: ConceptFinder;
beforeAll(async () => {
  tokenizer = await loadTokenizer(loadCatalogue().dictionary);
  finder = buildConceptFinder(GROUPS, tokenizer);
});

function conceptsIn(text: string): string[] {
  const plain = normalize(text);
  return [...new Set(finder(plain, tokenizer.tokenize(plain)).map(({ term }) => term))];
}

describe('a concept is found', () => {
  it.each([
    ['by its letters', '血圧計のレンタルを始める', '貸出'],
    ['whatever ending its verb has', '体組成計は借りられますか', '貸出'],
    ['across particles', 'がんについての検査', 'がん検診'],
    ['with other words between those of a phrase', '赤ちゃんが家に生まれた', '出産'],
    ['where something is not done', '病院にまだ行っていない人', '未治療者'],
    ['within a compound of the dictionary', '事業者健診の結果', '健診'],
    ['in the other spelling of small kana', 'ウオーキングの会', 'ウォーキング'],
    ['in half-width kana', 'ﾚﾝﾀﾙの案内', '貸出'],
    ['that opens with a wave dash, by its name without it', '人材の育成', '〜育成'],
  ])('%s: %s', (_, text, name) => {
    expect(conceptsIn(text)).toContain(conceptTerm(name));
  });
});

/** What each thing of a question is said by as a whole. */
function thingsIn(text: string): string[][] {
  const { slots } = analyseQuery(text, tokenizer, {
    concepts: finder,
    readings: new Map(),
    knows: () => true,
    settled: new Set(),
  });
  return slots.map(({ terms }) => terms.filter(({ factor }) => factor === 1).map(({ term }) => term));
}

describe('a question', () => {
  it.each([
    ['says both of a choice with what they share', '駅や電車に広告', [['#電車の広告', '#駅の広告']]],
    ['says a word that stands within a phrase by itself', '赤ちゃんが家に生まれた', [['#出産'], ['家']]],
    [
      'has no phrase across a choice of other things',
      '駅の券とか花の広告',
      [['#駅', '駅'], ['券'], ['花'], ['広告']],
    ],
  ])('%s: %s', (_, text, things) => {
    expect(thingsIn(text).map((terms) => terms.toSorted())).toEqual(things);
  });
});

describe('a concept is not found', () => {
  it.each([
    ['in letters of another word', 'みんなでがんばる', 'がん検診'],
    ['in a longer run of katakana', 'フレンタルの会', '貸出'],
    ['where it is done', '病院に行った人', '未治療者'],
    ['across the end of a sentence', '赤ちゃんを祝う。新しい店が生まれた。', '出産'],
    ['by a part of its form', '箱の中', '駅'],
    ['in the last letter of a word and kana behind it', '評議会っていつ', '対面'],
  ])('%s: %s', (_, text, name) => {
    expect(conceptsIn(text)).not.toContain(conceptTerm(name));
  });
});

it('counts as its wider ones too, not the other way round', () => {
  const widerIn = (text: string) => finder(text, tokenizer.tokenize(text)).flatMap(({ wider }) => wider);
  expect(widerIn('小学生の教室')).toEqual([conceptTerm('学校')]);
  expect(widerIn('生徒の教室')).toEqual([]);
});

it('only groups whose name opens with a wave dash are general words', () => {
  expect([conceptTerm('〜育成'), conceptTerm('対面')].map(isGeneral)).toEqual([true, false]);
});

it('every form of the catalogue is found where it stands alone', () => {
  const { synonyms } = loadCatalogue();
  const all = buildConceptFinder(synonyms, tokenizer);
  const lost = synonyms.flatMap((group) =>
    splitGroup(group).forms.filter((form) => {
      const plain = normalize(form.replace(/ /g, ''));
      return !all(plain, tokenizer.tokenize(plain)).some(({ term }) => term === conceptTerm(group[0] ?? ''));
    }),
  );
  // A phrase is found by its words; run together, the general dictionary may cut some of them elsewhere.
  expect(lost.filter((form) => !form.includes(' '))).toEqual([]);
});
