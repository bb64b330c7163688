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
