import type { FiscalYear } from './fiscal-year.ts';
import { type Indicator, type IndicatorId, isOther } from './indicator.ts';

/** Short name: for titles and tables. `indicator` is null for a KPI that one plan alone has. */
export function indicatorName(id: IndicatorId, indicator: Indicator | null): string {
  return indicator?.name ?? (isOther(id) ? id.slice('other:'.length) : id);
}

/** The name that plans of that year print. */
export function officialName(id: IndicatorId, indicator: Indicator | null, fy: FiscalYear): string {
  const official = indicator?.official.find(
    ({ from, to }) => (from === undefined || fy >= from) && (to === undefined || fy <= to),
  );
  return official?.name ?? indicatorName(id, indicator);
}
