import { describe, expect, test } from 'vitest';
import type { AskInput } from '../../src/model/question.ts';
import { ask } from './made-up-world.ts';

const today = { year: 2025, month: 11, day: 20 };

async function answerTo(text: string, defaults: AskInput['defaults']) {
  const { answer, context } = await ask({ text, context: null, today, defaults });
  return { answer, context };
}

describe('what a channel or a person has set', () => {
  test('fills in the branch that was not said, and is said', async () => {
    const { answer, context } = await answerTo('郵送化率の目標は？', { branch: '富山' });
    expect(answer).toMatchObject({
      kind: 'answered',
      title: expect.stringContaining('富山支部'),
      note: expect.stringContaining('既定の富山支部でお答えしました。'),
    });
    expect(answer.text).toContain('※支部の指定がないため、既定の富山支部');
    expect(context.branches).toEqual(['富山']);
  });

  test('fills in the year that was not said', async () => {
    const { answer } = await answerTo('東京のジェネリックの目標は？', { fy: 3 });
    expect(answer.text).toContain('令和3年度');
    expect(answer).toMatchObject({ note: expect.stringContaining('既定の令和3年度でお答えしました。') });
  });

  test.each([
    ['東京のジェネリックの目標は？', '東京支部'],
    ['令和3年度の東京のジェネリックの目標は？', '東京支部 令和3年度'],
  ])('counts less than what was said: %s', async (text, title) => {
    const { answer } = await answerTo(text, { branch: '富山', fy: 7 });
    expect(answer).toMatchObject({ kind: 'answered', title: expect.stringContaining(title) });
    expect(answer.text).not.toContain('富山');
  });

  test('a default year without documents gives way to the newest there is, which is said', async () => {
    const { answer } = await answerTo('東京のジェネリックの目標は？', { fy: 9 });
    expect(answer).toMatchObject({ kind: 'answered', note: expect.stringContaining('最新の令和7年度') });
    expect(answer.text).not.toContain('令和9年度');
  });

  test('leaves alone what asks for many branches', async () => {
    const { answer } = await answerTo('令和3年度の郵送化率を高い順に並べて', { branch: '富山' });
    expect(answer).toMatchObject({ kind: 'answered', topic: 'rank' });
    expect(answer.text).not.toContain('既定の');
  });

  test('is not said of an answer that is none', async () => {
    const { answer } = await answerTo('火星の天気は？', { branch: '富山', fy: 3 });
    expect(answer.kind).not.toBe('answered');
    expect(answer.text).not.toContain('既定の');
  });
});
