import { type IsoDay, isoDayInTokyo, momentInTokyo } from '../model/calendar-day.ts';

/** The time that planbot believes: that of a base clock, moved by whole days or to a morning. */
export interface MovableClock {
  now(): Date;
  /** Today in Asia/Tokyo, as planbot believes. */
  today(): IsoDay;
  isMoved(): boolean;
  /** To the morning of a day, or back to the base clock where it is that clock's own day. Time goes on from there. */
  moveTo(day: IsoDay): void;
  /** Back to the base clock. */
  reset(): void;
}

/**
 * Where the trial begins: the figures that planbot is delivered with end in the summer of 令和7年度, and on this day
 * the first quarter's report is overdue.
 */
export const TRIAL_DAY: IsoDay = '2025-08-01';

/** Within the hours in which reminders are sent, whatever the base clock says. */
const MORNING = '09:30';

export function createClock(base: () => Date): MovableClock {
  let offsetMs = 0;
  const now = () => new Date(base().getTime() + offsetMs);
  return {
    now,
    today: () => isoDayInTokyo(now()),
    isMoved: () => offsetMs !== 0,
    moveTo(day) {
      const own = base();
      offsetMs = day === isoDayInTokyo(own) ? 0 : momentInTokyo(day, MORNING).getTime() - own.getTime();
    },
    reset() {
      offsetMs = 0;
    },
  };
}
