import { z } from 'zod';
import { FiscalYear } from './fiscal-year.ts';
import type { Kpi } from './kpi.ts';
import { Source } from './source.ts';

/** ○ done or on course, △ partly, × not, ― nothing yet. */
export const Evaluation = z.enum(['○', '△', '×', '―']);
export type Evaluation = z.infer<typeof Evaluation>;

/** What a report prints as its evaluation: some grade from S or A down to D instead. */
export const Rating = z.enum([...Evaluation.options, 'S', 'A', 'B', 'C', 'D']);
export type Rating = z.infer<typeof Rating>;

/** One numbered item of a plan; a progress report adds what was done, its evaluation and what comes next. */
export const Measure = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  section: z.array(z.string()),
  /** ①, ⑥ as printed; empty where the section has one unnumbered item. */
  number: z.string(),
  plan: z.string(),
  progress: z.string().nullable(),
  evaluation: Rating.nullable(),
  next: z.string().nullable(),
  source: Source,
});
export type Measure = z.infer<typeof Measure>;

/** The numbered items of the section that a KPI stands in. */
export function measuresUnder(
  { branch, fy, section }: Pick<Kpi, 'branch' | 'fy' | 'section'>,
  measures: readonly Measure[],
): Measure[] {
  const isWithin = (of: readonly string[]) =>
    section.length > 0 && section.every((heading, at) => of[at] === heading);
  return measures.filter(
    (measure) => measure.branch === branch && measure.fy === fy && isWithin(measure.section),
  );
}

/** A promise with a date in words (上期, ９月, 12月までに): it can fall due. */
export const Commitment = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  section: z.array(z.string()),
  number: z.string(),
  text: z.string(),
  /** What it is about, where its own words do not say: 第2回評議会. */
  subject: z.string().min(1).optional(),
  /** Months from one time to the next of what is done again and again: 1 for 毎月. */
  everyMonths: z.int().positive().optional(),
  /** The words of the date as printed. */
  when: z.string(),
  /** First and last day that the words mean, YYYY-MM-DD. */
  from: z.iso.date(),
  to: z.iso.date(),
  source: Source,
});
export type Commitment = z.infer<typeof Commitment>;

/** What is about the end of a contract ends so: nobody carries it out. */
export const CONTRACT_END = 'の契約終了';

/** A count that a report prints per period: サービススタンダード 決定件数, ４～６月, 31,973件（４月）. */
export const Count = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  /** The table's title: サービススタンダード達成状況. */
  table: z.string(),
  /** The row's label: 決定件数. */
  label: z.string(),
  /** The column as printed: ４～６月, ５月, 対象者数. */
  period: z.string(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  text: z.string(),
  /** As printed: ５月分まで. */
  asOf: z.string().nullable(),
  source: Source,
});
export type Count = z.infer<typeof Count>;

/** What a table of places plans and then reports, a row each: 利島（島しょ部健診）. */
export function visitSubject({ table, label }: Pick<Count, 'table' | 'label'>): string {
  return `${label}（${table.replace(/の?実施状況$/, '')}）`;
}
