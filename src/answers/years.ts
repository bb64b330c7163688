import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';

export interface ChosenYear {
  fy: FiscalYear;
  /** What was assumed; null where the year was said. */
  note: string | null;
}

/** The year that is meant: the one said, else the latest that is there; null where that one is not there. */
export function chooseYear(asked: FiscalYear | null, known: readonly FiscalYear[]): ChosenYear | null {
  const latest = known.length === 0 ? null : Math.max(...known);
  if (asked === null) {
    if (latest === null) return null;
    const others = new Set(known).size > 1;
    return {
      fy: latest,
      note: others
        ? `年度の指定がないため、最新の${formatFiscalYear(latest)}でお答えしました。`
        : `${formatFiscalYear(latest)}の資料でお答えしました。`,
    };
  }
  return known.includes(asked) ? { fy: asked, note: null } : null;
}

/** The latest year that every one of the branches has; null where there is none. */
export function commonYear(kpis: readonly Kpi[], branches: readonly string[]): FiscalYear | null {
  const years = [...new Set(kpis.map((kpi) => kpi.fy))].sort((a, b) => b - a);
  return (
    years.find((fy) =>
      branches.every((branch) => kpis.some((kpi) => kpi.branch === branch && kpi.fy === fy)),
    ) ?? null
  );
}

/** The year that most branches have a row of: an overview of all is about that one. */
export function widestYear(kpis: readonly Kpi[]): FiscalYear | null {
  const counts = new Map<FiscalYear, number>();
  for (const { fy } of kpis) counts.set(fy, (counts.get(fy) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? null;
}
