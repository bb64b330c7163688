import { z } from 'zod';
import { FiscalYear } from './fiscal-year.ts';
import { IndicatorId } from './indicator.ts';
import { Target } from './kpi.ts';
import { Evaluation } from './measure.ts';
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
}
export type ReportedKind = keyof ReportedRows;
export type ReportedRow<K extends ReportedKind> = ReportedRows[K];

export const REPORTED: { readonly [K in ReportedKind]: z.ZodType<ReportedRows[K]> } = {
  kpi: ReportedActual,
  targets: ReportedTarget,
  owners: Owner,
};

/** A row with its 1-based line in the table it came from; null withdraws what was reported under the key. */
export interface ReportedLine<K extends ReportedKind> {
  line: number;
  /** What the row is about; a later row of the same key takes its place. See `reportedKey`. */
  key: string;
  row: ReportedRow<K> | null;
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
