import { formatNumber } from '../japanese/amounts.ts';
import type { AnswerRow } from '../model/answer.ts';
import type { Kpi } from '../model/kpi.ts';

export function rowOf(kpi: Kpi, aspect: AnswerRow['aspect'] = 'target'): AnswerRow {
  return {
    branch: kpi.branch,
    fy: kpi.fy,
    indicator: kpi.indicator,
    aspect,
    op: kpi.target.op,
    value: kpi.target.value,
    unit: kpi.target.unit,
    relative: kpi.target.relative,
    actual: kpi.actual?.value ?? null,
    asOf: kpi.actual?.asOf ?? null,
    source: kpi.source,
    actualSource: kpi.actualSource,
  };
}

/** A difference of rates is in points, of counts in their unit. */
export function formatDifference(difference: number, unit: string | null): string {
  return `${formatNumber(Math.abs(difference), 4)}${unit === '%' ? 'ポイント' : (unit ?? '')}`;
}

/** The target with its exception, as users read it. */
export function targetText(kpi: Kpi): string {
  return kpi.target.proviso === null ? kpi.target.text : `${kpi.target.text}（${kpi.target.proviso}）`;
}
