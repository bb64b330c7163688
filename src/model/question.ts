import { z } from 'zod';
import type { Answer } from './answer.ts';
import { type Day, FiscalYear } from './fiscal-year.ts';
import { IndicatorId } from './indicator.ts';

/** What a thread has been about, kept in the store so that 「じゃあ青森は？」 works after a restart. */
export const ThreadContext = z.strictObject({
  branches: z.array(z.string()),
  fys: z.array(FiscalYear),
  indicators: z.array(IndicatorId),
  /** Topic of the last answer: kpi, compare, progress, budget, passage … */
  topic: z.string(),
  /** The last question as it was understood, complete without the thread. */
  asked: z.string(),
});
export type ThreadContext = z.infer<typeof ThreadContext>;

export interface AskInput {
  text: string;
  /** Null outside a thread and for its first question. */
  context: ThreadContext | null;
  today: Day;
  /** What the channel or the user set for questions that do not say it. */
  defaults?: { branch?: string | undefined; fy?: FiscalYear | undefined } | undefined;
}

export interface Asked {
  answer: Answer;
  /** To keep for the thread's next question. */
  context: ThreadContext;
}

/** The one door to answers: every surface calls it and renders what comes back. */
export type Ask = (input: AskInput) => Promise<Asked>;
