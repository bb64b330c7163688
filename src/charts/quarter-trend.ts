import { currentRows } from '../model/current-rows.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import { expectedAfter } from '../model/judgement.ts';
import { figuresOf, type KnownFigure } from '../model/known-figures.ts';
import { curveOf, type Standing, standingOf } from '../model/standing.ts';
import type { Drawing } from './drawing.ts';
import { type Points, type TrendParts, trendDrawing } from './trend.ts';

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
