import { expect, test } from 'vitest';
import { createKeyedQueue } from '../../../src/slack/delivery/keyed-queue.ts';

test('tasks of a key run one after another, also after one that failed; other keys do not wait', async () => {
  const queue = createKeyedQueue();
  const log: string[] = [];
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = queue('a', async () => {
    await gate;
    log.push('a1');
    throw new Error('a1 failed');
  });
  const second = queue('a', async () => log.push('a2'));
  await queue('b', async () => log.push('b1'));
  expect(log).toEqual(['b1']);
  open();
  await expect(first).rejects.toThrow('a1 failed');
  await second;
  expect(log).toEqual(['b1', 'a1', 'a2']);
});
