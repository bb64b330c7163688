import { describe, expect, test } from 'vitest';
import { createPacer } from '../../../src/slack/delivery/pacer.ts';

/** A clock that waiting moves on; tells how long was waited for each message. */
function paced() {
  let now = 0;
  const waits: number[] = [];
  const pacer = createPacer({
    now: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  return { pacer, waits, pass: (ms: number) => (now += ms) };
}

async function post(
  pacer: (channel: string) => Promise<void>,
  channel: string,
  times: number,
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await pacer(channel);
  }
}

describe('pacer', () => {
  test('lets a short burst through, then one message a second', async () => {
    const { pacer, waits } = paced();
    await post(pacer, 'C1', 7);
    expect(waits).toEqual([1_000, 1_000, 1_000]);
  });

  test('channels do not wait for each other', async () => {
    const { pacer, waits } = paced();
    await post(pacer, 'C1', 4);
    await post(pacer, 'C2', 4);
    expect(waits).toEqual([]);
  });

  test('a quiet channel has its burst again', async () => {
    const { pacer, waits, pass } = paced();
    await post(pacer, 'C1', 4);
    pass(4_000);
    await post(pacer, 'C1', 4);
    expect(waits).toEqual([]);
  });
});
