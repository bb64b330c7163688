import { type IsoDay, isoDayInTokyo, momentInTokyo } from '../../model/calendar-day.ts';
import type { OutboxMessage } from '../../model/outbox.ts';

/** The time that planbot believes: that of a base clock, moved by whole days or to a morning. */
export interface MovableClock {
  now(): Date;
  /** Today in Asia/Tokyo, as planbot believes. */
  today(): IsoDay;
  isMoved(): boolean;
  /** To the morning of a day, or back to the base clock where it is that clock's own day. Time goes on from there. */
  moveTo(day: IsoDay): void;
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

/** A file as a person brought it. */
export interface BroughtFile {
  name: string;
  bytes: Buffer;
}

/** What answers come from. */
export interface ListedDocument {
  name: string;
  /** Brought by a person, who may take it out again; what planbot is delivered with stays. */
  brought: boolean;
}

/** What the page can do beside Slack itself. */
export interface PlaygroundTools {
  clock: MovableClock;
  /** The first day after a day on which quarterly reports are due. */
  nextDeadline(after: IsoDay): IsoDay;
  nextBusinessDay(after: IsoDay): IsoDay;
  isBusinessDay(day: IsoDay): boolean;
  /** Looks for what is due by the clock, and resolves when it was sent. */
  look(): Promise<void>;
  outbox(): Promise<OutboxMessage[]>;
  /** What planbot is delivered with comes first. */
  documents(): Promise<ListedDocument[]>;
  /** Takes a document out with what it brought. AppError `wrong_use` where none is of that name. */
  remove(name: string): Promise<void>;
  /** Takes a plan or a table; `tell` hears how far it is. The report in Japanese; AppError for a file at fault. */
  take(file: BroughtFile, tell: (progress: string) => void): Promise<string>;
}
