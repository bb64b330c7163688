import { z } from 'zod';

/** What a reader thought of an answer: one a person and answer, the last word counts. */
export const Feedback = z.strictObject({
  user: z.string().min(1),
  channel: z.string().min(1),
  /** Of the answer. */
  ts: z.string().min(1),
  verdict: z.enum(['good', 'bad']),
  /** From the form; null where nothing was written. */
  comment: z.string().nullable(),
});
export type Feedback = z.infer<typeof Feedback>;

export interface KeptFeedback extends Feedback {
  /** ISO 8601 in UTC. */
  at: string;
  /** The question as it was understood; null where the answer is no longer known. */
  asked: string | null;
}

export interface FeedbackLog {
  save(feedback: Feedback, now: Date): Promise<void>;
  /** Oldest first. */
  list(): Promise<KeptFeedback[]>;
}
