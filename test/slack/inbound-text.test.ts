import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentions, mentionsOthers, readText } from '../../src/slack/message-event.ts';
import { anyText } from './answers.ts';

describe('readText', () => {
  test.each([
    ['<@U0PLANBOT> 東京支部のジェネリックKPIは？', '東京支部のジェネリックKPIは？'],
    ['<@U0PLANBOT|planbot>東京', '東京'],
    ['<!channel> 東京の<!here>目標は', '東京の 目標は'],
    ['<!subteam^S1|@企画> 東京', '東京'],
    ['<#C1|東京支部> のGEは', '東京支部 のGEは'],
    ['<https://example.jp|計画> の目標', '計画 の目標'],
    ['10&lt;20 &amp;lt;', '10<20 &lt;'],
    ['&lt;!channel&gt; は？', '<!channel> は？'],
    ['東京\u0000\u202e支部', '東京支部'],
    ['  \n ', ''],
    ['', ''],
  ])('%j is read as %j', (text, read) => {
    expect(readText(text)).toBe(read);
  });

  test('takes any text of any length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(typeof readText(text)).toBe('string');
      }),
    );
  });
});

test.each([
  ['<@U2> これどうですか？', true],
  ['じゃあ青森は？ <@U2>', true],
  ['<@U1> <@U2> これどうですか？', true],
  ['じゃあ青森は？ <!subteam^S1|@企画>', true],
  ['<!here> 青森は？', true],
  ['<@U1> これどうですか？', false],
  ['じゃあ青森は？', false],
])('%s speaks to others than U1: %s', (text, isForOthers) => {
  expect(mentionsOthers(text, 'U1')).toBe(isForOthers);
});

test('a mention is found in both of its spellings', () => {
  expect(mentions('やあ <@U1>', 'U1')).toBe(true);
  expect(mentions('やあ <@U1|planbot>', 'U1')).toBe(true);
  expect(mentions('やあ <@U12>', 'U1')).toBe(false);
});
