import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/model/answer.ts';
import { rowsOf, TODAY, world } from './made-up-world.ts';

/** Runs of the same seed are the same; a failure prints what was asked. */
const RUNS = { seed: 12, numRuns: 300 };
/**
 * Processor time of one question: far above what any text takes (some 10 ms), far below what a reader that backtracks
 * would. The clock on the wall would count what else the machine does.
 */
const BOUND_MS = 2_000;

const surrogates = fc.constantFrom('\ud800', '\udfff', '\ud83d', '\udc4d');
const controls = fc.constantFrom(
  '\u0000',
  '\u0007',
  '\u001b',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u0085',
  '\u2028',
);
const operators = fc.constantFrom(
  '以上',
  '未満',
  'から',
  'まで',
  '以外',
  '除いて',
  'より',
  '平均',
  '中央値',
  '何倍',
  '差',
  '何位',
  '下から',
  '2番目',
  'ワースト3',
  '上位',
  '〜',
  '80％',
  '500万円',
  'ほんと',
  'だけ',
  '半分',
  'と同じ',
  '何支部',
  '合計',
);
const names = fc.constantFrom(
  '青森',
  '愛知',
  '東北',
  '島根以外の中国地方',
  '北海道から岩手まで',
  '全支部',
  'ジェネリック',
  '郵送化率',
  '健診',
  '予算',
  'ラジオ番組',
  '令和3年度',
  '去年',
  '目標',
  '実績',
  '達成率',
  '評価△',
  '決定件数',
  'それ',
  'そのうち',
);
const punctuation = fc.constantFrom(
  '、',
  '。',
  '？',
  '！',
  '「',
  '」',
  '・',
  '％',
  '＆',
  '…',
  '―',
  '(',
  ')',
  '*',
  '\n',
  ' ',
  '　',
);

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(surrogates, controls, names, operators)).map((parts) => parts.join('')),
  fc.array(operators).map((parts) => parts.join('')),
  fc.array(punctuation).map((parts) => parts.join('')),
  fc.array(fc.oneof(names, operators, punctuation)).map((parts) => parts.join('')),
);

async function askedWithin(...turns: string[]): Promise<Answer> {
  const start = process.cpuUsage();
  const answer = await world.answerTo(...turns);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(BOUND_MS * turns.length);
  return answer;
}

describe('any text', () => {
  test('is read in bounded time, and answered with something to read', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const answer = await askedWithin(text);
        expect(answer.text.trim()).not.toBe('');
      }),
      RUNS,
    );
  });

  test('is read in a thread too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 2, maxLength: 4 }), async (turns) => {
        await askedWithin('愛知のジェネリックの実績は？', ...turns);
      }),
      { ...RUNS, numRuns: 100 },
    );
  });

  test.each([
    ['ordinary letters', 'あ'],
    ['a half surrogate', '\ud83d'],
    ['a control character', '\u0000'],
    ['an operator', '以上'],
    ['a name', '北海道'],
    ['a number', '80％'],
    ['punctuation', '？'],
    ['an opening bracket', '「'],
    ['a line', '青森の郵送化率は\n'],
  ])('of 100,000 characters of %s', async (_, piece) => {
    const answer = await askedWithin(piece.repeat(Math.ceil(100_000 / piece.length)));
    expect(answer.kind).toBe('clarify');
  });

  test('just under the limit', async () => {
    for (const piece of ['以上', '北海道と', '80から', '「', '島根以外の', '平均より'])
      await askedWithin(piece.repeat(Math.floor(500 / piece.length)));
  });
});

const QUESTIONS = [
  '青森のジェネリックの目標',
  'ジェネリックの目標が80％以上の支部',
  'ジェネリックの目標が島根より低い支部',
  '島根以外の中国地方のジェネリックの目標の平均',
  'ジェネリックの目標のワースト3',
  '愛知の窓口受付率の実績',
  '愛知の予算で500万円以上のもの',
  '愛知の未着手の予算',
  '愛知の傷病手当金の決定件数',
  '愛知の評価△の取組',
];

const anyQuestion = fc
  .tuple(
    fc.constantFrom('', '愛知の', '静岡の', '三重の', '青森の', '岐阜の', '新潟の', '青森と愛知の'),
    fc.constantFrom('', '令和3年度の', '令和6年度の', '令和8年度の', '9月の', '12月の'),
    fc.constantFrom(
      'ジェネリック',
      '郵送化率',
      '健診',
      '特定健診',
      '健康宣言',
      '広報',
      '決定件数',
      '一者応札',
    ),
    fc.constantFrom(
      'の目標は？',
      'の実績は？',
      'の予算は余ってる？',
      'の執行額は？',
      'は去年より上がった？',
      'の目標は島根より高い？',
      'は令和3年度から上がった？',
      'の目標が愛知より低い支部は？',
      'は目標に届いてる？',
      'の実績は5月から上がった？',
      'の目標は全国平均より高い？',
    ),
  )
  .map((parts) => parts.join(''));

test('a figure is never told without its source, in an answer or in a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuestion, async (question) => {
      const { text } = await world.answerTo(question);
      if (/\d(?:％|円|事業所|件以上)/.test(text)) expect(text).toMatch(/出典：.+\d行目/);
    }),
    { ...RUNS, numRuns: 1_000 },
  );
});

function meaningOf({ query, answer }: Awaited<ReturnType<typeof world.asked>>) {
  return { query, rows: rowsOf(answer), kind: answer.kind };
}

describe('what changes nothing', () => {
  const ENDINGS = [
    'は？',
    'は?',
    'を教えて',
    'を教えてください',
    'をお願いします',
    'を知りたいです',
    'が知りたい',
    'って？',
    '',
  ];
  const OPENINGS = ['', 'すみません、', 'お疲れさまです。', 'ちなみに', 'えっと、', '明日の会議で使うので、'];
  const spaced = (text: string, at: number) => `${text.slice(0, at)} ${text.slice(at)}`;

  test.each(QUESTIONS)('a polite opening or ending: %s', async (question) => {
    const plain = meaningOf(await world.asked(`${question}は？`));
    for (const opening of OPENINGS)
      for (const ending of ENDINGS)
        expect(
          meaningOf(await world.asked(`${opening}${question}${ending}`)),
          `${opening}…${ending}`,
        ).toEqual(plain);
  });

  test.each(QUESTIONS)('white space around it, width, kana: %s', async (question) => {
    const plain = meaningOf(await world.asked(`${question}は？`));
    const full = question.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const hiragana = question.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
    const half = question
      .replaceAll('ジェネリック', 'ｼﾞｪﾈﾘｯｸ')
      .replaceAll('ラジオ', 'ﾗｼﾞｵ')
      .replaceAll('ワースト', 'ﾜｰｽﾄ');
    for (const same of [
      `  ${question}は？ `,
      `${question}　は？\n`,
      `${full}は？`,
      `${hiragana}は？`,
      `${half}は？`,
      question,
    ])
      expect(meaningOf(await world.asked(same)), same).toEqual(plain);
  });

  test('a space between a name and what follows', async () => {
    const question = '青森のジェネリックの目標は？';
    const plain = rowsOf(await world.answerTo(question));
    for (const at of [2, 3, 9, 10, 12])
      expect(rowsOf(await world.answerTo(spaced(question, at)))).toEqual(plain);
  });

  test('what was asked before in another thread, or the day after', async () => {
    for (const question of QUESTIONS) {
      const first = await world.ask({ text: question, context: null, today: TODAY });
      const again = await world.ask({ text: question, context: null, today: { ...TODAY, day: 21 } });
      expect(again).toEqual(first);
    }
  });
});
