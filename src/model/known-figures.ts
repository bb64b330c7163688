import { monthsCompleted } from './judgement.ts';
import type { Actual, Kpi } from './kpi.ts';
import type { Evaluation } from './measure.ts';
import { formatAsOf, type ReportedActual } from './reported.ts';
import { type MonthNumber, monthNumber } from './reporting-period.ts';
import type { Source } from './source.ts';

/** A figure that staff reported, with its place in the table it came from. */
export type SourcedActual = ReportedActual & { source: Source };

/** What one branch reached of one indicator, at one as-of date of the year. */
export interface KnownFigure {
  /** From April, as `monthsCompleted`. */
  months: number;
  actual: Actual;
  source: Source;
  /** Null where a document states the figure: its evaluations belong to its measures. */
  reported: { evaluation: Evaluation | null; next: string | null } | null;
}

/** All that is known of a KPI's year, oldest first: what documents state and what staff reported. */
export function figuresOf(
  about: Pick<Kpi, 'branch' | 'fy' | 'indicator'>,
  { kpis, actuals }: { kpis: readonly Kpi[]; actuals: readonly SourcedActual[] },
): KnownFigure[] {
  const isMeant = (row: Pick<Kpi, 'branch' | 'fy' | 'indicator'>) =>
    row.branch === about.branch && row.fy === about.fy && row.indicator === about.indicator;
  const own = kpis.filter(isMeant);
  const shown = own.map(({ actual, actualSource, source }) => ({ actual, source: actualSource ?? source }));
  const documented = own.flatMap((kpi) => kpi.documented ?? []);
  const stated = [...shown, ...documented].map((figure) => ({ ...figure, reported: null }));
  const reported = actuals.filter(isMeant).map(({ value, text, asOf, source, evaluation, next }) => ({
    actual: { value, text, asOf: formatAsOf(asOf), previousValue: null, previousText: null },
    source,
    reported: { evaluation: evaluation ?? null, next: next?.text ?? null },
  }));
  const byMonth = new Map<number, KnownFigure>();
  // What staff reported comes last, so that it wins over a document of the same month.
  for (const { actual, ...figure } of [...stated, ...reported]) {
    const months = monthsCompleted(actual?.asOf ?? null);
    if (actual !== null && months !== null) byMonth.set(months, { months, actual, ...figure });
  }
  return [...byMonth.values()].sort((a, b) => a.months - b.months);
}

/** The last month that each file's figures are of: what it says in words is of that month too. */
export function monthsOfFiles(kpis: readonly Kpi[]): Map<string, MonthNumber> {
  const months = new Map<string, MonthNumber>();
  for (const { fy, actual, source, actualSource, documented } of kpis) {
    const stated = documented ?? { actual, source: actualSource ?? source };
    const month = monthNumber(fy, stated.actual?.asOf ?? null) ?? 0;
    const { file } = stated.source;
    months.set(file, Math.max(months.get(file) ?? 0, month));
  }
  return months;
}
