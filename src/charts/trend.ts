import type { Chart } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import { indicatorName } from '../model/indicator-name.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';
import type { DocumentPart } from '../model/plan-document.ts';
import { formatSource, type Source } from '../model/source.ts';
import type { Drawing } from './drawing.ts';

/** All that is known of one indicator of one branch, whatever the year. */
export interface TrendParts {
  branch: string;
  indicator: string;
  kpis: readonly Kpi[];
  documents: readonly DocumentPart[];
  actuals: readonly SourcedActual[];
  catalogue: Catalogue;
}

export type Points = Chart['series'][number]['points'];

/** A line of the trend; the chart leaves out what has no point. */
export interface TrendLine {
  name: string;
  points: Points;
}

export function trendDrawing(
  { branch, indicator, kpis, catalogue }: TrendParts,
  when: string,
  labels: readonly string[],
  lines: readonly TrendLine[],
  { notes, sources }: { notes: readonly string[]; sources: readonly Source[] },
): Drawing | null {
  const series = lines.filter(({ points }) => points.length > 0);
  if (series.reduce((sum, { points }) => sum + points.length, 0) < 2) return null;
  const known = catalogue.indicators.find(({ id }) => id === indicator) ?? null;
  const name = indicatorName(indicator, known);
  const unit = known?.unit ?? kpis.find(({ target }) => target.unit !== null)?.target.unit ?? '';
  const places = new Set(sources.map(formatSource));
  return {
    chart: { kind: 'line', title: `${formatBranch(branch)} ${when} ${name}の目標と実績`, unit, series },
    labels,
    highlight: [],
    rows: new Map(),
    apart: [],
    notes,
    sources: [...places],
  };
}

/** 令和3～7年度. */
export function yearSpan(years: readonly FiscalYear[]): string {
  const [first = 0, last = first] = [years[0], years.at(-1)];
  return first === last ? formatFiscalYear(first) : `令和${first}～${last}年度`;
}
