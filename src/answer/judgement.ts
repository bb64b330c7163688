import { formatNumber } from '../japanese/amounts.ts';
import { normalize } from '../japanese/normalize.ts';
import type { Indicator, Yardstick } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';

export interface Judgement {
  state: 'met' | 'behind' | 'on_course' | 'unreported' | 'unclear';
  yardstick: Yardstick | null;
  /** What should be reached by the as-of month; null where nothing is computed. */
  expected: number | null;
}

/** Share of the fiscal year that is over at the end of the month in 「５月時点」; null where none is named. */
export function shareOfYear(asOf: string | null): number | null {
  const month = Number(/(\d{1,2})月/.exec(normalize(asOf ?? ''))?.[1] ?? 0);
  if (month < 1 || month > 12) return null;
  return (((month + 8) % 12) + 1) / 12;
}

function meets(kpi: Kpi, expected: number, actual: number, tolerance: number): boolean {
  if (kpi.target.op === '<=') return actual <= expected + tolerance;
  return actual >= expected - tolerance;
}

function expectedSoFar(kpi: Kpi, yardstick: Yardstick, target: number): number | null {
  const share = shareOfYear(kpi.actual?.asOf ?? null);
  if (yardstick === 'level') return target;
  if (share === null) return null;
  if (yardstick === 'cumulative') return target * share;
  const before = kpi.actual?.previousValue ?? null;
  return before === null ? null : before + (target - before) * share;
}

/** Whether a figure is on course, by the yardstick of what it measures. */
export function judge(kpi: Kpi, indicator: Indicator | null): Judgement {
  const yardstick = indicator?.yardstick ?? null;
  const actual = kpi.actual?.value ?? null;
  const target =
    kpi.target.value ?? (kpi.target.relative === null ? null : (kpi.actual?.previousValue ?? null));
  if (yardstick === 'milestone' || kpi.target.op === 'do')
    return { state: 'unclear', yardstick: 'milestone', expected: null };
  if (actual === null) return { state: 'unreported', yardstick, expected: null };
  if (target === null) return { state: 'unclear', yardstick, expected: null };
  const tolerance = indicator?.tolerance ?? 0;
  if (meets(kpi, target, actual, 0)) return { state: 'met', yardstick, expected: target };
  const expected = yardstick === null ? null : expectedSoFar(kpi, yardstick, target);
  if (expected === null) return { state: 'behind', yardstick, expected: target };
  return { state: meets(kpi, expected, actual, tolerance) ? 'on_course' : 'behind', yardstick, expected };
}

const YARDSTICKS: Record<Yardstick, string> = {
  level: '目標とそのまま比べました',
  cumulative: '経過した月の割合で比べました',
  stock: '前年度末からの積み増しを月割りで比べました',
  milestone: '実施したかどうかで見ます',
};

/** 遅れ（５月時点の目安 0.65、経過した月の割合で比べました）. */
export function markText({ state, yardstick, expected }: Judgement): string {
  if (state === 'met') return '達成 ✓（目標に届いています）';
  if (state === 'unreported') return '未報告';
  if (state === 'unclear')
    return yardstick === 'milestone'
      ? '数値のない目標です（実施したかどうかで見ます）'
      : '目標の数値がないため判定できません';
  const measure = yardstick === null ? '' : `。${YARDSTICKS[yardstick]}`;
  const guide =
    expected === null || yardstick === 'level' ? '' : `。この時点の目安は${formatNumber(expected, 2)}`;
  return state === 'behind'
    ? `遅れ（目標に届いていません${guide}${measure}）`
    : `順調（目標には未達ですが、ペースは保っています${guide}${measure}）`;
}
