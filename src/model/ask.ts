import type { Answer } from './answer.ts';
import type { Day, FiscalYear } from './fiscal-year.ts';
import type { Query, ThreadContext } from './query.ts';

export interface AskInput {
  text: string;
  /** A button's query: it is answered as it stands, and `text` is not read. */
  query?: Query | undefined;
  /** Null outside a thread and for its first question. */
  context: ThreadContext | null;
  today: Day;
  /** What the channel or the user set for questions that do not say it. */
  defaults?: { branch?: string | undefined; fy?: FiscalYear | undefined } | undefined;
}

export interface Asked {
  answer: Answer;
  /** To keep for the thread's next question; null where nothing was asked that one could go on with. */
  context: ThreadContext | null;
  /** As it was understood: of several questions in one message the last. */
  query: Query;
  /** How many questions the message asked: a button can ask only one again. */
  questions: number;
  /** The same in Japanese, of all of them. */
  understood: string;
}

/** The one door to answers: every surface calls it and renders what comes back. */
export type Ask = (input: AskInput) => Promise<Asked>;
