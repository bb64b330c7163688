import type { Indicator, IndicatorId, Unit, Yardstick } from '../model/indicator.ts';

const MOST_DECIMALS = 4;

/** 12,850, 0.077, 40.49: at most as many decimals as say something beside the gap. */
export function number(value: number, decimals = MOST_DECIMALS): string {
  return value.toLocaleString('ja-JP', { maximumFractionDigits: decimals });
}

export function withUnit(value: number, unit: Unit | null, decimals?: number): string {
  return `${number(value, decimals)}${unit === '%' ? '％' : (unit ?? '')}`;
}

/** A difference: of per cents it is points. */
export function difference(value: number, unit: Unit | null, decimals?: number): string {
  return `${number(value, decimals)}${unit === '%' ? 'ポイント' : (unit ?? '')}`;
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

export function indicatorName(id: IndicatorId, indicator: Indicator | null): string {
  return indicator?.name ?? id.replace(/^other:/, '');
}

/** Text of documents in one short line. */
export function brief(text: string, limit = 80): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
