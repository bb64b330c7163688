import type { Question } from '../model/question.ts';
import { aspectOf } from './aspect.ts';
import type { Reading } from './reading.ts';

/** Numbers after 上位, トップ, ワースト: how many of a ranking are wanted. */
export function topOf(text: string): number | null {
  const match =
    /(?:上位|下位|とっぷ|top|べすと|わーすと)の?(\d{1,2})/.exec(text) ??
    /(?<!\d)(\d{1,2})(?:位まで|つまで)/.exec(text);
  const top = Number(match?.[1] ?? 0);
  return top > 0 ? top : null;
}

export function orderOf(reading: Reading): 'high' | 'low' {
  const text = reading.said;
  const [high, low] = [
    text.search(/高|多|大き|上位|とっぷ|top|べすと|降順/),
    text.search(/低|少|小さ|下位|わーすと|昇順/),
  ];
  if (low < 0) return 'high';
  return high >= 0 && high < low ? 'high' : 'low';
}

function meanOrExtreme(reading: Reading): 'mean' | 'max' | 'min' | 'sum' | null {
  const { cues } = reading;
  if (cues.has('mean')) return 'mean';
  if (cues.has('sum')) return 'sum';
  // Both ends are asked for: the whole order shows them.
  if (cues.has('high') && cues.has('low')) return null;
  if (!cues.has('extreme') || topOf(reading.said) !== null || cues.has('order')) return null;
  return cues.has('low') && !cues.has('high') ? 'min' : 'max';
}

/** Whether the question is about many branches: all of them, or three and more by name. */
function isAcrossBranches(reading: Reading): boolean {
  const { cues, branches } = reading;
  return cues.has('allBranches') || cues.has('whichBranch') || branches.length > 1;
}

/** A list by condition, a ranking, an aggregate or a comparison; null where one figure is asked. */
export function readAcross(reading: Reading): Question | null {
  const { cues, branches, fys, indicators } = reading;
  if (indicators.length === 0) return null;
  const fy = fys[0] ?? null;
  const aspect = aspectOf(cues);
  const across = isAcrossBranches(reading);
  const named = cues.has('allBranches') && branches.length < 2 ? [] : branches;

  if (cues.has('standing') && branches.length >= 1) {
    const standing = branches[0] ?? null;
    const order = orderOf(reading);
    return { kind: 'rank', branches: branches.slice(1), fy, indicators, aspect, order, top: null, standing };
  }
  const listing = conditionOf(reading);
  if (listing !== null && (across || branches.length === 0)) {
    return {
      kind: 'list',
      branches: named,
      fy,
      indicators,
      aspect,
      condition: listing,
      count: cues.has('branchCount'),
    };
  }
  const how = meanOrExtreme(reading);
  if (how !== null && (across || branches.length === 0) && !(how === 'max' && branches.length === 2)) {
    return { kind: 'aggregate', branches: named, fy, indicators, aspect, how };
  }
  if (isRanking(reading)) {
    const top = topOf(reading.said);
    return {
      kind: 'rank',
      branches: named,
      fy,
      indicators,
      aspect,
      order: orderOf(reading),
      top,
      standing: null,
    };
  }
  const comparison = readComparison(reading);
  if (comparison !== null || !cues.has('whichBranch') || branches.length > 0 || cues.has('change'))
    return comparison;
  return { kind: 'rank', branches: [], fy, indicators, aspect, order: 'high', top: null, standing: null };
}

function isRanking({ cues, branches, said }: Reading): boolean {
  if (/らんきんぐ|順位表/.test(said)) return true;
  // What rose or fell since the year before is no order of this year's figures.
  if (cues.has('change') && !cues.has('order')) return false;
  if (cues.has('order') && (cues.has('high') || cues.has('low'))) return true;
  if (cues.has('allBranches') && branches.length === 0) return true;
  return cues.has('whichBranch') && branches.length === 0 && (cues.has('high') || cues.has('low'));
}

function conditionOf({ condition, cues }: Reading) {
  if (condition !== null) return condition;
  if (!cues.has('whichBranch') && !cues.has('allBranches') && !cues.has('branchCount')) return null;
  if (cues.has('prevYear')) return { type: 'prev_year' } as const;
  if (cues.has('unmet')) return { type: 'unmet' } as const;
  if (cues.has('lacks')) return { type: 'lacks' } as const;
  if (cues.has('met')) return { type: 'met' } as const;
  if (cues.has('has') || cues.has('branchCount')) return { type: 'has' } as const;
  return null;
}

/** Two branches or more, two years, or one year against the year before it. */
function readComparison(reading: Reading): Question | null {
  const { cues, branches, fys, indicators, previousYear } = reading;
  const spoken = aspectOf(cues);
  /** The difference of two is between them, not to their targets. */
  const aspect = spoken === 'gap' && (branches.length > 1 || fys.length > 1) ? 'target' : spoken;
  const compared = cues.has('compare') || cues.has('change') || cues.has('gap');
  if (branches.length >= 2) return { kind: 'compare', branches, fys, indicators, aspect };
  if (branches.length !== 1) return null;
  if (fys.length >= 2)
    return { kind: 'compare', branches, fys: [...fys].sort((a, b) => a - b), indicators, aspect };
  const [fy] = fys;
  if (fy !== undefined && previousYear && fy > 1 && (compared || !cues.has('actual'))) {
    return { kind: 'compare', branches, fys: [fy - 1, fy], indicators, aspect };
  }
  if (cues.has('change') && (previousYear || fy === undefined))
    return { kind: 'compare', branches, fys: [], indicators, aspect };
  return null;
}

/** One indicator of one branch. 「前年度は？」 beside it asks for the year before in the same report. */
export function readFigure(reading: Reading): Question | null {
  const { indicators, branches, fys, cues } = reading;
  if (indicators.length === 0) return null;
  const spoken = aspectOf(cues);
  const before = reading.previousYear && !cues.has('target') && (spoken === 'all' || spoken === 'actual');
  const aspect = before ? 'previous' : spoken;
  return { kind: 'figure', branch: branches[0] ?? null, fy: fys[0] ?? null, indicators, aspect };
}
