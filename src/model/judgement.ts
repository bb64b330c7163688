import type { Indicator, Yardstick } from './indicator.ts';
import type { Actual, Kpi } from './kpi.ts';

/**
 * Why nothing is computed: no target figure, no figure of last year for a relative target or a stock, no as-of month,
 * or nobody has said what kind of figure it is, as of a KPI that one plan alone has.
 */
export type Unjudged = 'no_target' | 'no_previous' | 'no_month' | 'no_yardstick';

export interface Judgement {
  /** `unclear`: there is a figure, and nobody can say whether it is where it should be by now. */
  state: 'met' | 'behind' | 'on_course' | 'unreported' | 'unclear';
  yardstick: Yardstick | null;
  /** What should be reached by the as-of month; null where nothing is computed. */
  expected: number | null;
  /** What counts at the year's end; for a relative target last year's actual. Null where it is unknown. */
  target: number | null;
  unjudged: Unjudged | null;
}

/** Last year's cumulative figures of the same branch: months from April (1 to 12) that were over → figure. */
export type Curve = ReadonlyMap<number, number>;

interface Background {
  /** Absent or without a month in between: the straight line. */
  curve?: Curve | undefined;
  /** Last year's actual where the report itself does not print it. */
  previous?: number | null | undefined;
}

const MONTHS = 12;

/**
 * Months from April that are over at an as-of date: 「５月時点」 is 2, 2025-06-15 is 2.5. Null where it names none.
 */
export function monthsCompleted(asOf: string | null): number | null {
  const text = (asOf ?? '').normalize('NFKC');
  const date = /\d{4}[-/](\d{1,2})(?:[-/](\d{1,2}))?/.exec(text);
  const month = Number(date?.[1] ?? /(\d{1,2})月/.exec(text)?.[1] ?? 0);
  if (month < 1 || month > MONTHS) return null;
  const over = ((month + 8) % MONTHS) + 1;
  const day = Number(date?.[2] ?? /\d月(\d{1,2})日/.exec(text)?.[1] ?? 31);
  return day >= 28 ? over : over - 1 + day / 30;
}

/** Which way is better: the target's own 以上 or 以下, else the indicator's direction. */
export function isLowerBetter(kpi: Kpi, indicator: Indicator | null): boolean {
  return kpi.target.op === '<=' || (kpi.target.op === '=' && indicator?.direction === 'down');
}

interface CurvePoint {
  /** What last year had reached after as many months. */
  value: number;
  end: number;
  /** Months and figures that it lies between, where it was not reported itself; month 0 is the year's beginning. */
  between: readonly (readonly [month: number, figure: number])[];
}

/** Last year's figure after `months`, in a straight line between what is known; null where only its end is known. */
export function curvePoint(curve: Curve, months: number): CurvePoint | null {
  const end = curve.get(MONTHS);
  const isShaped = [...curve.keys()].some((month) => month > 0 && month < MONTHS);
  if (end === undefined || end <= 0 || !isShaped) return null;
  const known = [[0, 0] as const, ...[...curve].sort(([a], [b]) => a - b)];
  const at = known.findIndex(([month]) => month >= months);
  const after = known[at] ?? ([MONTHS, end] as const);
  const before = known[at - 1] ?? ([0, 0] as const);
  if (after[0] === months || after[0] === before[0]) return { value: after[1], end, between: [] };
  const part = (months - before[0]) / (after[0] - before[0]);
  return { value: before[1] + (after[1] - before[1]) * part, end, between: [before, after] };
}

/** Share of last year's result that it had reached after `months`; null where only its end is known. */
export function shareOfCurve(curve: Curve, months: number): number | null {
  const point = curvePoint(curve, months);
  return point === null ? null : point.value / point.end;
}

/**
 * Whether a figure is on course, by the yardstick of what it measures. Level: the target as it stands.
 * Cumulative: target × the share of the year that is over, or last year's share at the same month.
 * Stock: last year's actual + (target − last year's actual) × share. A target that is reached is met, whatever the month.
 */
export function judge(kpi: Kpi, indicator: Indicator | null, background: Background = {}): Judgement {
  const yardstick = indicator?.yardstick ?? null;
  const actual = kpi.actual?.value ?? null;
  const previous = kpi.actual?.previousValue ?? background.previous ?? null;
  const target = kpi.target.value ?? (kpi.target.relative === null ? null : previous);
  const judged = { yardstick, expected: null, target, unjudged: null };
  if (yardstick === 'milestone' || kpi.target.op === 'do') {
    if (!isFigure(kpi.actual)) return { ...judged, yardstick: 'milestone', state: 'unreported' };
    return { ...judgeMilestone(kpi, indicator), target };
  }
  if (actual === null) return { ...judged, state: 'unreported' };
  if (target === null) {
    return { ...judged, state: 'unclear', unjudged: kpi.target.relative ? 'no_previous' : 'no_target' };
  }
  const lower = isLowerBetter(kpi, indicator);
  const meets = (wanted: number, tolerance: number) =>
    lower ? actual <= wanted + tolerance + DUST : actual >= wanted - tolerance - DUST;
  if (meets(target, 0)) return { ...judged, state: 'met', expected: target };
  const expected = expectedSoFar(kpi, yardstick, target, previous, background.curve);
  if (typeof expected !== 'number') {
    return { ...judged, state: 'unclear', unjudged: expected };
  }
  const state = meets(expected, indicator?.tolerance ?? 0) ? 'on_course' : 'behind';
  return { ...judged, yardstick: yardstick ?? 'level', state, expected };
}

/** Far below the last printed digit of any figure: shares of a year are no finite binary numbers. */
const DUST = 1e-9;

function expectedSoFar(
  kpi: Kpi,
  yardstick: Yardstick | null,
  target: number,
  previous: number | null,
  curve: Curve | undefined,
): number | Unjudged {
  if (yardstick === 'level') return target;
  const months = monthsCompleted(kpi.actual?.asOf ?? null);
  // What the year ended with is held against the target as it stands, whatever it measures.
  if (yardstick === null) return months === MONTHS ? target : 'no_yardstick';
  if (months === null) return 'no_month';
  return expectedAfter(months, { yardstick, target, previous, curve });
}

interface Pace {
  yardstick: Yardstick;
  /** What counts at the year's end. */
  target: number;
  previous: number | null;
  curve?: Curve | undefined;
}

/** What should be reached when `months` of the year are over. */
export function expectedAfter(
  months: number,
  { yardstick, target, previous, curve }: Pace,
): number | 'no_previous' {
  const share = months / MONTHS;
  if (yardstick === 'cumulative') return target * (shareOfCurve(curve ?? new Map(), months) ?? share);
  if (yardstick !== 'stock') return target;
  return previous === null ? 'no_previous' : previous + (target - previous) * share;
}

const NO_FIGURE = /^(?:[―－ー—-]|集計中|未集計)?$/;

/** Whether an actual says anything: ― does not. */
export function isFigure(actual: Pick<Actual, 'value' | 'text'> | null): boolean {
  return actual !== null && (actual.value !== null || !NO_FIGURE.test(actual.text.normalize('NFKC').trim()));
}

const UNDONE = /未実施|未着手|実施していない|×/;

/** What is to be done every month is not done when a month passes without it. */
const EVERY_MONTH = /毎月|各月|月\d+回/;

/** A milestone that is not done is behind when its year, or its month, is over, and no sooner. */
function judgeMilestone(kpi: Kpi, indicator: Indicator | null): Omit<Judgement, 'target'> {
  const judged = { yardstick: 'milestone' as const, expected: null, unjudged: null };
  const text = kpi.actual?.text.normalize('NFKC') ?? '';
  const months = monthsCompleted(kpi.actual?.asOf ?? null);
  const words = `${kpi.target.text}${kpi.stated ?? ''}${indicator?.name ?? ''}`.normalize('NFKC');
  const isOver = months === MONTHS || (months !== null && EVERY_MONTH.test(words));
  if (UNDONE.test(text) && isOver) return { ...judged, state: 'behind' };
  return { ...judged, state: /^(?:実施|実施済み?|達成|○)$/.test(text) ? 'met' : 'unclear' };
}

type State = Judgement['state'];

/** A judgement in one word with its sign, the same on every surface: never told by colour alone. */
export const STATE_MARKS: Readonly<Record<State, string>> = {
  met: '達成 ✓',
  on_course: '順調',
  behind: '遅れ ▲',
  unreported: '未報告 ―',
  unclear: '判定できず',
};

/** What needs somebody first. */
export const WORST_FIRST: readonly State[] = ['behind', 'unclear', 'unreported', 'on_course', 'met'];
