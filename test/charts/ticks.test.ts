import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundTicks, valueFormat } from '../../src/charts/ticks.ts';

test.each([
  [0, 88.3, [0, 20, 40, 60, 80, 100]],
  [0, 0.077, [0, 0.02, 0.04, 0.06, 0.08]],
  [0, 15003, [0, 5000, 10000, 15000, 20000]],
  [2990, 3140, [2950, 3000, 3050, 3100, 3150]],
  [-4, 6, [-4, -2, 0, 2, 4, 6]],
])('from %d to %d the ticks are round', (low, high, ticks) => {
  expect(roundTicks(low, high)).toEqual(ticks);
});

const figure = fc.double({ min: -1e7, max: 1e7, noNaN: true, noDefaultInfinity: true });

test('whatever the figures, a few ticks in order hold them all', () => {
  fc.assert(
    fc.property(figure, figure, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const ticks = roundTicks(low, high);
      const slack = Math.max(Math.abs(low), Math.abs(high)) * 1e-8 + 1e-9;
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThan(12);
      expect(ticks[0]).toBeLessThanOrEqual(low + slack);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack);
      expect(ticks).toEqual([...ticks].sort((one, other) => one - other));
    }),
  );
});

test('figures of one chart have the same number of decimals', () => {
  const shown = valueFormat([80, 88.35, 3120]);
  expect([80, 88.35, 3120].map(shown)).toEqual(['80.00', '88.35', '3,120.00']);
});
