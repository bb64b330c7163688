import { currentRows } from '../model/current-rows.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import { monthsCompleted } from '../model/judgement.ts';
import { figuresOf } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Source } from '../model/source.ts';
import type { Drawing } from './drawing.ts';
import { type Points, type TrendParts, trendDrawing, yearSpan } from './trend.ts';

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
