import { z } from 'zod';
import type { Answer } from './answer.ts';
import { type Day, FiscalYear, Quarter } from './fiscal-year.ts';
import { IndicatorId } from './indicator.ts';
import { Evaluation } from './measure.ts';

/** What of a figure is asked. `all` is the whole card: no aspect was named; `progress` holds the actual against the target. */
export const Aspect = z.enum([
  'all',
  'target',
  'actual',
  'progress',
  'achievement',
  'gap',
  'previous',
  'as_of',
  'source',
  'unit',
  'proviso',
]);
export type Aspect = z.infer<typeof Aspect>;

/** What a listed KPI must meet. */
export const Condition = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('value'),
    op: z.enum(['>=', '>', '<=', '<', '=', '!=']),
    value: z.number(),
  }),
  z.strictObject({ type: z.literal('between'), from: z.number(), to: z.number() }),
  z.strictObject({ type: z.enum(['has', 'lacks', 'prev_year', 'met', 'unmet']) }),
]);
export type Condition = z.infer<typeof Condition>;

/** Which KPIs of one branch's year are asked for. */
export const KpiFilter = z.enum([
  'all',
  'new',
  'dropped',
  'changed',
  'unmet',
  'met',
  'reported',
  'unreported',
  'first_time',
]);
export type KpiFilter = z.infer<typeof KpiFilter>;

/** What of the budget is asked. */
export const BudgetWant = z.enum([
  'item',
  'total',
  'status',
  'over',
  'rate',
  'new',
  'list',
  'largest',
  'increased',
  'decreased',
]);
export type BudgetWant = z.infer<typeof BudgetWant>;

/** What of the numbered measures is asked. */
export const MeasureWant = z.enum(['evaluation', 'next', 'done']);
export type MeasureWant = z.infer<typeof MeasureWant>;

const Branch = z.string().min(1);
/** The question's own words without branch and year: to search with. */
const About = z.string().min(1).max(500);
const Indicators = z.array(IndicatorId).min(1);

/** A question as it was understood. A null branch or year was not said; no branches means all of them. */
export const Question = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('figure'),
    branch: Branch.nullable(),
    fy: FiscalYear.nullable(),
    /** More than one where the word that was used names several. */
    indicators: Indicators,
    aspect: Aspect,
  }),
  z.strictObject({
    kind: z.literal('compare'),
    branches: z.array(Branch),
    fys: z.array(FiscalYear),
    indicators: Indicators,
    aspect: Aspect,
  }),
  z.strictObject({
    kind: z.literal('rank'),
    branches: z.array(Branch),
    fy: FiscalYear.nullable(),
    indicators: Indicators,
    aspect: Aspect,
    order: z.enum(['high', 'low']),
    top: z.int().positive().max(100).nullable(),
    /** Whose place is asked: 東京は47支部中何位. */
    standing: Branch.nullable(),
  }),
  z.strictObject({
    kind: z.literal('list'),
    branches: z.array(Branch),
    fy: FiscalYear.nullable(),
    indicators: Indicators,
    aspect: Aspect,
    condition: Condition,
    /** Only how many was asked. */
    count: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('aggregate'),
    branches: z.array(Branch),
    fy: FiscalYear.nullable(),
    indicators: Indicators,
    aspect: Aspect,
    how: z.enum(['mean', 'max', 'min', 'sum']),
  }),
  z.strictObject({
    kind: z.literal('kpis'),
    branch: Branch.nullable(),
    fy: FiscalYear.nullable(),
    filter: KpiFilter,
  }),
  z.strictObject({
    kind: z.literal('difference'),
    /** The KPIs of `have` that `lack` does not have. */
    have: Branch,
    lack: Branch,
    fy: FiscalYear.nullable(),
  }),
  z.strictObject({
    kind: z.literal('measures'),
    branch: Branch.nullable(),
    fy: FiscalYear.nullable(),
    want: MeasureWant,
    /** Empty means any. */
    marks: z.array(Evaluation),
    /** When what comes next is planned for; empty means any time. */
    quarters: z.array(Quarter),
    indicators: z.array(IndicatorId),
    about: About,
  }),
  z.strictObject({
    kind: z.literal('counts'),
    branch: Branch.nullable(),
    fy: FiscalYear.nullable(),
    quarter: Quarter.nullable(),
    indicators: z.array(IndicatorId),
    about: About,
  }),
  z.strictObject({
    kind: z.literal('budget'),
    branch: Branch.nullable(),
    fys: z.array(FiscalYear),
    want: BudgetWant,
    status: z.enum(['未着手', '調達中', '契約済み']).nullable(),
    about: About,
  }),
  z.strictObject({
    kind: z.literal('passage'),
    branches: z.array(Branch),
    fys: z.array(FiscalYear),
    indicators: z.array(IndicatorId),
    about: About,
  }),
  z.strictObject({ kind: z.literal('definition'), indicators: Indicators }),
  z.strictObject({
    /** Which documents are known. */
    kind: z.literal('documents'),
    branches: z.array(Branch),
    fys: z.array(FiscalYear),
  }),
  z.strictObject({
    kind: z.literal('unknown'),
    /** A KPI nobody set, a fact that plans do not hold, or a year before 令和. */
    what: z.enum(['metric', 'fact', 'year']),
    branches: z.array(Branch),
    fy: FiscalYear.nullable(),
    about: About,
  }),
  z.strictObject({
    kind: z.literal('talk'),
    about: z.enum(['help', 'greeting', 'thanks', 'empty', 'too_long']),
  }),
]);
export type Question = z.infer<typeof Question>;
export type QuestionOf<K extends Question['kind']> = Extract<Question, { kind: K }>;

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
  /** As it was understood: whether it was a question at all, and for the list of unanswered ones. */
  question: Question;
}

/** The one door to answers: every surface calls it and renders what comes back. */
export type Ask = (input: AskInput) => Promise<Asked>;
