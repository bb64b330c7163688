import type { Indicator, IndicatorId, Unit, Yardstick } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';

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
  const key = `${atLeast}-${decimals}`;
  const known = FORMATS.get(key);
  const format =
    known ??
    new Intl.NumberFormat('ja-JP', { minimumFractionDigits: atLeast, maximumFractionDigits: decimals });
  if (known === undefined) FORMATS.set(key, format);
  return format.format(rounded(value, decimals));
}

/** Making one takes longer than all else that a look does with a figure. */
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

export function reminderIndicatorName(id: IndicatorId, indicator: Indicator | null): string {
  return indicator?.name ?? id.replace(/^other:/, '');
}

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

/** Text of documents in one short line. */
export function brief(text: string, limit = 80): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
