import type { Quarter } from '../model/fiscal-year.ts';
import { monthsCompleted } from '../model/judgement.ts';
import { figuresOf, type KnownFigure, type SourcedActual } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';

export interface FigureParts {
  /** Of the branch; the year and the one before. */
  kpis: readonly Kpi[];
  actuals: readonly SourcedActual[];
}

const YEAR_END = 12;

/** The newest figure up to the end of the quarter, as of the month that it names; null where there is none. */
export function figureAt(kpi: Kpi, quarter: Quarter | null, parts: FigureParts): KnownFigure | null {
  const known = figuresOf(kpi, parts).filter(({ months }) => quarter === null || months <= quarter * 3);
  return known.at(-1) ?? null;
}

/** What last year ended with by its own report; null where that is not known. */
export function lastYearEnd(kpi: Kpi, parts: FigureParts): KnownFigure | null {
  return figuresOf({ ...kpi, fy: kpi.fy - 1 }, parts).find(({ months }) => months === YEAR_END) ?? null;
}

/** The quarter of the newest figure of the year; null where none was reported. */
export function lastReported(kpis: readonly Kpi[], parts: FigureParts): Quarter | null {
  const months = kpis.flatMap((kpi) =>
    figuresOf(kpi, parts)
      .filter(({ actual }) => actual.value !== null)
      .map((figure) => figure.months),
  );
  return months.length === 0
    ? null
    : (Math.min(4, Math.max(1, Math.ceil(Math.max(...months) / 3))) as Quarter);
}

/** Whether a document already tells of months after the quarter, so that what it plans next came later. */
export function isLater(file: string, quarter: Quarter | null, { kpis }: FigureParts): boolean {
  const own = kpis.filter(({ source }) => source.file === file);
  const stated = own.map(({ actual, documented }) => documented?.actual ?? actual);
  const newest = Math.max(0, ...stated.map((actual) => monthsCompleted(actual?.asOf ?? null) ?? 0));
  return quarter !== null && newest > quarter * 3;
}
