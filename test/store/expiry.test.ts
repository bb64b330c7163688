import { expect, test } from 'vitest';
import { createThrottle } from '../../src/store/expiry.ts';

test('is due the first time, and then when ten minutes have gone either way', () => {
  const isDue = createThrottle();
  const minutes = [0, 1, 9.9, 10, 12, 20, -100, -95];
  const start = Date.UTC(2025, 6, 1);
  expect(minutes.map((minute) => isDue(new Date(start + minute * 60_000)))).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
    true,
    false,
  ]);
});
