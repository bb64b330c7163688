import { describe, expect, test } from 'vitest';
import { assignEvaluations } from '../../../src/documents/progress/measures.ts';
import type { Measure } from '../../../src/model/measure.ts';
import { reportOf, reportText } from './made-up-report.ts';

function measures(page: string): Measure[] {
  return reportOf(page, 'Ⅴ．その他\n① 棚を直す。\n\n① 棚を直した。\n\n○').measures.filter(
    ({ section }) => !section.includes('Ⅴ.その他'),
  );
}

function rated(page: string): (string | null)[][] {
  return measures(page).map(({ number, progress, evaluation, next }) => [number, progress, evaluation, next]);
}

test('four columns printed one after another are the columns of each measure', () => {
  const page = [
    'Ⅰ．窓口の改善',
    '① 案内板を、入口から見え',
    'る高さに直す。',
    '',
    '② 応対を聞き直す会を開く。',
    '',
    '① 案内板を二枚直した。',
    '',
    '② ―',
    '',
    '○',
    '',
    '―',
    '',
    '① 残りを９月に直す。',
    '',
    '② 下期に開く。',
  ].join('\n');
  expect(measures(page)).toMatchObject([
    {
      number: '①',
      plan: '案内板を、入口から見える高さに直す。',
      progress: '案内板を二枚直した。',
      evaluation: '○',
      next: '残りを9月に直す。',
      section: ['1.基盤的保険者機能の盤石化', 'Ⅰ.窓口の改善'],
      source: { line: 6 },
    },
    { number: '②', progress: '―', evaluation: '―', next: '下期に開く。', source: { line: 9 } },
  ]);
});

describe('evaluations', () => {
  const plan = '① 案内板を直す。\n\n② 会を開く。\n\n③ 冊子を配る。\n\n';
  test.each([
    ['on lines of their own', '① 直した。\n\n② 開いた。\n\n③ 配った。\n\n○\n\n△\n\n×', ['○', '△', '×']],
    [
      'with the next steps behind',
      '① 直した。\n\n② 開いた。\n\n③ 配った。\n\n〇\n\n〇\n\n〇 ③もう一度配る。',
      ['○', '○', '○'],
    ],
    ['for fewer measures than there are', '① 直した。\n\n② ―\n\n③ 配った。\n\n○\n\n○', ['○', null, '○']],
  ])('%s', (_, rest, signs) => {
    expect(rated(`Ⅰ．窓口の改善\n${plan}${rest}`).map(([, , sign]) => sign)).toEqual(signs);
  });

  test.each([
    [
      ['した', '―', 'した'],
      ['○', '―', '○'],
      ['○', '―', '○'],
    ],
    [
      ['した', '―', 'した'],
      ['○', '○'],
      ['○', null, '○'],
    ],
    [['した', null], ['―'], [null, '―']],
    [['した', 'した'], [], [null, null]],
    [['した'], ['△', '×'], ['△']],
  ] as const)('%j with the signs %j is %j', (progress, signs, expected) => {
    const plans = progress.map((_, index) => ({ numbers: [index + 1], lines: [] }));
    expect(assignEvaluations(progress, plans, signs)).toEqual(expected);
  });
});

test('a measure of which nothing was done may have all on one line', () => {
  expect(rated('Ⅰ．窓口の改善\n① 会を開く。\n\n① ― ― 下期に開く。')).toEqual([
    ['①', '―', '―', '下期に開く。'],
  ]);
});

test('one text for several measures is the text of each', () => {
  const page = 'Ⅰ．窓口の改善\n① 案内板を直す。\n\n② 会を開く。\n\n①② どちらも始めた。\n\n○\n\n○';
  expect(rated(page).map(([, progress]) => progress)).toEqual(['どちらも始めた。', 'どちらも始めた。']);
});

test('a page of one measure without a number ends its progress with the sign', () => {
  const page =
    'Ⅰ．窓口の改善\n案内板を、入口から見える高さに直す。\n\n• 二枚を直した。 ○\n\n残りを９月に直す。';
  expect(measures(page)).toMatchObject([
    { number: '', evaluation: '○', progress: '• 二枚を直した。', next: '残りを9月に直す。' },
  ]);
});

test('the promises among the next steps have the days that their words mean', () => {
  const page =
    'Ⅰ．窓口の改善\n① 案内板を直す。\n\n① 二枚を直した。\n\n○\n\n① 残りを第３四半期に直す。図面はある。';
  const { commitments } = reportOf(page);
  expect(commitments).toMatchObject([
    { number: '①', text: '残りを第3四半期に直す。', when: '第3四半期', from: '2025-10-01', to: '2025-12-31' },
  ]);
});

describe('a promise is said to stand on the line where its sentence begins', () => {
  const before = ['Ⅰ．窓口の改善', '① 案内板を直す。', '', '② 会を開く。', ''];
  test.each([
    [
      'below other next steps, broken over two lines',
      ['① 二枚を直した。', '', '② ―', '', '○', '', '―', '', '① 図面はある。', '残りの三枚を', '９月に直す。'],
      { '残りの三枚を9月に直す。': '残りの三枚を' },
    ],
    [
      'in the middle of a line that ends another sentence',
      ['① 直した。', '', '② ―', '', '○', '', '―', '', '① 残りも順に', '直す。図面は７月に', '描く。'],
      { '図面は7月に描く。': '直す。図面は７月に' },
    ],
    [
      'behind the sign of the evaluation',
      ['① 直した。', '', '② 開いた。', '', '○', '', '○ ①９月に数える。', '', '② 次は', '', '12月に開く。'],
      { '9月に数える。': '○ ①９月に数える。', '次は12月に開く。': '② 次は' },
    ],
    [
      'in the progress, as a note or an item',
      ['① 直した。', '※残りは８月に', '直す予定。', '', '② ―', '', '○', '', '―'],
      { '残りは8月に直す予定。': '※残りは８月に' },
    ],
    [
      'in the second of two texts for one measure',
      ['① 直した。', '', '② ―', '', '○', '', '―', '', '① 数える。', '', '② 招く。', '', '① ９月に見る。'],
      { '9月に見る。': '① ９月に見る。' },
    ],
  ])('%s', (_, rest, expected) => {
    const page = [...before, ...rest].join('\n');
    const { commitments, measures: all } = reportOf(page);
    const lines = reportText(page).split('\n');
    expect(
      Object.fromEntries(commitments.map((promise) => [promise.text, lines[promise.source.line - 1]])),
    ).toEqual(expected);
    expect(all.slice(0, 2).map(({ source }) => lines[source.line - 1])).toEqual([before[1], before[3]]);
  });
});

test.each([
  [
    '７月から11月にかけて毎月チラシに載せ、９月号では増やす。',
    [
      ['7月から11月、毎月', '2025-07-01', '2025-11-30', '7月から11月にかけて毎月チラシに載せ'],
      ['9月', '2025-09-01', '2025-09-30', '9月号では増やす。'],
    ],
  ],
  [
    '県と話し合う。（７月に会議の予定）月末に報告する。',
    [['7月', '2025-07-01', '2025-07-31', '県と話し合う。(7月に会議の予定)月末に報告する。']],
  ],
])('the promise %s', (promise, expected) => {
  const page = `Ⅰ．窓口の改善\n① 案内板を直す。\n\n① 二枚を直した。\n\n○\n\n① ${promise}`;
  const { commitments } = reportOf(page);
  expect(commitments.map(({ when, from, to, text }) => [when, from, to, text])).toEqual(
    expected.map(([when, from, to, text = promise.normalize('NFKC')]) => [when, from, to, text]),
  );
});

test.each([
  ['※残りの発行は令和７年８月から９月を予定している。', ['2025-08-01', '2025-09-30']],
  ['残りの掲示は令和７年８月から始めることとした。', ['2025-08-01', '2025-08-01']],
  ['令和７年８月から二枚を貼っている。', null],
  ['令和７年８月に二枚を直した。', null],
])('what the progress announces is promised, what it reports is not: %s', (said, days) => {
  const page = `Ⅰ．窓口の改善\n① 案内板を直す。\n\n① 図面を描いた。\n${said}\n\n○`;
  const { commitments } = reportOf(page);
  expect(commitments.map(({ from, to }) => [from, to])).toEqual(days === null ? [] : [days]);
});

test('what was done under no number stands as an item of its own', () => {
  const page =
    'Ⅰ．窓口の改善\n① 案内板を直す。\n\n② 会を開く。\n\n組を改めた（令和７年４月）。\n\n① 直した。\n\n② ―\n\n○\n\n―';
  expect(rated(page)).toEqual([
    ['①', '直した。', '○', null],
    ['②', '―', '―', null],
    ['', '組を改めた(令和7年4月)。', null, null],
  ]);
});

test('a heading below the text that introduces the measures is above the measures alone', () => {
  const page =
    'Ⅰ．窓口の改善\n（１）受付の見直し\n待つ時間を短くする。\nⅰ）本人\n① 案内板を直す。\n\n① 直した。\n\n○';
  const outer = ['1.基盤的保険者機能の盤石化', 'Ⅰ.窓口の改善', '(1)受付の見直し'];
  expect(measures(page).map(({ plan, section }) => [plan, section])).toEqual([
    ['待つ時間を短くする。', outer],
    ['案内板を直す。', [...outer, 'ⅰ)本人']],
  ]);
});

test('a line that speaks of the item ② goes on over the line break', () => {
  const page = 'Ⅰ．窓口の改善\n① 図を描く。\n\n① 描いた。\n\n○\n\n① ②で描いた図を壁\nに貼る。';
  expect(rated(page).map(([, , , next]) => next)).toEqual(['②で描いた図を壁に貼る。']);
});
