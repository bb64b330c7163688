import { z } from 'zod';
import { BudgetStatus } from './budget-line.ts';
import { FiscalYear, Quarter } from './fiscal-year.ts';
import { IndicatorId } from './indicator.ts';
import { Evaluation } from './measure.ts';

/** Which table a question is about; `passage` is the text of the plans. */
export const Facts = z.enum([
  'kpi',
  'budget',
  'count',
  'measure',
  'passage',
  'definition',
  'document',
  'schedule',
  'talk',
]);
export type Facts = z.infer<typeof Facts>;

/** What of a row is asked. Those of KPIs first, then budgets', counts' and measures'. */
export const Column = z.enum([
  'target',
  'actual',
  'previous',
  'gap',
  'achievement',
  'as_of',
  'source',
  'unit',
  'proviso',
  'state',
  'amount',
  'executed',
  'remainder',
  'execution_rate',
  'previous_amount',
  'increase',
  'status',
  'count',
  'evaluation',
  'progress',
  'next',
]);
export type Column = z.infer<typeof Column>;

/** A property of a row that has no number of its own. */
export const Status = z.enum([
  'met',
  'unmet',
  'behind',
  'on_course',
  'reported',
  'unreported',
  'new',
  'dropped',
  'changed',
  'continued',
  'first_time',
  'relative',
  'numeric',
  'set',
  'over',
  'overdue',
]);
export type Status = z.infer<typeof Status>;

export const Statistic = z.enum(['mean', 'median', 'sum', 'max', 'min', 'spread']);
export type Statistic = z.infer<typeof Statistic>;

/** What a figure is held against. Absent parts of a figure are those of the row itself. */
export const Operand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), value: z.number(), unit: z.string().nullable() }),
  /** `branches`: null for those of the question, empty for all there are. */
  z.strictObject({
    type: z.literal('statistic'),
    of: Statistic,
    branches: z.array(z.string()).nullable(),
    plus: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal('figure'),
    branch: z.string().nullable(),
    /** `previous`: the year before the row's own. */
    fy: z.union([FiscalYear, z.literal('previous')]).nullable(),
    column: Column.nullable(),
    /** 2倍以上: so many times that figure. */
    times: z.number().positive().optional(),
    /** 2ポイント以上高い: so much more than that figure, less below zero. */
    plus: z.number().optional(),
  }),
]);
export type Operand = z.infer<typeof Operand>;

/** `better` and `worse` follow the direction of the indicator. */
export const Comparator = z.enum(['>=', '>', '<=', '<', '=', '!=', 'better', 'worse']);
export type Comparator = z.infer<typeof Comparator>;

/** One condition; all of a query's must hold. */
export const Filter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('compare'),
    column: Column.nullable(),
    op: Comparator,
    right: Operand,
  }),
  z.strictObject({ type: z.literal('status'), status: Status, not: z.boolean() }),
  z.strictObject({ type: z.literal('budget'), status: BudgetStatus, not: z.boolean() }),
  z.strictObject({ type: z.literal('evaluation'), marks: z.array(Evaluation).min(1), not: z.boolean() }),
]);
export type Filter = z.infer<typeof Filter>;

/** What is worked out of the rows that were selected. */
export const Compute = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('statistic'),
    of: Statistic,
    /** The statistic of each group is set beside that of the others: 北陸と四国の平均はどっちが上？ */
    groups: z
      .array(z.strictObject({ name: z.string().max(100), branches: z.array(z.string()) }))
      .max(8)
      .optional(),
  }),
  /** How many rows there are. */
  z.strictObject({ type: z.literal('count') }),
  /** How many of all there are, as a share; of a budget the share of `of`, or of the whole. */
  z.strictObject({ type: z.literal('share'), of: z.string().max(100).optional() }),
  /** Two figures of the scope, or each figure against `against`. */
  z.strictObject({ type: z.literal('difference'), against: Operand.nullable() }),
  z.strictObject({ type: z.literal('ratio'), against: Operand.nullable() }),
  /** Side by side, without a sum. */
  z.strictObject({ type: z.literal('compare'), against: Operand.nullable() }),
  /** Over the years of the scope; `total`: of the sum of the rows; `from`, `fromMonth`: since then. */
  z.strictObject({
    type: z.literal('change'),
    total: z.boolean().optional(),
    from: FiscalYear.optional(),
    fromMonth: z.int().min(1).max(12).optional(),
  }),
  /** Which place the subject takes. */
  z.strictObject({ type: z.literal('place') }),
  /** KPIs that the first branch has and the second has not. */
  z.strictObject({ type: z.literal('only_first') }),
]);
export type Compute = z.infer<typeof Compute>;

/** `best` and `worst` follow the direction of the indicator; `late` is the gap to what should be reached. */
export const Direction = z.enum(['high', 'low', 'best', 'worst']);
export type Direction = z.infer<typeof Direction>;

export const Scope = z.strictObject({
  /** By name, in the order said; empty: not said, or all where `every` is set. */
  branches: z.array(z.string().min(1)),
  /** All branches are asked for. */
  every: z.boolean(),
  /** How a group was said, for titles: 九州, 沖縄以外の九州. */
  said: z.string().nullable(),
  fys: z.array(FiscalYear),
  /** The words that count from today: 今年度. */
  relative: z.string().nullable(),
  quarters: z.array(Quarter),
  /** Calendar months. */
  months: z.array(z.int().min(1).max(12)),
});
export type Scope = z.infer<typeof Scope>;

/** A question as it was understood; the same shape for every kind of fact. */
export const Query = z.strictObject({
  facts: Facts,
  /** More than one where several were named, or where the word that was used names several. */
  indicators: z.array(IndicatorId),
  /** The words name each of the indicators; else one of them is meant. */
  sure: z.boolean(),
  /** What items are searched with: the question's words without branches, years and operators. */
  about: z.string().max(500),
  /** Items that were named one beside another: 広報と保健指導. Empty where `about` names one. */
  items: z.array(z.string().min(1).max(100)).max(8),
  /** What a thread was about before, whose parts are looked for first: 「支部職員の分は？」. */
  within: z.string().max(500),
  columns: z.array(Column),
  scope: Scope,
  /** Whose place is asked, or of whom something is claimed: 東京は47支部中何位. */
  subject: z.array(z.string().min(1)),
  filter: z.array(Filter),
  compute: Compute.nullable(),
  order: Direction.nullable(),
  limit: z.int().positive().max(100).nullable(),
  /** How many are passed over from the top: 2 for the third. */
  offset: z.int().nonnegative().max(100),
  /** What all this is asked of: the rows that an earlier question chose, 「その5つの中で」. */
  among: z
    .strictObject({
      filter: z.array(Filter),
      columns: z.array(Column),
      order: Direction,
      limit: z.int().positive().max(100),
      offset: z.int().nonnegative().max(100),
    })
    .nullable(),
  /** To be answered yes or no; `only`: that nothing else meets the conditions; `every`: that all do; `fails`: that it is not so. */
  claim: z.enum(['holds', 'only', 'every', 'fails']).nullable(),
  /** `which`: the branches that do it; `figure`, `reason`, `time`: what of the text is asked. */
  show: z.enum(['value', 'list', 'table', 'chart', 'text', 'which', 'figure', 'reason', 'time']),
  /** Of `talk`: help, greeting, thanks. */
  talk: z.enum(['help', 'greeting', 'thanks', 'empty', 'too_long']).nullable(),
});
export type Query = z.infer<typeof Query>;

export const EMPTY_QUERY: Query = {
  facts: 'kpi',
  indicators: [],
  sure: true,
  about: '',
  items: [],
  within: '',
  columns: [],
  scope: { branches: [], every: false, said: null, fys: [], relative: null, quarters: [], months: [] },
  subject: [],
  filter: [],
  compute: null,
  order: null,
  limit: null,
  offset: 0,
  among: null,
  claim: null,
  show: 'value',
  talk: null,
};

/** What a thread has been about, kept as data so that 「じゃあ青森は？」 works after a restart. */
export const ThreadContext = z.strictObject({
  query: Query,
  /** Single figures that the thread asked for before, latest first: 「3つ並べて」 sets them side by side. */
  recent: z.array(Query),
  /** Branches of the last answer: 「その中で…」 is about them. */
  shown: z.array(z.string().min(1)).optional(),
  /** The last question that was answered with more than one row: 「最初の一覧」. */
  listed: Query.optional(),
});
export type ThreadContext = z.infer<typeof ThreadContext>;

/** A query as a short string, for buttons and the store: only what differs from the empty query. */
export function encodeQuery(query: Query): string {
  const entries = Object.entries(query).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(EMPTY_QUERY[key as keyof Query]),
  );
  return JSON.stringify(Object.fromEntries(entries));
}

/** The query that `encodeQuery` wrote; null for any other text, such as a question in words. */
export function decodeQuery(text: string): Query | null {
  if (!text.startsWith('{')) return null;
  try {
    return Query.parse({ ...EMPTY_QUERY, ...JSON.parse(text) });
  } catch {
    return null;
  }
}
