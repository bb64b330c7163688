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

/** When a quarter's report is due, and when to say so; days are business days. */
export const ReportingCalendar = z.strictObject({
  /** Months after the quarter's end in whose last business day the report is due. */
  due_months_after_quarter: z.int().min(0).max(6),
  notice_business_days_before: z.array(z.int().nonnegative()),
  repeat_every_business_days: z.int().positive(),
  escalate_after_business_days: z.int().positive(),
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
