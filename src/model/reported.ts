import { z } from 'zod';
import { dayOf, type IsoDay, lastDayOfMonth } from './calendar-day.ts';
import { FiscalYear } from './fiscal-year.ts';
import { IndicatorId } from './indicator.ts';
import { Target } from './kpi.ts';
import { Evaluation } from './measure.ts';
import { Member } from './member.ts';
import { Owner } from './owner.ts';

/** What staff report in tables of their own, beside the documents. */

/** A figure that a branch reached, as of a day. */
export const ReportedActual = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  indicator: IndicatorId,
  /** YYYY-MM-DD, in that fiscal year. */
  asOf: z.iso.date(),
  /** Null where the indicator has no figure: 実施. */
  value: z.number().nullable(),
  /** As users read it: 81.2％, 3,120事業所, 実施. */
  text: z.string().min(1),
  note: z.string().nullable(),
  /** Of who reports it; absent where nothing was said, as in tables of figures alone. */
  evaluation: Evaluation.optional(),
  /** What is to be done next; with a day it is a commitment that can fall due. */
  next: z.strictObject({ text: z.string().min(1), due: z.iso.date().nullable() }).optional(),
});
export type ReportedActual = z.infer<typeof ReportedActual>;

/** A target that no document states, or that was set anew after the document. */
export const ReportedTarget = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  indicator: IndicatorId,
  target: Target,
  note: z.string().nullable(),
});
export type ReportedTarget = z.infer<typeof ReportedTarget>;

/** The row of each kind of table, by the name that `import --template` takes. */
interface ReportedRows {
  kpi: ReportedActual;
  targets: ReportedTarget;
  owners: Owner;
  members: Member;
}
export type ReportedKind = keyof ReportedRows;
/** Kinds whose rows are kept with all that stood there before; of members the audit log tells. */
export type FigureKind = Exclude<ReportedKind, 'members'>;
export const REPORTED_NAMES: Readonly<Record<ReportedKind, string>> = {
  kpi: '実績',
  targets: '目標',
  owners: '担当者',
  members: '利用者',
};

export type ReportedRow<K extends ReportedKind> = ReportedRows[K];

export const REPORTED: { readonly [K in ReportedKind]: z.ZodType<ReportedRows[K]> } = {
  kpi: ReportedActual,
  targets: ReportedTarget,
  owners: Owner,
  members: Member,
};

/** A row with its 1-based line in the table it came from; null withdraws what was reported under the key. */
export interface ReportedLine<K extends ReportedKind> {
  line: number;
  /** What the row is about; a later row of the same key takes its place. See `reportedKey`. */
  key: string;
  row: ReportedRow<K> | null;
}

/** What an import did; lines of the table, with the row that stood there before. */
export interface FigureChange<K extends ReportedKind = ReportedKind> {
  added: ReportedLine<K>[];
  changed: { before: ReportedRow<K>; after: ReportedLine<K> }[];
  withdrawn: { before: ReportedRow<K>; line: number }[];
  unchanged: number;
}

/** One row a branch, year, indicator and as-of day; one target a branch, year and indicator; one owner a branch. */
export function reportedKey(about: {
  branch: string;
  fy?: FiscalYear | undefined;
  indicator?: IndicatorId | undefined;
  asOf?: string | undefined;
}): string {
  const { branch, fy, indicator, asOf } = about;
  return [branch, fy, indicator, asOf].filter((part) => part !== undefined).join('|');
}

/** As documents print it: 2025-09-30 → 9月末時点, 2025-09-15 → 9月15日時点. */
export function formatAsOf(text: IsoDay): string {
  const { year, month, day } = dayOf(text);
  return `${month}月${text === lastDayOfMonth(year, month) ? '末' : `${day}日`}時点`;
}
