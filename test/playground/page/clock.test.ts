import { describe, expect, test } from 'vitest';
import { createClock } from '../../../src/playground/page/tools.ts';

describe('a clock that moves', () => {
  test('goes with its base clock, and goes on from where it was moved to', () => {
    let base = new Date('2026-11-22T14:00:00+09:00');
    const clock = createClock(() => base);
    expect(clock.now()).toEqual(base);
    clock.moveTo('2026-11-30');
    expect(clock.now()).toEqual(new Date('2026-11-30T09:30:00+09:00'));
    base = new Date('2026-11-22T14:10:00+09:00');
    expect(clock.now()).toEqual(new Date('2026-11-30T09:40:00+09:00'));
  });

  test.each([
    ['by being reset', (clock: ReturnType<typeof createClock>) => clock.reset()],
    [
      'by being moved to the day it is',
      (clock: ReturnType<typeof createClock>) => clock.moveTo('2026-11-22'),
    ],
  ])('comes back %s', (_how, back) => {
    // Still the day before in UTC.
    const base = new Date('2026-11-22T01:00:00+09:00');
    const clock = createClock(() => base);
    clock.moveTo('2027-01-05');
    expect([clock.today(), clock.isMoved()]).toEqual(['2027-01-05', true]);
    back(clock);
    expect([clock.now(), clock.today(), clock.isMoved()]).toEqual([base, '2026-11-22', false]);
  });
});
