import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { Indicator, IndicatorId, Unit } from '../model/indicator.ts';
import { indicatorName, officialName } from '../model/indicator-name.ts';
import type { Knowledge, PassageSearch } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Judge } from './judge.ts';

/** What every answer is made from. */
export interface Sources {
  catalogue: Catalogue;
  knowledge: Knowledge;
  passages: PassageSearch;
  judge: Judge;
}

export function findIndicator(catalogue: Catalogue, id: IndicatorId): Indicator | null {
  return catalogue.indicators.find((indicator) => indicator.id === id) ?? null;
}

/** Short name: for titles and tables. */
export function nameOf(catalogue: Catalogue, id: IndicatorId): string {
  return indicatorName(id, findIndicator(catalogue, id));
}

/** The name that plans of that year print. */
export function officialNameOf(catalogue: Catalogue, id: IndicatorId, fy: FiscalYear): string {
  return officialName(id, findIndicator(catalogue, id), fy);
}

/** The unit that an indicator is counted in, also where a target is relative and states none. */
export function unitOf(catalogue: Catalogue, kpi: Kpi): Unit | null {
  return kpi.target.unit ?? findIndicator(catalogue, kpi.indicator)?.unit ?? null;
}

/**
 * One row per branch, year and indicator, in the order of the branches. Of two documents that state one KPI
 * the one with an actual is kept: a progress report is newer than the plan it reports on.
 */
export function onePerKpi(catalogue: Catalogue, kpis: readonly Kpi[]): Kpi[] {
  const kept = new Map<string, Kpi>();
  for (const kpi of kpis) {
    const key = `${kpi.branch}/${kpi.fy}/${kpi.indicator}`;
    const known = kept.get(key);
    if (known === undefined || (known.actual === null && kpi.actual !== null)) kept.set(key, kpi);
  }
  const order = new Map(catalogue.branches.map((branch, at) => [branch.name, at]));
  const place = (kpi: Kpi) => order.get(kpi.branch) ?? order.size;
  return [...kept.values()].sort((a, b) => place(a) - place(b));
}

/** How near two names are: shared pairs of characters over all pairs, 0 to 1. */
export function similarity(a: string, b: string): number {
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const [left, right] = [pairs(foldText(a)), pairs(foldText(b))];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
