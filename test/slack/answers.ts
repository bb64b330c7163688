import fc from 'fast-check';
import type { Answer, Answered, Choice } from '../../src/model/answer.ts';
import { EMPTY_QUERY, type Query } from '../../src/model/query.ts';
import type { Source } from '../../src/model/source.ts';

export const source: Source = {
  file: 'keikaku.txt',
  line: 6406,
  page: null,
  title: '令和3年度 事業計画（東京支部）',
};

/** 東京支部の令和3年度のジェネリック医薬品使用割合の目標は？ */
export const kpiQuery: Query = {
  ...EMPTY_QUERY,
  indicators: ['generic_rate'],
  columns: ['target'],
  scope: { ...EMPTY_QUERY.scope, branches: ['東京'], fys: [3] },
};

export const choices: Choice[] = [
  { label: '群馬支部', query: { ...kpiQuery, scope: { ...kpiQuery.scope, branches: ['群馬'] } } },
  { label: '出典を見る', query: { ...kpiQuery, columns: ['source'] } },
];

export const kpiAnswer: Answered = {
  kind: 'answered',
  topic: 'kpi',
  title: '東京支部 令和3年度 ジェネリック医薬品使用割合の目標',
  headline: '80.0％以上',
  details: [
    { label: '年度', value: '令和3年度' },
    { label: '区分', value: '目標' },
  ],
  lines: [],
  table: null,
  chart: null,
  note: '年度の指定がないため、最新の令和3年度でお答えしています。',
  rows: [],
  passages: [],
  sources: [source],
  choices,
  text: '東京支部の令和3年度のジェネリック医薬品使用割合の目標は80.0％以上です。出典：令和3年度 事業計画（東京支部）6406行目',
};

export const rankAnswer: Answered = {
  ...kpiAnswer,
  topic: 'rank',
  title: 'ジェネリック医薬品使用割合の目標が高い順',
  headline: null,
  details: [],
  note: null,
  table: {
    caption: '令和3年度 ジェネリック医薬品使用割合',
    columns: [
      { name: '支部', kind: 'text' },
      { name: '目標', kind: 'number' },
    ],
    rows: [
      [
        { text: '沖縄', value: null },
        { text: '88.9％以上', value: 88.9 },
      ],
      [
        { text: '鹿児島', value: null },
        { text: '85.0％以上', value: 85 },
      ],
    ],
  },
  lines: ['1位 沖縄 88.9％以上（6406行目）', '2位 鹿児島 85.0％以上（6406行目）'],
  chart: {
    kind: 'bar',
    title: 'ジェネリック医薬品使用割合',
    unit: '％',
    series: [
      {
        name: '目標',
        points: [
          { label: '沖縄', value: 88.9 },
          { label: '鹿児島', value: 85 },
        ],
      },
    ],
  },
};

const hostile = fc.constantFrom(
  '<!channel>',
  '<@U1>',
  '<https://a.example|x>',
  '&lt;',
  '*',
  '`',
  '\u202e',
  '\u0000',
  '\n',
  '\ud800',
);
/** Ordinary words, Slack's own markup, control characters and broken surrogates, up to thousands of characters. */
export const anyText = fc
  .array(
    fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('目標値 '.repeat(300))),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

const anyFilled = anyText.map((text) => `あ${text}`);
const anyChoice = fc.record({
  label: anyFilled.map((text) => text.slice(0, 75)),
  query: anyText.map((about): Query => ({ ...kpiQuery, about: about.slice(0, 500) })),
});
const anySource: fc.Arbitrary<Source> = fc.record({
  file: anyFilled,
  line: fc.integer({ min: 1, max: 99_999 }),
  page: fc.option(fc.integer({ min: 1, max: 999 })),
  title: anyFilled,
});
const anyCell = fc.record({
  text: anyText,
  value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
});
const anyTable = fc.record({
  caption: anyText,
  columns: fc.array(fc.record({ name: anyText, kind: fc.constantFrom('text', 'number') }), {
    minLength: 1,
    maxLength: 25,
  }),
  rows: fc.array(fc.array(anyCell, { maxLength: 25 }), { maxLength: 120 }),
});
const anyPoint = fc.record({ label: anyText, value: fc.double({ noNaN: true, noDefaultInfinity: true }) });
const anyChart = fc.record({
  kind: fc.constantFrom('bar', 'line'),
  title: anyText,
  unit: anyText,
  series: fc.array(fc.record({ name: anyText, points: fc.array(anyPoint, { maxLength: 25 }) }), {
    maxLength: 8,
  }),
});
const anyPassage = fc.record({
  file: anyFilled,
  title: anyFilled,
  section: fc.array(anyText, { maxLength: 4 }),
  from: fc.integer({ min: 1, max: 999 }),
  to: fc.integer({ min: 1, max: 999 }),
  text: anyText,
  score: fc.double({ min: 0, max: 1, noNaN: true }),
});

export const anyAnswered: fc.Arbitrary<Answered> = fc.record({
  kind: fc.constant('answered' as const),
  topic: fc.constant('kpi'),
  title: anyText,
  headline: fc.option(anyText),
  details: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 45 }),
  lines: fc.array(anyText, { maxLength: 20 }),
  table: fc.option(anyTable),
  chart: fc.option(anyChart),
  note: fc.option(anyText),
  rows: fc.constant([]),
  passages: fc.array(anyPassage, { maxLength: 8 }),
  sources: fc.array(anySource, { maxLength: 9 }),
  choices: fc.array(anyChoice, { maxLength: 40 }),
  text: anyFilled,
}) as fc.Arbitrary<Answered>;

export const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  anyAnswered,
  ...(['clarify', 'not_found'] as const).map((kind) =>
    fc.record({
      kind: fc.constant(kind),
      text: anyFilled,
      choices: fc.array(anyChoice, { maxLength: 40 }),
    }),
  ),
) as fc.Arbitrary<Answer>;
