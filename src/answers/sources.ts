import type { Named, NameIndex } from '../catalogue/name-index.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { CommitmentState } from '../model/commitments.ts';
import type { Day, FiscalYear } from '../model/fiscal-year.ts';
import { type Indicator, type IndicatorId, indicatorName, officialName } from '../model/indicator.ts';
import type { Knowledge, PassageSearch } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { ReportingPeriod } from '../model/reporting-period.ts';
import type { Judge } from './judge.ts';

/** How far a branch's report of a quarter has come, by the rule that reminders go by. */
export interface BranchReport {
  branch: string;
  period: ReportingPeriod;
  /** The KPIs of the year's plan, and those without a figure of the quarter. */
  kpis: readonly Kpi[];
  missing: readonly Kpi[];
  isIn: boolean;
}

/** What every answer is made from. */
export interface Sources {
  catalogue: Catalogue;
  knowledge: Knowledge;
  passages: PassageSearch;
  judge: Judge;
  today: Day;
  /** Where all promises with a day stand. */
  commitments: () => Promise<CommitmentState[]>;
  /** Of every branch, of a quarter; without one of the last whose deadline has passed. */
  reports: (period: ReportingPeriod | null) => Promise<BranchReport[]>;
  /** Of the channel or the asker; where it is not clear whose figure is meant, it is offered first. */
  ownBranch?: string | undefined;
  /**
   * An index over names, for items that a question describes in its own words. What is indexed under one key stays
   * the same as long as the knowledge does.
   */
  indexNames: (key: string, entries: () => readonly Named<number>[]) => NameIndex<number>;
}

export function findIndicator(catalogue: Catalogue, id: IndicatorId): Indicator | null {
  return catalogue.indicators.find((indicator) => indicator.id === id) ?? null;
}

/** Short name: for titles and tables. */
export function shortNameOf(catalogue: Catalogue, id: IndicatorId): string {
  return indicatorName(id, findIndicator(catalogue, id));
}

/** The name that plans of that year print. */
export function officialNameOf(catalogue: Catalogue, id: IndicatorId, fy: FiscalYear): string {
  return officialName(id, findIndicator(catalogue, id), fy);
}
