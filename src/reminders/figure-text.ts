import { formatBranch } from '../model/branch.ts';
import type { Indicator, Unit, Yardstick } from '../model/indicator.ts';
import { type Curve, isLowerBetter, shareOfCurve } from '../model/judgement.ts';
import type { Kpi } from '../model/kpi.ts';
import { formatSource } from '../model/source.ts';
import { decimalsFor, difference, indicatorName, number, withUnit, YARDSTICK_NAMES } from './wording.ts';

/** A figure that is behind, with all that its sentence says. */
export interface Fallen {
  kpi: Kpi;
  indicator: Indicator | null;
  yardstick: Yardstick;
  /** Null for a milestone. */
  actual: number | null;
  expected: number | null;
  target: number | null;
  gap: number | null;
  /** From April, at the as-of date. */
  months: number;
  curve: Curve;
  previous: number | null;
  /** Nothing can be added any more: no pace is told. */
  isYearOver: boolean;
}

/** Actual, target, what was expected and how it is computed, the gap, what would still reach the target, the source. */
export function behindText(fallen: Fallen): string {
  const { kpi, indicator, actual, expected, target, gap } = fallen;
  const name = `${formatBranch(kpi.branch)} ${indicatorName(kpi.indicator, indicator)}`;
  const source = `（${sourcesOf(kpi)}）`;
  const asOf = kpi.actual?.asOf ?? '';
  if (actual === null || expected === null || target === null || gap === null) {
    return `${name}：${asOf} ${kpi.actual?.text ?? ''}。年度末までの目標「${kpi.target.text}」に届いていません。${source}`;
  }
  const unit = kpi.target.unit ?? indicator?.unit ?? null;
  const decimals = decimalsFor(gap);
  const lower = isLowerBetter(kpi, indicator);
  const has = `実績${kpi.actual?.text}（${asOf}）、目標${targetWords(kpi, target, unit)}`;
  const measure = `${arithmetic(fallen, decimals)}（${YARDSTICK_NAMES[fallen.yardstick]}の指標）`;
  const far = `${difference(gap, unit, decimals)}${lower ? '上回って' : '下回って'}います`;
  return `${name}：${has}。${measure}を${far}。${pace(fallen, target, actual, unit, lower)}${source}`;
}

/** The figure's place, and the target's where it is another. */
function sourcesOf({ source, actualSource }: Kpi): string {
  const places = actualSource
    ? [formatSource(actualSource), `目標は${formatSource(source)}`]
    : [formatSource(source)];
  return places.join('、');
}

function targetWords({ target: { text, relative, value } }: Kpi, target: number, unit: Unit | null): string {
  return relative !== null && value === null ? `${text}（前年度${withUnit(target, unit)}）` : text;
}

/** この時点の目安5.6％＝33.6％×2か月÷12か月. */
function arithmetic(fallen: Fallen, decimals: number): string {
  const { kpi, indicator, yardstick, expected, target, months, curve, previous } = fallen;
  const unit = kpi.target.unit ?? indicator?.unit ?? null;
  if (expected === null || target === null) return '目標';
  const guide = `この時点の目安${withUnit(expected, unit, Math.max(decimals, 2))}`;
  const share = `${number(months, 1)}か月÷12か月`;
  if (months === 12 || yardstick === 'level') return '目標の水準';
  if (yardstick === 'stock' && previous !== null) {
    const base = withUnit(previous, unit);
    return `${guide}＝前年度末${base}＋（${withUnit(target, unit)}－${base}）×${share}`;
  }
  const part = shareOfCurve(curve, months);
  const end = curve.get(12);
  if (part === null || end === undefined) return `${guide}＝${withUnit(target, unit)}×${share}`;
  return `${guide}＝${withUnit(target, unit)}×前年度の同じ時期${withUnit(part * end, unit)}÷前年度末${withUnit(end, unit)}`;
}

function pace(fallen: Fallen, target: number, actual: number, unit: Unit | null, lower: boolean): string {
  const { months, yardstick, isYearOver } = fallen;
  const left = 12 - months;
  const missing = Math.abs(target - actual);
  if (left <= 0) return '年度末の実績です。';
  if (isYearOver) return '年度は終わりましたが、年度末の実績の報告がありません。';
  if (yardstick === 'level') {
    return `目標まであと${difference(missing, unit)}${lower ? '下げる' : '上げる'}必要があります。`;
  }
  const each = missing / left;
  return `目標に届くには、この時点から残り${number(left, 1)}か月で毎月${difference(each, unit, decimalsFor(each))}の積み上げが必要です。`;
}
