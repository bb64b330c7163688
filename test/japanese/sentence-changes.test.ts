import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSentences } from '../../src/japanese/sentence-changes.ts';

describe('two years of a section', () => {
  it('are told sentence by sentence', () => {
    const before = '①漁協の会館で健診を年に3回開く。\n②町の広報誌に載せる。\n③港で紙を配る。';
    const after =
      '・漁協の会館で健診を年に5回開く。\n・町の広報誌に載せる。\n・携帯電話から予約を受け付ける。';
    expect(compareSentences(before, after)).toEqual([
      {
        kind: 'changed',
        before: '①漁協の会館で健診を年に3回開く。',
        after: '・漁協の会館で健診を年に5回開く。',
      },
      { kind: 'same', text: '・町の広報誌に載せる。' },
      { kind: 'added', after: '・携帯電話から予約を受け付ける。' },
      { kind: 'removed', before: '③港で紙を配る。' },
    ]);
  });

  it('are the same whatever the marks, widths and spaces', () => {
    expect(compareSentences('（１）健診を 20 回開く。', '○健診を２０回開く')).toEqual([
      { kind: 'same', text: '○健診を２０回開く' },
    ]);
  });
});

describe('any two texts', () => {
  const text = fc.array(fc.constantFrom('健診を開く。', '広報を出す。', '電話で勧める。', '\n'), {
    maxLength: 8,
  });

  it('account for every sentence of both exactly once', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const changes = compareSentences(left.join(''), right.join(''));
        const old = changes.filter(({ kind }) => kind !== 'added').length;
        const current = changes.filter(({ kind }) => kind !== 'removed').length;
        expect(old).toBe(left.filter((part) => part !== '\n').length);
        expect(current).toBe(right.filter((part) => part !== '\n').length);
      }),
    );
  });

  it('have no change against themselves', () => {
    fc.assert(
      fc.property(text, (parts) => {
        expect(compareSentences(parts.join(''), parts.join('')).every(({ kind }) => kind === 'same')).toBe(
          true,
        );
      }),
    );
  });
});
