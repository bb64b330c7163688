import { fold } from '../japanese/fold.ts';
import { findPeriods } from '../japanese/periods.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type Day, type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import { createMatcher } from './matcher.ts';
import { branchesOf } from './places.ts';
import { collectTerms } from './terms.ts';

/** 「東京 令和7」: words that name a branch and a year, and nothing else. */
export interface Scope {
  /** Null where none was named. */
  branch: string | null;
  fy: FiscalYear | null;
  /** What is neither; empty where all of it was understood. */
  rest: string;
}

export type ReadScope = (text: string, today: Day) => Scope;

const FILLERS = /支部|年度|[のはをで、。・\s]/g;

export function createScopeReader(catalogue: Catalogue): ReadScope {
  const matcher = createMatcher(collectTerms({ ...catalogue, indicators: [], ambiguous: [] }, []));
  return (text, today) => {
    const folded = fold(text);
    const mentions = matcher.find(folded);
    const periods = findPeriods(folded.text, today);
    const branches = branchesOf(mentions, catalogue, folded.text);
    const years = periods.flatMap((period) => {
      if (period.kind === 'year') return [period.fy];
      return period.kind === 'previous_year' ? [fiscalYearOf(today) - 1] : [];
    });
    const known = new Set([...mentions, ...periods].flatMap(({ from, to }) => range(from, to)));
    const unread = [...folded.plain].filter((_, at) => !known.has(at)).join('');
    const several = branches.length > 1 || years.length > 1;
    return {
      branch: branches[0] ?? null,
      fy: years[0] ?? null,
      rest: several ? folded.plain : unread.replace(FILLERS, ''),
    };
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
