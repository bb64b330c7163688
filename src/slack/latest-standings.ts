import { dayInTokyo, type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import type { Standing } from '../model/standing.ts';

export interface YearStandings {
  fy: FiscalYear;
  standings: Standing[];
}

/**
 * The newest year of a branch that has KPIs: this one or an earlier one, since next year's plan has nothing to
 * report yet; next year's where there is no other. Null where no document knows the branch.
 */
export async function latestStandings(
  parts: { standings: (branch: string, fy: FiscalYear) => Promise<Standing[]>; now: () => Date },
  branch: string,
): Promise<YearStandings | null> {
  const current = fiscalYearOf(dayInTokyo(parts.now()));
  const downwards = Array.from({ length: current }, (_, back) => current - back);
  for (const fy of [...downwards, current + 1]) {
    const standings = await parts.standings(branch, fy);
    if (standings.length > 0) return { fy, standings };
  }
  return null;
}
