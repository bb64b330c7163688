import type { PhraseMeaning } from '../model/catalogue.ts';
import type { FiscalYear, Quarter } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';

/** A stretch of the question; `to` is exclusive, both are indexes of the folded text. */
export interface Span {
  from: number;
  to: number;
}

/** `at`: で, which sets a scene: 東京で前年度実績より悪い is no figure of 東京. `of`: の. */
export type Particle = 'of' | 'from' | 'to' | 'and' | 'also' | 'comma' | 'stop' | 'because' | 'at' | 'other';

/** What a stretch of a question is. Composition replaces runs of tokens by ones that say more. */
export type QueryToken = Span &
  (
    | {
        kind: 'place';
        branches: string[] /** How a group was said; null for single branches. */;
        group: string | null;
        /** What it is put together of: 北陸 and 四国 of 北陸と四国. */
        parts?: { name: string; branches: string[] }[];
        /** Branches that a group is without: 沖縄 of 沖縄以外の支部. */
        excluded?: string[];
        /** 関西支部: a region named as if it were one branch. */
        asBranch?: boolean;
      }
    | { kind: 'city'; branch: string }
    | { kind: 'indicator'; ids: readonly IndicatorId[]; sure: boolean }
    | { kind: 'years'; fys: FiscalYear[]; relative: boolean }
    | { kind: 'year_before' }
    | { kind: 'year_after' }
    | { kind: 'before_reiwa' }
    | { kind: 'part'; quarters: Quarter[]; month: number | null; fy: FiscalYear | null }
    | { kind: 'number'; value: number; unit: string | null }
    | { kind: 'ordinal'; place: number }
    | { kind: 'phrase'; as: PhraseMeaning }
    | { kind: 'particle'; as: Particle }
    /** A content word that no name and no phrase explains. */
    | { kind: 'word'; verb: boolean }
  );

export function overlap(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from;
}
