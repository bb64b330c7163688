import type { FollowUps } from '../reminders/follow-up.ts';

/** What the buttons under reminders act on. */
export interface ReminderDesk {
  followUps: FollowUps;
  /** Shows what changed in Slack, without waiting for the next look. */
  refresh(): Promise<void>;
  /** Looks for what is due now: after a new figure, so that a gap that has ended is said to be at once. */
  look(): Promise<void>;
}
