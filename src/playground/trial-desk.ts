import type { IsoDay } from '../model/calendar-day.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { MovableClock } from './clock.ts';

/** A file as a person brought it. */
export interface BroughtFile {
  name: string;
  bytes: Buffer;
}

/** What answers come from. */
export interface DeskDocument {
  name: string;
  /** Brought by a person, who may take it out again; what planbot is delivered with stays. */
  brought: boolean;
}

/** What the page can do beside Slack itself. */
export interface TrialDesk {
  clock: MovableClock;
  /** The first day after a day on which quarterly reports are due. */
  nextDeadline(after: IsoDay): IsoDay;
  /** The next day on which reminders are sent. */
  nextBusinessDay(after: IsoDay): IsoDay;
  /** Whether reminders are sent on that day. */
  isBusinessDay(day: IsoDay): boolean;
  /** Looks for what is due by the clock, and resolves when it was sent. */
  look(): Promise<void>;
  /** Oldest first. */
  outbox(): Promise<OutboxMessage[]>;
  /** What planbot is delivered with comes first. */
  documents(): Promise<DeskDocument[]>;
  /** Takes a document out with what it brought. AppError `wrong_use` where none is of that name. */
  remove(name: string): Promise<void>;
  /** Takes a plan or a table; `tell` hears how far it is. The report in Japanese; AppError for a file at fault. */
  take(file: BroughtFile, tell: (progress: string) => void): Promise<string>;
}
