import type { Chart } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { currentRows } from '../model/current-rows.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import { indicatorName } from '../model/indicator.ts';
import { expectedAfter, monthsCompleted } from '../model/judgement.ts';
import { figuresOf, type KnownFigure, type SourcedActual } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';
import type { DocumentPart } from '../model/plan-document.ts';
import { formatSource, type Source } from '../model/source.ts';
import { curveOf, type Standing, standingOf } from '../model/standing.ts';
import type { Drawing } from './drawing.ts';

/** All that is known of one indicator of one branch, whatever the year. */
interface TrendParts {
  branch: string;
  indicator: string;
  kpis: readonly Kpi[];
  documents: readonly DocumentPart[];
  actuals: readonly SourcedActual[];
  catalogue: Catalogue;
}

export type Points = Chart['series'][number]['points'];

/** A line of the trend; the chart leaves out what has no point. */
interface TrendLine {
  name: string;
  points: Points;
}

function trendDrawing(
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
function yearSpan(years: readonly FiscalYear[]): string {
  const [first = 0, last = first] = [years[0], years.at(-1)];
  return first === last ? formatFiscalYear(first) : `令和${first}～${last}年度`;
}

const YEAR_END = 12;

interface Reached {
  value: number;
  source: Source;
}

/** Target and result of each year that is known; null where that is less than two figures. */
export function yearTrend(parts: TrendParts): Drawing | null {
  const rows = currentRows(parts.kpis, parts.documents);
  if (rows.length === 0) return null;
  const stated = rows.map(({ fy }) => fy);
  const reached = new Map<FiscalYear, Reached>();
  for (const fy of new Set([...stated, ...stated.map((year) => year - 1)])) {
    const result = resultOf(fy, rows, parts);
    if (result !== null) reached.set(fy, result);
  }
  const known = [...stated, ...reached.keys()];
  const first = Math.min(...known);
  const years = Array.from({ length: Math.max(...known) - first + 1 }, (_, at) => first + at);
  const targets: Points = years.flatMap((fy) => {
    const value = rows.find((row) => row.fy === fy)?.target.value ?? null;
    return value === null ? [] : [{ label: formatFiscalYear(fy), value }];
  });
  const results: Points = years.flatMap((fy) => {
    const result = reached.get(fy);
    return result === undefined ? [] : [{ label: formatFiscalYear(fy), value: result.value }];
  });
  const sources = [...rows.map(({ source }) => source), ...[...reached.values()].map(({ source }) => source)];
  const lines = [
    { name: '目標', points: targets },
    { name: '実績（年度末）', points: results },
  ];
  const labels = years.map(formatFiscalYear);
  return trendDrawing(parts, yearSpan(years), labels, lines, { notes: notesOf(rows, reached), sources });
}

/** What a year ended with: by its own last report, else as the next year's report prints it. */
function resultOf(fy: FiscalYear, rows: readonly Kpi[], parts: TrendParts): Reached | null {
  const { branch, indicator } = parts;
  const last = figuresOf({ branch, indicator, fy }, parts).at(-1);
  if (last?.months === YEAR_END && last.actual.value !== null) {
    return { value: last.actual.value, source: last.source };
  }
  const next = rows.find((row) => row.fy === fy + 1);
  const value = next?.actual?.previousValue ?? null;
  return next === undefined || value === null ? null : { value, source: next.source };
}

function notesOf(rows: readonly Kpi[], reached: ReadonlyMap<FiscalYear, Reached>): string[] {
  const relative = rows.filter(({ target }) => target.value === null && target.relative !== null);
  const [newest] = [...rows].sort((a, b) => b.fy - a.fy);
  const soFar = newest?.actual ?? null;
  const isPartial = soFar?.value != null && monthsCompleted(soFar.asOf) !== YEAR_END;
  return [
    ...relative.map(
      ({ fy, target }) => `${formatFiscalYear(fy)}の目標は「${target.text}」で、数値がありません。`,
    ),
    ...(isPartial && soFar !== null && !reached.has(newest?.fy ?? 0)
      ? [
          `${formatFiscalYear(newest?.fy ?? 0)}の実績は${soFar.text}（${soFar.asOf ?? '時点の記載なし'}）で、年度の途中のため線に含めていません。`,
        ]
      : []),
  ];
}

const QUARTERS = [1, 2, 3, 4] as const;

/** Target, guide and what was reached in each quarter of a year; null where that is less than two figures. */
export function quarterTrend(parts: TrendParts, fy: FiscalYear): Drawing | null {
  const rows = currentRows(parts.kpis, parts.documents);
  const kpi = rows.find((row) => row.fy === fy);
  if (kpi === undefined) return null;
  const standing = standingOf(kpi, { ...parts, kpis: rows });
  const reached = byQuarter(figuresOf(kpi, parts));
  const before = byQuarter(figuresOf({ ...kpi, fy: fy - 1 }, parts));
  const columns = QUARTERS.map((quarter) => {
    const figure = reached.get(quarter);
    return { quarter, figure, months: figure?.months ?? quarter * 3, label: labelOf(quarter, figure) };
  });
  const points = (figureOf: (column: (typeof columns)[number]) => number | null): Points =>
    columns.flatMap((column) => {
      const value = figureOf(column);
      return value === null ? [] : [{ label: column.label, value }];
    });
  const { target } = standing.judgement;
  const actual = points(({ figure }) => figure?.actual.value ?? null);
  const isRelative = kpi.target.value === null && kpi.target.relative !== null;
  const lines = [
    { name: isRelative ? '目標（前年度実績）' : '目標', points: points(() => target) },
    { name: '目安', points: points(({ months }) => guideAt(months, standing, parts)) },
    { name: '実績', points: actual },
    { name: '前年度の実績', points: points(({ quarter }) => before.get(quarter)?.actual.value ?? null) },
  ];
  const notes = [
    ...(actual.length === 0 ? ['この年度の実績は、まだ報告されていません。'] : []),
    ...(lines[1]?.points.length === 0 ? [] : [guideNote(standing)]),
  ];
  const sources = [kpi.source, ...[...reached.values(), ...before.values()].map(({ source }) => source)];
  const labels = columns.map(({ label }) => label);
  return trendDrawing(parts, formatFiscalYear(fy), labels, lines, { notes, sources });
}

/** The newest figure of each quarter. */
function byQuarter(figures: readonly KnownFigure[]): Map<number, KnownFigure> {
  return new Map(
    figures
      .filter(({ actual }) => actual.value !== null)
      .map((figure) => [Math.min(4, Math.max(1, Math.ceil(figure.months / 3))), figure]),
  );
}

function labelOf(quarter: number, figure: KnownFigure | undefined): string {
  return `第${quarter}四半期（${figure?.actual.asOf ?? `${((quarter * 3 + 2) % 12) + 1}月末`}）`;
}

/** Only of what grows over the year: a level is held against the target as it stands. */
function guideAt(months: number, { kpi, indicator, judgement, previous }: Standing, parts: TrendParts) {
  const { target } = judgement;
  const yardstick = indicator?.yardstick ?? null;
  if (target === null || (yardstick !== 'cumulative' && yardstick !== 'stock')) return null;
  const curve = curveOf(kpi, parts.actuals);
  const guide = expectedAfter(months, { yardstick, target, previous, curve });
  return typeof guide === 'number' ? Number(guide.toFixed(digitsOf(target, kpi))) : null;
}

/** A guide is no finer than the figures that it is held against. */
function digitsOf(target: number, { actual }: Standing['kpi']): number {
  const printed = [target, actual?.value ?? 0].map((value) => String(value).split('.')[1]?.length ?? 0);
  return Math.max(...printed);
}

function guideNote({ indicator }: Standing): string {
  return indicator?.yardstick === 'stock'
    ? '目安は、前年度末から目標までの積み増しを月割りにしたものです。'
    : '目安は、目標を経過した月の割合（前年度の推移が分かればその割合）で割り振ったものです。';
}
