import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answeredTo, answerTo } from './made-up-world.ts';

describe('plan text', () => {
  test('is quoted with its place', async () => {
    const answer = await answeredTo('富山は扶養家族の健診をどう進める？');
    expect(answer.passages).toMatchObject([{ file: '富山-3.txt', from: 500, to: 503 }]);
    expect(answer.text).toContain('500～503行目');
  });

  test('that is not there is said', async () => {
    expect((await answerTo('新潟は宇宙旅行にどう取り組む？')).kind).toBe('not_found');
  });

  test.each(['今日の天気は？', '今日は何日？'])(
    'is no answer because it has the word 今日: %s',
    async (text) => {
      expect((await answerTo(text)).kind).toBe('not_found');
    },
  );
});

describe('talk', () => {
  test.each([
    ['こんにちは', 'greeting'],
    ['ありがとうございます！', 'thanks'],
    ['ヘルプ', 'help'],
    ['査定率とは？', 'definition'],
  ])('%s', async (text, topic) => {
    expect((await answeredTo(text)).topic).toBe(topic);
  });

  test.each(['', '　\n', '？？？'])('nothing (%j) is asked back', async (text) => {
    expect((await answerTo(text)).kind).toBe('clarify');
  });

  test('too much is asked back', async () => {
    const answer = await answerTo('東京の計画について'.repeat(1200));
    expect(answer.kind).toBe('clarify');
    expect(answer.text).toContain('500文字');
  });
});

test('any text is answered with something to read, and every row has a source', async () => {
  const words = [
    '東京',
    '富山',
    '令和7年度',
    'R3',
    'ジェネリック',
    '郵送化率',
    'の',
    '目標',
    '実績',
    '予算',
    '評価',
    '×',
    '並べて',
    '前の年',
    '全支部',
    '<!channel>',
    '\u0000',
    '？',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 12 }), async (parts) => {
      const answer = await answerTo(parts.join(''), parts.slice(0, 3).join(''));
      expect(answer.text.length).toBeGreaterThan(0);
      if (answer.kind === 'answered') {
        for (const { source } of answer.rows) expect(source.line).toBeGreaterThan(0);
        if (answer.rows.length > 0) expect(answer.text).toContain('出典：');
      }
    }),
    { numRuns: 150 },
  );
});
