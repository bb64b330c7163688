import type { AuditLog } from '../model/audit.ts';
import type { FeedbackLog } from '../model/feedback.ts';
import type { Members } from '../model/member.ts';
import type { FollowUp, OutboxMessage, OutboxState } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { PostedAnswers } from '../model/posted-answer.ts';
import type { ThreadContext } from '../model/query.ts';
import type { Ending } from '../model/reminder.ts';
import type { Requests } from '../model/request.ts';
import type { Settings } from '../model/settings.ts';
import type { FollowUps } from '../reminders/follow-up.ts';

/** Counts what an operator watches. */
export interface Meter {
  answered(outcome: 'answered' | 'clarify' | 'not_found' | 'failed'): void;
  lasted(seconds: number): void;
  /** A call that Slack refused or did not answer: its own code, or what went wrong. */
  slackFailed(code: string): void;
  refused(reason: string): void;
  judged(verdict: 'good' | 'bad'): void;
}

export const NO_METER: Meter = {
  answered() {},
  lasted() {},
  slackFailed() {},
  refused() {},
  judged() {},
};

/** What the Slack app reads and writes of the store. */
export interface SlackStore {
  /** What is wrong with what is kept: a Japanese sentence without its full stop; null where nothing is. */
  storeProblem(): Promise<string | null>;
  threads: {
    /** Null for a thread that is new or faded, or that was about nothing yet. */
    load(key: string): Promise<ThreadContext | null>;
    /** Whether the bot was asked in the thread before, be it only for help. */
    knows(key: string): Promise<boolean>;
    save(key: string, context: ThreadContext | null, now: Date): Promise<void>;
  };
  unanswered: {
    keep(
      entry: { question: string; understood: string; outcome: 'clarify' | 'not_found' },
      now: Date,
    ): Promise<void>;
  };
  /** Who is in charge of a branch, and in which channel. */
  figures: { owners(): Promise<Owner[]> };
  requests: Requests;
  members: Members;
  audit: AuditLog;
  settings: Settings;
  feedback: FeedbackLog;
  answers: PostedAnswers;
}

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
