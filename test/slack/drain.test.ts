import { expect, test } from 'vitest';
import { createDrain } from '../../src/slack/drain.ts';

test('resolves when running work has ended, with the work that it began', async () => {
  const drain = createDrain();
  const ended: string[] = [];
  const inner = async () => {
    await Promise.resolve();
    ended.push('inner');
  };
  void drain.track(
    Promise.resolve().then(() => {
      ended.push('outer');
      void drain.track(inner());
    }),
  );
  expect(await drain.drained(5_000)).toBe(true);
  expect(ended).toEqual(['outer', 'inner']);
});

test('failed work counts as ended', async () => {
  const drain = createDrain();
  drain.track(Promise.reject(new Error('failed'))).catch(() => {});
  expect(await drain.drained(5_000)).toBe(true);
});

test('gives up on work that never ends', async () => {
  const drain = createDrain();
  void drain.track(new Promise(() => {}));
  expect(await drain.drained(1)).toBe(false);
});
