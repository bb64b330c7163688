import { expect, test } from 'vitest';
import { watchStore } from '../../src/reminders/watch-store.ts';

/** Watches a store that has these stamps, the first at the start, then one a tick; resolves with the ticks at which a look was asked for. */
async function looksFor(stamps: readonly (string | Error)[]) {
  const looks: number[] = [];
  const failures: unknown[] = [];
  let tick = 0;
  async function* ticks() {
    for (const _ of stamps.slice(1)) {
      tick += 1;
      yield null;
    }
  }
  await watchStore({
    ticks: ticks(),
    async stamp() {
      const stamp = stamps[tick] ?? '';
      if (stamp instanceof Error) throw stamp;
      return stamp;
    },
    changed: async () => void looks.push(tick),
    failed: (error) => failures.push(error),
  });
  return { looks, failures };
}

test('a look at each change, and none at the first sight', async () => {
  expect((await looksFor(['a', 'a', 'b', 'b', 'c'])).looks).toEqual([2, 4]);
});

test('what a locked database hides for a moment is seen at the next tick', async () => {
  const locked = new Error('SQLITE_BUSY');
  expect(await looksFor(['a', locked, 'b'])).toEqual({ looks: [2], failures: [locked] });
});

test('a look that fails is made again', async () => {
  const looks: string[] = [];
  async function* ticks() {
    yield* [1, 2];
  }
  const stamps = ['a', 'b', 'b'];
  await watchStore({
    ticks: ticks(),
    stamp: async () => stamps.shift() ?? 'b',
    async changed() {
      looks.push('look');
      if (looks.length === 1) throw new Error('no network');
    },
    failed: () => undefined,
  });
  expect(looks).toEqual(['look', 'look']);
});
