import type { Catalogue } from '../model/catalogue.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import { nameOf, onePerKpi, similarity } from './look-up.ts';
import { targetText } from './rows.ts';

const SHOWN = 3;

export interface NearestKpis {
  kpis: Kpi[];
  /** 「郵送化率」（令和3年度 95.0％以上）、… */
  list: string;
}

/** The KPIs whose names are most like what was asked for: what a refusal offers instead. */
export function nearestKpis(catalogue: Catalogue, all: readonly Kpi[], asked: string): NearestKpis {
  const kpis = onePerKpi(catalogue, [...all])
    .map((kpi) => ({ kpi, nearness: similarity(nameOf(catalogue, kpi.indicator), asked) }))
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, SHOWN)
    .map(({ kpi }) => kpi);
  const list = kpis
    .map((kpi) => `「${nameOf(catalogue, kpi.indicator)}」（${formatFiscalYear(kpi.fy)} ${targetText(kpi)}）`)
    .join('、');
  return { kpis, list };
}
