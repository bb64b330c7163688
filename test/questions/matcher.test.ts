import { describe, expect, test } from 'vitest';
import { fold } from '../../src/japanese/fold.ts';
import { collectTerms } from '../../src/questions/lexicon.ts';
import { createMatcher } from '../../src/questions/matcher.ts';
import { catalogue, OWN, tokenizer } from './reader.ts';

const matcher = createMatcher(collectTerms(catalogue, OWN, tokenizer));

function branchesIn(text: string): string[] {
  return matcher.find(fold(text)).flatMap(({ meaning }) => (meaning.type === 'branch' ? [meaning.name] : []));
}

function indicatorsIn(text: string): string[] {
  return matcher
    .find(fold(text))
    .flatMap(({ meaning }) => (meaning.type === 'indicator' && meaning.sure ? meaning.ids : []));
}

describe('branches', () => {
  test.each([
    ['東京支部', ['東京']],
    ['東京都と京都府', ['東京', '京都']],
    ['とうきょう GE', ['東京']],
    ['ｸﾞﾝﾏの郵送化率', ['群馬']],
    ['北海道・青森・岩手', ['北海道', '青森', '岩手']],
    ['栃木 群馬 埼玉', ['栃木', '群馬', '埼玉']],
    ['仙台の目標', ['宮城']],
    ['那覇市', ['沖縄']],
    ['ならの郵送化率', ['奈良']],
    ['なら支部', ['奈良']],
    ['本部', ['本部']],
    ['大分の目標', ['大分']],
  ])('%s', (text, names) => {
    expect(branchesIn(text)).toEqual(names);
  });

  test.each([
    '東京ならどう？',
    '見える化はみえる',
    '大分違う数字',
    '気になるところをさがして',
    '中国語の案内',
  ])('sees no other branch in %s', (text) => {
    expect(branchesIn(text).filter((name) => name !== '東京')).toEqual([]);
  });

  test('every branch is found by its name, its reading and its prefecture', () => {
    for (const { name, reading, prefecture } of catalogue.branches) {
      for (const text of [`${name}の目標`, `${reading}支部の目標`, `${prefecture || name}の目標`]) {
        expect(branchesIn(text), text).toEqual([name]);
      }
    }
  });
});

describe('indicators', () => {
  test.each([
    ['GE', 'generic_rate'],
    ['後発品', 'generic_rate'],
    ['ｼﾞｪﾈﾘｯｸ医薬品', 'generic_rate'],
    ['じぇねりっく', 'generic_rate'],
    ['返納金債券', 'claim_recovery'],
    ['健康保検委員の割合', 'committee_coverage'],
    ['生活習慣病予防検診', 'checkup_rate'],
    ['サービススタンダート', 'service_standard'],
    ['被保険者特定保健指導', 'guidance_insured'],
    ['被扶養者（特定健診）', 'dependents_checkup'],
    ['柔整', 'judo_rate'],
    ['一社応札', 'single_bid'],
  ])('%s', (text, id) => {
    expect(indicatorsIn(text)).toEqual([id]);
  });

  test.each(['GENERAL', 'LINEUP', '胃がん検診', '保険料', '審査'])('sees no indicator in %s', (text) => {
    expect(indicatorsIn(text)).toEqual([]);
  });

  test('a slip never takes a letter of a branch', () => {
    const mentions = matcher.find(fold('本部の特定保健指導'));
    expect(mentions.map(({ meaning }) => meaning.type)).toEqual(['branch', 'indicator']);
  });

  test('every name of the catalogue means its own indicator', () => {
    for (const { id, name, official } of catalogue.indicators) {
      for (const text of [name, ...official.map((era) => era.name)])
        expect(indicatorsIn(text), text).toEqual([id]);
    }
  });
});
