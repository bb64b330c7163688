import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clamp,
  escapeText,
  literal,
  plainString,
  printable,
  sections,
} from '../../../src/slack/views/blocks.ts';
import { anyText } from '../answers.ts';

describe('escapeText', () => {
  test.each([
    ['<!channel> 東京', '&lt;!channel&gt; 東京'],
    ['<@U1>', '&lt;@U1&gt;'],
    ['A&B', 'A&amp;B'],
    ['&lt;', '&amp;lt;'],
    ['80％以上', '80％以上'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeText(text, 100)).toBe(escaped);
  });

  test('never cuts inside an entity', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const escaped = escapeText(text, limit);
        expect(escaped.length).toBeLessThanOrEqual(limit);
        expect(escaped.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
      }),
    );
  });
});

describe('clamp', () => {
  test('marks the cut and never halves a character', () => {
    expect(clamp('あいうえお', 3)).toBe('あい…');
    expect(clamp('あ𠮷野', 3)).toBe('あ…');
    expect(clamp('あい', 2)).toBe('あい');
  });
});

test('literal leaves no mark that mrkdwn would read', () => {
  expect(literal('*太字* _斜体_ ~線~ `符号`', 100)).toBe('＊太字＊ ＿斜体＿ ～線～ ｀符号｀');
});

test('plain fields hold no angle bracket, whatever they are given', () => {
  expect(plainString('<!here> A&B', 100)).toBe('＜!here＞ A＆B');
});

test('printable drops controls and turning marks, and keeps line ends', () => {
  expect(printable('一\r\n二\u0007\u202e三\t四\ud800')).toBe('一\n二三\t四\ufffd');
});

test('sections hold whole lines, as many as fit', () => {
  const lines = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(1_000));
  const texts = sections(lines).map((block) =>
    'text' in block && typeof block.text === 'object' ? block.text.text.length : 0,
  );
  expect(texts).toEqual([2_001, 2_001, 1_000]);
});
