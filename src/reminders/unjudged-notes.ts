import { findUnjudged } from './due-figures.ts';
import type { Situation } from './situation.ts';
import { indicatorName } from './wording.ts';

const REASONS = {
  no_target: '目標の数値が資料にないため',
  no_previous: '前年度の実績が資料にないため',
  no_month: '実績の時点が資料にないため',
} as const;

/** Figures of a branch that could not be judged, and why: a word beside what is due. */
export function unjudgedNotes(situation: Situation, branch: string): string[] {
  return findUnjudged(situation)
    .filter(({ kpi }) => kpi.branch === branch && kpi.actual !== null)
    .flatMap(({ kpi, judgement: { unjudged } }) => {
      const indicator = situation.catalogue.indicators.find(({ id }) => id === kpi.indicator) ?? null;
      const name = indicatorName(kpi.indicator, indicator);
      return unjudged === null
        ? []
        : [`${name}（目標${kpi.target.text}）は、${REASONS[unjudged]}判定していません。`];
    });
}
