import { HEAD_OFFICE } from '../model/branch.ts';
import { type Judgement, monthsCompleted } from '../model/judgement.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Reminder } from '../model/reminder.ts';
import { periodCode, periodEnd, periodOfMonth, reportDeadline } from '../model/reporting-period.ts';
import { curveOf, standingOf } from '../model/standing.ts';
import { dueItem } from './due-item.ts';
import { behindText, type Fallen } from './figure-text.ts';
import type { Situation } from './situation.ts';

/** Figures on the wrong side of what their yardstick expects by their as-of month. */
export function findFiguresBehind(situation: Situation): Reminder[] {
  return situation.kpis
    .filter((kpi) => kpi.branch !== HEAD_OFFICE && isCurrent(situation, kpi))
    .flatMap((kpi): Reminder[] => {
      const fallen = fallenBehind(situation, kpi);
      return fallen ? [reminderOf(situation, fallen)] : [];
    });
}

/** Figures whose target or pace cannot be told, with the reason: said beside others, never alone. */
export function findUnjudged(situation: Situation): { kpi: Kpi; judgement: Judgement }[] {
  return situation.kpis.flatMap((kpi) => {
    if (!isCurrent(situation, kpi)) return [];
    const { judgement } = standingOf(kpi, situation);
    return judgement.unjudged === null ? [] : [{ kpi, judgement }];
  });
}

/** Last year's figures count until the new year's first report is due. */
function isCurrent({ fy, today, catalogue }: Situation, kpi: Kpi): boolean {
  if (kpi.fy === fy) return true;
  return kpi.fy === fy - 1 && today <= reportDeadline({ fy, quarter: 1 }, catalogue.calendar);
}

function fallenBehind(situation: Situation, kpi: Kpi): Fallen | null {
  const { indicator, judgement, previous } = standingOf(kpi, situation);
  const { state, yardstick, expected, target, unjudged } = judgement;
  const months = monthsCompleted(kpi.actual?.asOf ?? null);
  const isTold = state === 'behind' && unjudged === null && yardstick !== null && months !== null;
  if (!isTold) return null;
  const actual = kpi.actual?.value ?? null;
  const gap = actual === null || expected === null ? null : Math.abs(expected - actual);
  const curve = yardstick === 'cumulative' ? curveOf(kpi, situation.actuals) : new Map();
  const isYearOver = situation.fy > kpi.fy;
  return { kpi, indicator, yardstick, actual, expected, target, gap, months, curve, previous, isYearOver };
}

function reminderOf(situation: Situation, fallen: Fallen): Reminder {
  const { kpi, indicator, months, gap } = fallen;
  const period = periodOfMonth(kpi.fy, months);
  const isOver = situation.today > periodEnd(period);
  const stage = isOver ? 'quarter_end' : 'actual';
  const version = `${kpi.actual?.asOf}=${kpi.actual?.value ?? kpi.actual?.text}`;
  return dueItem(
    situation,
    { id: kpi.indicator, version },
    {
      kind: 'kpi_behind',
      branch: kpi.branch,
      fy: kpi.fy,
      period: periodCode(period),
      stage,
      rank: (kpi.fy * 12 + months) * 10 + (isOver ? 1 : 0),
      indicator: kpi.indicator,
      yardstick: fallen.yardstick,
      unit: kpi.target.unit ?? indicator?.unit ?? null,
      actual: fallen.actual,
      asOf: kpi.actual?.asOf ?? null,
      expected: fallen.expected === null ? null : tidy(fallen.expected),
      target: fallen.target,
      gap: gap === null ? null : tidy(gap),
      due: periodEnd({ fy: kpi.fy, quarter: 4 }),
      source: kpi.actualSource ?? kpi.source,
      text: behindText(fallen),
    },
  );
}

/** Shares of a year leave binary dust; no figure has more than six decimals. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}
