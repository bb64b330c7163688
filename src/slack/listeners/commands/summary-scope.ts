import type { Catalogue } from '../../../model/catalogue.ts';
import { type Day, type FiscalYear, fiscalYearOf } from '../../../model/fiscal-year.ts';
import { collectTerms } from '../../../questions/lexicon.ts';
import { createMatcher } from '../../../questions/matcher.ts';
import { type QueryToken, tokenize } from '../../../questions/tokens.ts';

/** 「東京 令和7」: words that name a branch and a year, and nothing else. */
export interface SummaryScope {
  /** Null where none was named. */
  branch: string | null;
  fy: FiscalYear | null;
  /** What is neither; empty where all of it was understood. */
  rest: string;
}

export type ReadSummaryScope = (text: string, today: Day) => SummaryScope;

const FILLERS = /支部|年度|[のはをで、。・\s]/g;

export function createSummaryScopeReader(catalogue: Catalogue): ReadSummaryScope {
  // Names of places alone: no dictionary is needed to find them.
  const tokenizer = { tokenize: () => [] };
  const names = { ...catalogue, indicators: [], ambiguous: [], phrases: [] };
  const matcher = createMatcher(collectTerms(names, [], tokenizer));
  return (text, today) => {
    const { plain, tokens } = tokenize(text, { matcher, tokenizer, isIgnored: () => false }, today);
    const branches = [...new Set(tokens.flatMap(branchesOf))];
    const years = [...new Set(tokens.flatMap((token) => yearsOf(token, today)))];
    const known = tokens.filter((token) => branchesOf(token).length + yearsOf(token, today).length > 0);
    const unread = [...plain]
      .filter((_, at) => !known.some(({ from, to }) => from <= at && at < to))
      .join('');
    const isSeveral = branches.length > 1 || years.length > 1;
    return {
      branch: branches[0] ?? null,
      fy: years[0] ?? null,
      rest: isSeveral ? plain : unread.replace(FILLERS, ''),
    };
  };
}

function branchesOf(token: QueryToken): string[] {
  if (token.kind === 'city') return [token.branch];
  return token.kind === 'place' ? token.branches : [];
}

function yearsOf(token: QueryToken, today: Day): FiscalYear[] {
  if (token.kind === 'year_before') return [fiscalYearOf(today) - 1];
  return token.kind === 'years' ? token.fys : [];
}
