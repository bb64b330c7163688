import { HEAD_OFFICE } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { dayOf, type IsoDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type CommitmentState, commitmentStates } from '../model/commitments.ts';
import { currentRows } from '../model/current-rows.ts';
import { type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import { type IndicatorId, indicatorName } from '../model/indicator.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { monthsOfFiles, type SourcedActual } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Owner } from '../model/owner.ts';
import type { Reminder, ReminderDecision } from '../model/reminder.ts';
import {
  type MonthNumber,
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import { type QuarterFigures, type QuarterReport, quarterFigures, quarterReport } from './quarter-report.ts';

/** All that what is due is computed from: nothing else is read, and no clock. */
export interface Situation {
  today: IsoDay;
  fy: FiscalYear;
  catalogue: Catalogue;
  /** One row an indicator and year of each branch: the one with the newest actual. This year and the last. */
  kpis: Kpi[];
  commitments: CommitmentState[];
  budgets: BudgetLine[];
  /** Every figure that staff ever reported and that holds. */
  actuals: readonly SourcedActual[];
  owners: ReadonlyMap<string, Owner>;
  /** Which indicators have a figure of a quarter. */
  figures: QuarterFigures;
  /** The last month that a file reports on. */
  fileMonths: ReadonlyMap<string, MonthNumber>;
  /** What people decided of a series. */
  decisions: ReadonlyMap<string, ReminderDecision>;
  /** Since when somebody is in charge of a branch; null where that tells nothing. */
  startOf: (branch: string) => IsoDay | null;
}

interface SituationParts {
  knowledge: Knowledge;
  actuals: readonly SourcedActual[];
  owners: readonly Owner[];
  ownedSince?: ReadonlyMap<string, IsoDay>;
  decisions?: readonly ReminderDecision[];
  catalogue: Catalogue;
  today: IsoDay;
}

export async function readSituation(parts: SituationParts): Promise<Situation> {
  const { knowledge, actuals, owners, catalogue, today, decisions = [], ownedSince = new Map() } = parts;
  const fy = fiscalYearOf(dayOf(today));
  const filter = { fys: [fy - 1, fy].filter((year) => year > 0) };
  const [stated, documents, commitments, budgets, measures, counts] = await Promise.all([
    knowledge.kpis(filter),
    knowledge.parts(),
    // A report looks ahead into the next year, whose promises are asked for until its own last report is due.
    knowledge.commitments({ fys: [...filter.fys, fy - 2].filter((year) => year > 0) }),
    knowledge.budgets(filter),
    knowledge.measures(filter),
    knowledge.counts(filter),
  ]);
  const fileMonths = monthsOfFiles(stated);
  const decided = new Map(decisions.map((decision) => [decision.series, decision]));
  return {
    today,
    fy,
    catalogue,
    kpis: currentRows(stated, documents),
    commitments: commitmentStates({
      commitments,
      measures,
      counts,
      actuals,
      fileMonths,
      decisions: decided,
      catalogue,
    }),
    budgets: newestBudgets(budgets, fileMonths),
    actuals,
    owners: new Map(owners.map((owner) => [owner.branch, owner])),
    figures: quarterFigures(stated, actuals),
    fileMonths,
    decisions: decided,
    startOf: startFrom(ownedSince, today),
  };
}

/** The row that a reminder is about, as it is today. */
export function kpiOf(
  { branch, fy, indicator }: Pick<Reminder, 'branch' | 'fy' | 'indicator'>,
  { kpis }: Situation,
): Kpi | undefined {
  return kpis.find((row) => row.branch === branch && row.fy === fy && row.indicator === indicator);
}

/** As answers name it. */
export function nameOf({ catalogue }: Situation, indicator: IndicatorId): string {
  return indicatorName(indicator, catalogue.indicators.find(({ id }) => id === indicator) ?? null);
}

export function reportOf(situation: Situation, branch: string, period: ReportingPeriod) {
  const { kpis, figures, catalogue, decisions } = situation;
  return quarterReport({ kpis, figures, calendar: catalogue.calendar, decisions }, branch, period);
}

/** The reports of all branches, of a quarter; without one of the last whose deadline has passed. */
export function branchReports(situation: Situation, asked: ReportingPeriod | null) {
  const period = asked ?? lastDuePeriod(situation);
  return situation.catalogue.branches
    .filter(({ name }) => name !== HEAD_OFFICE)
    .map(({ name: branch }) => ({ branch, period, ...reportOf(situation, branch, period) }));
}

/** A branch without a plan of the year has nothing to report on. */
export function isAwaited({ kpis, isIn, isOvertaken }: QuarterReport): boolean {
  return kpis.length > 0 && !isIn && !isOvertaken;
}

/** Whether the last quarter whose deadline has passed has no report; not where nobody was in charge by then. */
export function isReportMissing(situation: Situation, branch: string): boolean {
  const period = lastDuePeriod(situation);
  const due = reportDeadline(period, situation.catalogue.calendar);
  const { kpis, isIn } = reportOf(situation, branch, period);
  return !isBeforeStart(situation, branch, due) && kpis.length > 0 && !isIn;
}

/** What was due before anybody was in charge is not asked for any more. */
export function isBeforeStart({ startOf }: Situation, branch: string, due: IsoDay): boolean {
  const start = startOf(branch);
  return start !== null && due < start;
}

/** The last quarter whose deadline has passed: the next one may be asked for already. */
export function lastDuePeriod({ today, catalogue }: Situation): ReportingPeriod {
  let period = previousPeriod(periodOfDay(today));
  while (today <= reportDeadline(period, catalogue.calendar)) period = previousPeriod(period);
  return period;
}

/** A registration that lies ahead of the day that is looked at tells nothing. */
function startFrom(ownedSince: ReadonlyMap<string, IsoDay>, today: IsoDay) {
  const first = [...ownedSince.values()].sort()[0] ?? null;
  return (branch: string): IsoDay | null => {
    const start = ownedSince.get(branch) ?? first;
    return start === null || start > today ? null : start;
  };
}

/** A newer report that has a budget says anew what its predecessor spent. */
function newestBudgets(
  budgets: readonly BudgetLine[],
  fileMonths: ReadonlyMap<string, MonthNumber>,
): BudgetLine[] {
  const newest = new Map<string, MonthNumber>();
  const monthOf = ({ source }: BudgetLine) => fileMonths.get(source.file) ?? 0;
  for (const line of budgets) {
    const key = `${line.branch}|${line.fy}`;
    newest.set(key, Math.max(newest.get(key) ?? 0, monthOf(line)));
  }
  return budgets.filter((line) => monthOf(line) === newest.get(`${line.branch}|${line.fy}`));
}
