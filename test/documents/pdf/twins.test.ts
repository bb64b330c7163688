import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutTwins } from '../../../src/documents/pdf/runs.ts';

describe('withoutTwins', () => {
  it.each([
    ['東京⽀部の⽬標', '東京支部の目標'],
    ['⻑野、国⺠、⻄、⻘、⻭科', '長野、国民、西、青、歯科'],
    ['マイナ‧保険証', 'マイナ・保険証'],
    ['①８８.３％以上', '①８８.３％以上'],
  ])('%s is read as %s', (printed, meant) => {
    expect(withoutTwins(printed)).toBe(meant);
  });

  it('leaves no radical behind and is done after one pass', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0x2f00, max: 0x2fd5 }).map(String.fromCodePoint) }),
        (text) => {
          const meant = withoutTwins(text);
          expect(meant).not.toMatch(/[\u2f00-\u2fd5]/);
          expect(withoutTwins(meant)).toBe(meant);
        },
      ),
    );
  });
});
