import { z } from 'zod';
import type { Branch } from './branch.ts';
import { type Indicator, IndicatorId } from './indicator.ts';

/** A word that names several indicators, so that a question with it alone is asked back: 健診率. */
export const AmbiguousTerm = z.strictObject({
  term: z.string().min(1),
  /** Most likely first. */
  indicators: z.array(IndicatorId).min(2),
});
export type AmbiguousTerm = z.infer<typeof AmbiguousTerm>;

/** A word of the domain that the general dictionary does not know or splits. */
export const DictionaryTerm = z.strictObject({
  surface: z.string().min(1),
  /** In katakana. */
  reading: z.string(),
  /** The parts it is also found by; empty when it has none. */
  parts: z.array(z.string().min(1)),
});
export type DictionaryTerm = z.infer<typeof DictionaryTerm>;

/** What a column or row of a table is, as its heading says. `words` is a regular expression. */
export const HeadingRole = z.enum([
  'derived',
  'reference',
  'forecast',
  'as_of',
  'number',
  'unit',
  'evaluation',
  'schedule',
  'remark',
  'executed',
  'status',
  'next',
  'progress',
  'branch',
  'name',
  'amount',
  'plan',
  'target',
  'actual',
]);
export type HeadingRole = z.infer<typeof HeadingRole>;

export const HeadingWords = z.strictObject({
  role: HeadingRole,
  words: z.string().transform((source, context) => {
    try {
      return new RegExp(source);
    } catch {
      context.addIssue({ code: 'custom', message: '正規表現として読めません' });
      return z.NEVER;
    }
  }),
});
export type HeadingWords = z.infer<typeof HeadingWords>;

/**
 * A concept: forms that mean the same in plans and questions. The first names it; a form with spaces may be stretched;
 * ＞ stands before the name of a narrower group.
 */
export const SynonymGroup = z.array(z.string().min(1)).min(2);
export type SynonymGroup = z.infer<typeof SynonymGroup>;

const NARROWER = '＞';

/** A group's forms, and the names of its narrower groups. */
export function splitGroup(group: SynonymGroup): { forms: string[]; narrower: string[] } {
  const isNarrower = (form: string) => form.startsWith(NARROWER);
  return {
    forms: group.filter((form) => !isNarrower(form)),
    narrower: group.filter(isNarrower).map((form) => form.slice(NARROWER.length)),
  };
}

/** What a turn of speech means to the reader of questions; `ignore` means nothing. */
export const PhraseMeaning = z.enum([
  'target',
  'actual',
  'state',
  'previous',
  'gap',
  'achievement',
  'as_of',
  'source',
  'unit',
  'proviso',
  'met',
  'unmet',
  'behind',
  'on_course',
  'on_time',
  'reported',
  'unreported',
  'new',
  'dropped',
  'continued',
  'first_time',
  'relative',
  'numeric',
  'non_numeric',
  'set',
  'over',
  'overdue',
  'ge',
  'gt',
  'le',
  'lt',
  'around',
  'exactly',
  'same',
  'different',
  'than',
  'high',
  'low',
  'good',
  'bad',
  'extreme',
  'top',
  'bottom',
  'order',
  'order_low',
  'place',
  'from_bottom',
  'from_top',
  'following',
  'chosen',
  'every_one',
  'exclude',
  'only',
  'base',
  'among',
  'mean',
  'median',
  'sum',
  'spread',
  'difference',
  'ratio',
  'change',
  'rise',
  'fall',
  'improved',
  'worsened',
  'compare',
  'each',
  'both_years',
  'which_branch',
  'all_branches',
  'own',
  'branches',
  'count_branches',
  'share_branches',
  'half',
  'or',
  'claim',
  'budget',
  'amount',
  'executed',
  'remainder',
  'execution_rate',
  'how_much',
  'unstarted',
  'procuring',
  'contracted',
  'evaluation',
  'mark_good',
  'mark_partly',
  'mark_bad',
  'mark_none',
  'next',
  'progress',
  'count',
  'how_many',
  'why',
  'when',
  'text',
  'definition',
  'documents',
  'schedule',
  'list',
  'chart',
  'table',
  'within_year',
  'kpi_list',
  'follow',
  'that',
  'earlier',
  'just_above',
  'just_below',
  'also',
  'both',
  'correct',
  'not',
  'greeting',
  'thanks',
  'help',
  'ignore',
]);
export type PhraseMeaning = z.infer<typeof PhraseMeaning>;

export const CataloguePhrase = z.strictObject({
  as: PhraseMeaning,
  words: z.array(z.string().min(1)).min(1),
});
export type CataloguePhrase = z.infer<typeof CataloguePhrase>;

/** A name for several branches: 首都圏. */
export const Region = z.strictObject({
  name: z.string().min(1),
  words: z.array(z.string().min(1)),
  branches: z.array(z.string().min(1)).min(1),
});
export type Region = z.infer<typeof Region>;

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/;

/** When a quarter's report is due, and when to say so; days are business days. */
export const ReportingCalendar = z.strictObject({
  /** Months after the quarter's end in whose last business day the report is due. */
  due_months_after_quarter: z.int().min(0).max(6),
  /** Days on which the office is closed though it is no holiday, and open though it is one. */
  closed_days: z.array(z.iso.date()).default([]),
  open_days: z.array(z.iso.date()).default([]),
  notice_business_days_before: z.array(z.int().nonnegative()),
  repeat_every_business_days: z.int().positive(),
  /** How often it is repeated at that pace; then weekly to the head of the branch, then only in the digest. */
  repeat_at_most: z.int().nonnegative().default(2),
  weekly_at_most: z.int().nonnegative().default(2),
  /** So many per cent of a branch's KPIs with a figure of the quarter make a report. */
  report_complete_percent: z.number().positive().max(100).default(80),
  /** What is found so soon after a notice to the same branch is added to it. */
  gather_minutes: z.int().nonnegative().default(15),
  escalate_after_business_days: z.int().positive(),
  /** From this quarter's end on, a budget that nobody has begun is worth a word. */
  budget_unstarted_after_quarter: z.int().min(1).max(4).default(2),
  /** A reported rate that moves by more points than this is asked about before it is saved. */
  confirm_points: z.number().positive().default(10),
  /** The same for any figure, as a share of the last one. */
  confirm_percent: z.number().positive().default(30),
  /** Messages go out on business days between these times in Tokyo, HH:MM. */
  send_from: z.string().regex(TIME).default('09:00'),
  send_until: z.string().regex(TIME).default('18:00'),
  /** When planbot looks for what is due: a cron pattern, in Tokyo's time. What is due does not depend on it. */
  schedule: z.string().min(1).default('*/5 * * * *'),
});
export type ReportingCalendar = z.infer<typeof ReportingCalendar>;

/** What index/catalogue says, read once at start. */
export interface Catalogue {
  branches: Branch[];
  indicators: Indicator[];
  ambiguous: AmbiguousTerm[];
  regions: Region[];
  phrases: CataloguePhrase[];
  synonyms: SynonymGroup[];
  /** What headings of tables say, in the order in which they are tried. */
  headings: HeadingWords[];
  dictionary: DictionaryTerm[];
  calendar: ReportingCalendar;
}
