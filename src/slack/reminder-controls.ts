import type { FollowUp, OutboxMessage, OutboxState } from '../model/outbox.ts';
import type { Ending } from '../model/reminder.ts';
import type { FollowUps } from '../reminders/follow-up.ts';

/** What the buttons under reminders act on. */
export interface ReminderControls {
  followUps: FollowUps;
  /** Oldest first: one and what repeats it, what was put off, or what nobody knows to have been sent. */
  messages(of: {
    subject?: number;
    followUp?: FollowUp;
    states?: OutboxState[];
    ending?: Ending;
  }): Promise<OutboxMessage[]>;
  /** Shows what changed in Slack, without waiting for the next look. */
  refresh(): Promise<void>;
  /** Looks for what is due now: after a new figure, so that a gap that has ended is said to be at once. */
  look(): Promise<void>;
}
