import { dayOf, type IsoDay } from './calendar-day.ts';
import type { ReportingCalendar } from './catalogue.ts';
import { fiscalYearOf } from './fiscal-year.ts';
import type { Indicator, Unit } from './indicator.ts';
import { monthsCompleted } from './judgement.ts';

/** Things and people come in wholes; days and yen may be means. */
const WHOLE: ReadonlySet<Unit> = new Set(['事業所', '社', '人', '件']);

/** Why a figure cannot be, in its own unit: a Japanese sentence without its full stop; null where it can. */
export function implausible(value: number, unit: Unit | null): string | null {
  if (value < 0) return '0以上の数値を書いてください';
  if (unit === '%' && value > 100) return '100％以下の数値を書いてください';
  return unit !== null && WHOLE.has(unit) && !Number.isInteger(value)
    ? `整数で書いてください（単位は ${unit}）`
    : null;
}

/** A figure as it was known before. */
interface EarlierFigure {
  value: number;
  asOf: IsoDay;
}

export type JumpLimits = Pick<ReportingCalendar, 'confirm_points' | 'confirm_percent'>;

/** A figure that adds up over the year and moves this much faster than before is asked about. */
const PACE = 2;

/**
 * Why a figure should be looked at again beside the last one: a Japanese sentence without its full stop; null
 * where it need not. A cumulative figure of the same year may rise but not fall, nor rise at more than twice its
 * pace; of another year it tells no pace. Any other, and a correction of the same day, may move by the catalogue's
 * points (rates) and per cent.
 */
export function jumpFrom(
  last: EarlierFigure,
  next: EarlierFigure,
  indicator: Indicator | null,
  limits: JumpLimits,
): string | null {
  if (indicator?.yardstick === 'cumulative' && last.asOf !== next.asOf) {
    return sameYear(last, next) ? cumulativeJump(last, next, indicator, limits) : null;
  }
  const moved = Math.abs(next.value - last.value);
  const rate = indicator?.unit === '%';
  if (rate && moved > limits.confirm_points + DUST) {
    return `${limits.confirm_points}ポイントを超えて変わっています`;
  }
  return last.value !== 0 && moved / Math.abs(last.value) > limits.confirm_percent / 100 + DUST
    ? `前回から${limits.confirm_percent}％を超えて変わっています`
    : null;
}

/** A year's first figure may lag this much behind an even pace: many campaigns begin slowly. */
const SLOW_START = 4;

/**
 * Why a year's first figure should be looked at again beside what the whole year is to reach, or last year reached:
 * a Japanese sentence without its full stop; null where it need not. What adds up is held against an even pace.
 */
export function unlikeYear(
  whole: number,
  next: EarlierFigure,
  indicator: Indicator | null,
  limits: JumpLimits,
): string | null {
  const isSteady = indicator !== null && indicator.yardstick !== 'cumulative';
  if (isSteady) {
    const apart = Math.abs(next.value - whole);
    if (indicator.unit === '%' && apart > limits.confirm_points + DUST) {
      return `目標から${limits.confirm_points}ポイントを超えて離れています`;
    }
    return whole !== 0 && apart / Math.abs(whole) > limits.confirm_percent / 100 + DUST
      ? `目標から${limits.confirm_percent}％を超えて離れています`
      : null;
  }
  const even = (whole * (monthsCompleted(next.asOf) ?? 12)) / 12;
  // Nobody knows whether what one plan alone has adds up: it may have reached the whole at once.
  const most = indicator === null ? whole : even;
  if (next.value > most * PACE + DUST) return '年度末の値から月割りした進み方の2倍を超えています';
  return next.value < even / SLOW_START - DUST
    ? '年度末の値から月割りした進み方の4分の1に届いていません'
    : null;
}

/** Differences of decimal figures are no finite binary numbers. */
const DUST = 1e-9;

function sameYear(one: EarlierFigure, other: EarlierFigure): boolean {
  return fiscalYearOf(dayOf(one.asOf)) === fiscalYearOf(dayOf(other.asOf));
}

function cumulativeJump(
  last: EarlierFigure,
  next: EarlierFigure,
  indicator: Indicator,
  limits: JumpLimits,
): string | null {
  if (next.value < last.value - DUST) return '年度内に積み上がる指標ですが、前回より減っています';
  const before = monthsCompleted(last.asOf) ?? 0;
  const now = monthsCompleted(next.asOf) ?? 0;
  if (before <= 0 || last.value <= 0) {
    return indicator.unit === '%' && next.value - last.value > limits.confirm_points + DUST
      ? `${limits.confirm_points}ポイントを超えて増えています`
      : null;
  }
  const pace = next.value / now / (last.value / before);
  return pace > PACE + DUST ? '1か月当たりの進み方が、これまでの2倍を超えています' : null;
}
