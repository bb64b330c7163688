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

/** Words that mean the same in plan text: the first is the one the plans print. */
export const SynonymGroup = z.array(z.string().min(1)).min(2);
export type SynonymGroup = z.infer<typeof SynonymGroup>;

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/;

/** When a quarter's report is due, and when to say so; days are business days. */
export const ReportingCalendar = z.strictObject({
  /** Months after the quarter's end in whose last business day the report is due. */
  due_months_after_quarter: z.int().min(0).max(6),
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
  synonyms: SynonymGroup[];
  dictionary: DictionaryTerm[];
  calendar: ReportingCalendar;
}
