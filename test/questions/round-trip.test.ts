import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Question } from '../../src/model/question.ts';
import { formatQuestion } from '../../src/questions/format.ts';
import { LONGEST_QUESTION } from '../../src/questions/parse.ts';
import { catalogue, OWN, parse } from './parser.ts';

const branchName = fc.constantFrom(...catalogue.branches.map((branch) => branch.name));
const none = fc.uniqueArray(branchName, { maxLength: 0 });
const branches = (min: number) => fc.uniqueArray(branchName, { minLength: min, maxLength: 6 });
const year = fc.integer({ min: 1, max: 30 });
const indicator = fc.constantFrom(...catalogue.indicators.map(({ id }) => id), ...OWN);
const indicators = fc.uniqueArray(indicator, { minLength: 1, maxLength: 1 });
const aspect = fc.constantFrom(
  ...([
    'all',
    'target',
    'actual',
    'progress',
    'achievement',
    'gap',
    'previous',
    'as_of',
    'source',
    'unit',
    'proviso',
  ] as const),
);
const acrossAspect = fc.constantFrom(...(['target', 'actual', 'achievement'] as const));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const amount = fc.integer({ min: 1, max: 9999 }).map((tenths) => tenths / 10);
const condition = fc.oneof(
  fc.record({
    type: fc.constant('value' as const),
    op: fc.constantFrom(...(['>=', '>', '<=', '<', '='] as const)),
    value: amount,
  }),
  fc.record({ type: fc.constantFrom(...(['has', 'lacks', 'prev_year'] as const)) }),
);

const question: fc.Arbitrary<Question> = fc.oneof(
  fc.record({
    kind: fc.constant('figure' as const),
    branch: maybe(branchName),
    fy: maybe(year),
    indicators,
    aspect,
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    branches: branches(2),
    fys: fc.uniqueArray(year, { maxLength: 1 }),
    indicators,
    aspect: acrossAspect,
  }),
  fc.record({
    kind: fc.constant('rank' as const),
    branches: fc.oneof(none, branches(2)),
    fy: maybe(year),
    indicators,
    aspect: acrossAspect,
    order: fc.constantFrom(...(['high', 'low'] as const)),
    top: maybe(fc.integer({ min: 1, max: 47 })),
    standing: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('rank' as const),
    branches: none,
    fy: maybe(year),
    indicators,
    aspect: acrossAspect,
    order: fc.constantFrom(...(['high', 'low'] as const)),
    top: fc.constant(null),
    standing: branchName,
  }),
  fc.record({
    kind: fc.constant('list' as const),
    branches: fc.oneof(none, branches(2)),
    fy: maybe(year),
    indicators,
    aspect: fc.constant('target' as const),
    condition,
    count: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('aggregate' as const),
    branches: fc.oneof(none, branches(3)),
    fy: maybe(year),
    indicators,
    aspect: acrossAspect,
    how: fc.constantFrom(...(['mean', 'max', 'min', 'sum'] as const)),
  }),
  fc.record({
    kind: fc.constant('kpis' as const),
    branch: maybe(branchName),
    fy: maybe(year),
    filter: fc.constantFrom(
      ...(['all', 'new', 'dropped', 'unmet', 'met', 'unreported', 'first_time'] as const),
    ),
  }),
  fc
    .tuple(branches(2), maybe(year))
    .map(([[have = '', lack = ''], fy]) => ({ kind: 'difference' as const, have, lack, fy })),
  fc.record({
    kind: fc.constant('definition' as const),
    indicators: fc.uniqueArray(fc.constantFrom(...catalogue.indicators.map(({ id }) => id)), {
      minLength: 1,
      maxLength: 1,
    }),
  }),
);

describe('a question written out and read again', () => {
  test('is the same question', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(parse(formatQuestion(asked, catalogue))).toEqual(asked);
      }),
      { numRuns: 800 },
    );
  });

  test('has one word for several indicators where the catalogue has one', () => {
    for (const { indicators } of catalogue.ambiguous) {
      const asked = { kind: 'figure' as const, branch: '東京', fy: 7, indicators, aspect: 'target' as const };
      const text = formatQuestion(asked, catalogue);
      expect(text.length, text).toBeLessThan(45);
      expect(parse(text)).toMatchObject({ kind: 'figure', indicators: expect.arrayContaining(indicators) });
    }
  });

  test('for words of its own, keeps what they say', () => {
    const spoken = [
      '東京のラジオ広報番組の予算は？',
      '東京の広報関連予算の合計は？',
      '東京で評価が×の取組は？',
      '令和7年度の東京の特定保健指導、次に何をする予定？',
      '東京の併給調整の件数は？',
      '富山は扶養家族の健診をどう進める？',
      '岡山支部の電話番号は？',
      '名古屋の乳がん検診の受診率の目標は？',
    ];
    for (const text of spoken) {
      const asked = parse(text);
      expect(parse(formatQuestion(asked, catalogue)), text).toEqual(asked);
    }
  });
});

describe('any text', () => {
  test('is read without a throw, into a question that the schema accepts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (text) => {
        expect(Question.safeParse(parse(text)).success).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('built of the words that questions are built of is read too', () => {
    const words = [
      '東京',
      '令和',
      '7',
      '３年度',
      'ジェネリック',
      '目標',
      '以上',
      '％',
      '並べて',
      '前年',
      'の',
      '予算',
      '評価',
      '×',
      '全支部',
      'とは',
      '？',
      ' ',
      'R',
      '健診',
      '、',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => {
        const asked = parse(parts.join(''));
        expect(Question.safeParse(asked).success).toBe(true);
        expect(Question.safeParse(parse(parts.join(''), asked)).success).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('of 10,000 characters is refused at once', () => {
    const start = performance.now();
    expect(parse('令和3年度の東京のジェネリック'.repeat(700))).toEqual({ kind: 'talk', about: 'too_long' });
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('as long as a question may be is read in bounded time', () => {
    const start = performance.now();
    for (const piece of ['被', '(', 'の', '令和', '1', 'ジェネリッ', '健診・'])
      parse(piece.repeat(LONGEST_QUESTION).slice(0, LONGEST_QUESTION));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('politeness and white space', () => {
  const plain = [
    '東京のジェネリックの目標は',
    '令和3年度の群馬の郵送化率の目標は',
    '富山と新潟の被扶養者の特定健診の目標を比べて',
    '全支部の査定率の目標を高い順に並べて',
  ];

  test('change nothing', () => {
    const endings = [
      '',
      '？',
      'ですか',
      'を教えてください',
      'をお願いします',
      'でしたっけ？',
      'か教えていただけますか。よろしくお願いいたします。',
    ];
    const openings = ['', 'お疲れさまです。', 'すみません、', '  ', 'お世話になっております。'];
    for (const text of plain) {
      for (const ending of endings) {
        for (const opening of openings)
          expect(parse(`${opening}${text}${ending}`), ending).toEqual(parse(text));
      }
    }
  });

  test('between the words change nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plain), fc.array(fc.nat(40), { maxLength: 6 }), (text, places) => {
        const spaced = [...text].map((character, at) => (places.includes(at) ? ` ${character}` : character));
        expect(parse(spaced.join(''))).toEqual(parse(text));
      }),
    );
  });
});
