import type { Kpi } from '../model/kpi.ts';
import type { Aspect } from '../model/question.ts';
import { targetText } from './rows.ts';

/** The number that a comparison, ranking or sum is about; null where the document prints none. */
export function figureOf(kpi: Kpi, aspect: Aspect): number | null {
  switch (aspect) {
    case 'actual':
    case 'progress':
    case 'as_of':
      return kpi.actual?.value ?? null;
    case 'previous':
      return kpi.actual?.previousValue ?? null;
    case 'achievement': {
      const actual = kpi.actual?.value ?? null;
      return actual === null || !kpi.target.value ? null : (actual / kpi.target.value) * 100;
    }
    case 'gap': {
      const actual = kpi.actual?.value ?? null;
      return actual === null || kpi.target.value === null ? null : actual - kpi.target.value;
    }
    default:
      return kpi.target.value;
  }
}

/** The same as printed. */
export function figureText(kpi: Kpi, aspect: Aspect): string {
  switch (aspect) {
    case 'actual':
    case 'progress':
    case 'as_of':
    case 'achievement':
    case 'gap':
      if (kpi.actual === null) return '実績の報告なし';
      return `${kpi.actual.text}${kpi.actual.asOf === null ? '' : `（${kpi.actual.asOf}）`}`;
    case 'previous':
      return kpi.actual?.previousText ?? '資料になし';
    default:
      return targetText(kpi);
  }
}

/** What the figures of an answer are: 目標, 実績 …. */
export function aspectName(aspect: Aspect): string {
  const names: Partial<Record<Aspect, string>> = {
    actual: '実績',
    previous: '前年度実績',
    achievement: '達成率',
    gap: '目標との差',
  };
  return names[aspect] ?? '目標';
}
