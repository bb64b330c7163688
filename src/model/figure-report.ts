import { z } from 'zod';
import { FiscalYear, Quarter } from './fiscal-year.ts';
import { type Indicator, IndicatorId, type Unit } from './indicator.ts';
import type { Judgement } from './judgement.ts';
import { Evaluation } from './measure.ts';

/** What a person reports on: a quarter of a branch, as of a day in that year. */
export const ReportScope = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  quarter: Quarter,
  /** YYYY-MM-DD. */
  asOf: z.iso.date(),
});
export type ReportScope = z.infer<typeof ReportScope>;

/** One figure as it is to be kept. */
export const ReportEntry = z.strictObject({
  indicator: IndicatorId,
  /** Null where the indicator has no figure: 実施. */
  value: z.number().nullable(),
  /** As users read it: 81.2％. */
  text: z.string().min(1),
  evaluation: Evaluation.nullable(),
  comment: z.string().nullable(),
  next: z.strictObject({ text: z.string().min(1), due: z.iso.date().nullable() }).nullable(),
});
export type ReportEntry = z.infer<typeof ReportEntry>;

/** An indicator that a branch's year has, with what is known of it on the day that is reported on. */
export interface SheetLine {
  indicator: string;
  name: string;
  known: Indicator | null;
  unit: Unit | null;
  /** As printed: 88.3％以上. */
  target: string;
  /** The target in the indicator's own unit; null where it is relative or a deed. */
  aim: number | null;
  /** What was reported for this very day, to be corrected. */
  own: ReportEntry | null;
  /** The newest figure up to that day, of this year or of the last year's end; null where none is known. */
  last: { value: number; text: string; asOf: string } | null;
  /** The newest figure after that day: what is reported now will not be the one that answers; null where none is known. */
  newer: { text: string; asOf: string } | null;
}

/** A figure that differs so much from the last one that the person is asked again. */
export interface Jump {
  indicator: string;
  name: string;
  /** Of a year's first figure, its target: without a day. */
  from: { text: string; asOf: string | null };
  to: string;
  /** A Japanese sentence without its full stop. */
  why: string;
}

/** What of a report is new, as its card tells it. */
export interface SavedFigure extends ReportEntry {
  name: string;
  target: string;
  /** Null where a newer figure is known: that one is judged. */
  state: Judgement['state'] | null;
  /** What stood for the same day before; null where nothing did. */
  corrected: string | null;
  /** What stood there is taken back: there is no figure of that day any more. */
  isWithdrawn: boolean;
  last: SheetLine['last'];
}

export interface SavedReport {
  scope: ReportScope;
  /** Empty where all of it was known already: nothing was written. */
  figures: SavedFigure[];
  unchanged: number;
  /** The branch's own channel; null where none is registered. */
  channel: string | null;
}
