import { expect, test } from 'vitest';
import { createCache } from '../../../src/slack/access/cache.ts';

test('beyond the limit the one goes that was set longest ago, which setting again puts off', () => {
  let at = 0;
  const cache = createCache<number>({ limit: 2, now: () => new Date(at) });
  for (const key of ['a', 'b', 'a', 'c']) {
    cache.set(key, at);
    at += 10;
  }
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([
    { value: 20, ageMs: 20 },
    undefined,
    { value: 30, ageMs: 10 },
  ]);
});
