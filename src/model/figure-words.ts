import type { Indicator, Unit, Yardstick } from './indicator.ts';
import { curvePoint, monthsCompleted } from './judgement.ts';
import type { Kpi } from './kpi.ts';
import type { Standing } from './standing.ts';

const MOST_DECIMALS = 4;

/** Things and people come in wholes: what is needed of them is rounded up. */
const WHOLE: ReadonlySet<Unit> = new Set(['事業所', '社', '人', '件']);

/** To so many decimals, half up as people round: a share of a year is no finite binary number. */
export function rounded(value: number, decimals: number): number {
  const digits = `${Math.abs(value).toFixed(9)}e${decimals}`;
  return Math.sign(value) * Number(`${Math.round(Number(digits))}e-${decimals}`);
}

/** What should be reached or added, as it is shown: 3.575％ → 3.58％, 10.2事業所 → 11事業所. */
export function shown(value: number, unit: Unit | null, decimals: number): number {
  if (unit === null || !WHOLE.has(unit)) return rounded(value, decimals);
  return Math.ceil(rounded(value, 6));
}

/** 12,850, 0.077, 40.49: at most as many decimals as say something beside the gap. */
export function formatReminderNumber(value: number, decimals = MOST_DECIMALS, atLeast = 0): string {
  const digits = `${decimals}|${atLeast}`;
  const format =
    FORMATS.get(digits) ??
    new Intl.NumberFormat('ja-JP', { minimumFractionDigits: atLeast, maximumFractionDigits: decimals });
  FORMATS.set(digits, format);
  return format.format(rounded(value, decimals));
}

/** Making one costs a hundred times what using it does. */
const FORMATS = new Map<string, Intl.NumberFormat>();

export function withSentenceUnit(
  value: number,
  unit: Unit | null,
  decimals?: number,
  atLeast?: number,
): string {
  return `${formatReminderNumber(value, decimals, atLeast)}${unit === '%' ? '％' : (unit ?? '')}`;
}

/** A difference: of per cents it is points. */
export function difference(value: number, unit: Unit | null, decimals?: number): string {
  return `${formatReminderNumber(value, decimals)}${unit === '%' ? 'ポイント' : (unit ?? '')}`;
}

/** Enough decimals that a difference of this size is seen, two at least. */
export function decimalsFor(gap: number): number {
  return gap <= 0 || gap >= 1 ? 2 : Math.min(MOST_DECIMALS, Math.ceil(-Math.log10(gap)) + 1);
}

export const YARDSTICK_NAMES: Record<Yardstick, string> = {
  level: '水準',
  cumulative: '累計',
  stock: '積み増し',
  milestone: '実施',
};

const PRINTED_UNIT = /(事業所|社|人|件|円|日|[%％])$/;

/** The unit that a KPI's sentences use: where target and actual print two words for one thing, the actual's. */
export function sentenceUnit(
  { target, actual }: Pick<Kpi, 'target' | 'actual'>,
  indicator: Indicator | null,
) {
  const printed = PRINTED_UNIT.exec(actual?.text.trim() ?? '')?.[1]?.replace('％', '%');
  const stated = target.unit ?? indicator?.unit ?? null;
  const isSameKind =
    printed !== undefined && stated !== null && WHOLE.has(stated) === WHOLE.has(printed as Unit);
  return isSameKind ? (printed as Unit) : stated;
}

/** The first of some names, and how many more there are. */
export function listed(names: readonly string[], most: number, counter = '件'): string {
  const more = names.length > most ? ` ほか${names.length - most}${counter}` : '';
  return `${names.slice(0, most).join('、')}${more}`;
}

/** 「…」 around text of documents, which may hold such brackets itself. */
export function quoted(text: string): string {
  return `「${text.replaceAll('「', '『').replaceAll('」', '』')}」`;
}

/** Text of documents in one short line. */
export function brief(text: string, limit = 80): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** What should be reached by the as-of month, in the words that answers and reminders share. */
export interface Guide {
  value: number;
  /** 5.6％ */
  figure: string;
  /** 33.6％×2か月÷12か月: how it comes about. */
  from: string;
}

/** Null where the figure is held against the target itself: a level, the end of the year, a target that is reached. */
export function guideOf({ kpi, indicator, judgement, previous, curve }: Standing): Guide | null {
  const { state, yardstick, expected, target, unjudged } = judgement;
  const months = monthsCompleted(kpi.actual?.asOf ?? null);
  const actual = kpi.actual?.value ?? null;
  const isPaced =
    (yardstick === 'cumulative' || yardstick === 'stock') && unjudged === null && state !== 'met';
  if (!isPaced || expected === null || target === null || actual === null) return null;
  if (months === null || months === 12) return null;
  const unit = sentenceUnit(kpi, indicator);
  const decimals = decimalsFor(Math.abs(expected - actual));
  const value = shown(expected, unit, Math.max(decimals, 2));
  const wanted = withSentenceUnit(target, unit);
  const share = `${formatReminderNumber(months, 1)}か月÷12か月`;
  const from = () => {
    if (yardstick === 'stock' && previous !== null) {
      const base = withSentenceUnit(previous, unit);
      return `前年度末${base}＋（${wanted}－${base}）×${share}`;
    }
    const point = curvePoint(curve, months);
    if (point === null) return `${wanted}×${share}`;
    const known = point.between
      .filter(([month]) => month > 0)
      .map(([month, figure]) => `${monthName(month)}${withSentenceUnit(figure, unit)}`);
    const portion = known.length === 0 ? '' : `（${known.join('と')}からの按分）`;
    const ofLast = `前年度の同じ時期${withSentenceUnit(point.value, unit)}${portion}`;
    return `${wanted}×${ofLast}÷前年度末${withSentenceUnit(point.end, unit)}`;
  };
  return { value, figure: withSentenceUnit(value, unit), from: from() };
}

/** The n-th month from April: 6 → 9月. */
function monthName(months: number): string {
  return `${((months + 2) % 12) + 1}月`;
}
