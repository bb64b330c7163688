import type { BudgetLine } from '../model/budget-line.ts';
import type { IsoDay } from '../model/calendar-day.ts';
import { dayOf, formatDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Commitment } from '../model/measure.ts';
import type { Owner } from '../model/owner.ts';
import { type ReportedActual, reportedKey } from '../model/reported.ts';
import {
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import type { Source } from '../model/source.ts';
import { newestRows } from '../model/standing.ts';

/** Months from April of 令和0年度: as-of dates of several years in one order. */
export type MonthNumber = number;

/** All that what is due is computed from: nothing else is read, and no clock. */
export interface Situation {
  today: IsoDay;
  fy: FiscalYear;
  catalogue: Catalogue;
  /** One row an indicator and year of each branch: the one with the newest actual. This year and the last. */
  kpis: Kpi[];
  commitments: Commitment[];
  budgets: BudgetLine[];
  /** Every figure that staff ever reported and that holds. */
  actuals: readonly ReportedActual[];
  owners: ReadonlyMap<string, Owner>;
  /** The last month that a branch has reported on; absent where it has reported nothing. */
  reportedThrough: ReadonlyMap<string, MonthNumber>;
}

export interface SituationParts {
  knowledge: Knowledge;
  actuals: readonly SourcedActual[];
  owners: readonly Owner[];
  catalogue: Catalogue;
  today: IsoDay;
}

type SourcedActual = ReportedActual & { source: Source };

export async function readSituation(parts: SituationParts): Promise<Situation> {
  const { knowledge, actuals, owners, catalogue, today } = parts;
  const fy = fiscalYearOf(dayOf(today));
  const filter = { fys: [fy - 1, fy].filter((year) => year > 0) };
  const [kpis, commitments, budgets] = await Promise.all([
    knowledge.kpis(filter),
    knowledge.commitments(filter),
    knowledge.budgets(filter),
  ]);
  const asOfFile = newestMonths(kpis, ({ source }) => source.file);
  const isNewest = newestFileOf(kpis, asOfFile);
  return {
    today,
    fy,
    catalogue,
    kpis: newestRows(kpis),
    commitments: [...commitments.filter(isNewest), ...reportedCommitments(actuals, catalogue)],
    budgets: budgets.filter(isNewest),
    actuals,
    owners: new Map(owners.map((owner) => [owner.branch, owner])),
    reportedThrough: reportedMonths(kpis, actuals),
  };
}

export function monthNumber(fy: FiscalYear, asOf: string | null): MonthNumber | null {
  const months = monthsCompleted(asOf);
  return months === null ? null : fy * 12 + Math.floor(months);
}

export function hasReported(
  { reportedThrough }: Situation,
  branch: string,
  period: ReportingPeriod,
): boolean {
  return (reportedThrough.get(branch) ?? 0) >= period.fy * 12 + period.quarter * 3;
}

/** Its deadline has passed without a report. */
export function isReportMissing(situation: Situation, branch: string, period: ReportingPeriod): boolean {
  const { today, catalogue } = situation;
  return today > reportDeadline(period, catalogue.calendar) && !hasReported(situation, branch, period);
}

/** The last quarter whose deadline has passed: the next one may be asked for already. */
export function lastDuePeriod({ today, catalogue }: Situation): ReportingPeriod {
  let period = previousPeriod(periodOfDay(today));
  while (today <= reportDeadline(period, catalogue.calendar)) period = previousPeriod(period);
  return period;
}

function monthOf({ fy, actual }: Kpi): MonthNumber {
  return monthNumber(fy, actual?.asOf ?? null) ?? 0;
}

function newestMonths(kpis: readonly Kpi[], keyOf: (kpi: Kpi) => string): Map<string, MonthNumber> {
  const months = new Map<string, MonthNumber>();
  for (const kpi of kpis) {
    months.set(keyOf(kpi), Math.max(months.get(keyOf(kpi)) ?? 0, monthOf(kpi)));
  }
  return months;
}

/** A newer report says anew what its predecessor promised and spent. */
function newestFileOf(kpis: readonly Kpi[], asOfFile: ReadonlyMap<string, MonthNumber>) {
  const newest = new Map<string, string>();
  for (const { branch, fy, source } of kpis) {
    const key = `${branch}|${fy}`;
    const known = newest.get(key);
    if (known === undefined || (asOfFile.get(source.file) ?? 0) > (asOfFile.get(known) ?? 0)) {
      newest.set(key, source.file);
    }
  }
  return ({ branch, fy, source }: { branch: string; fy: FiscalYear; source: { file: string } }) => {
    const file = newest.get(`${branch}|${fy}`);
    return file === undefined || (asOfFile.get(file) ?? 0) === 0 || file === source.file;
  };
}

/** What staff promised with a day, in the newest report of each indicator: a newer one says anew what is next. */
function reportedCommitments(actuals: readonly SourcedActual[], { indicators }: Catalogue): Commitment[] {
  const newest = new Map<string, SourcedActual>();
  for (const row of actuals) {
    const key = reportedKey({ branch: row.branch, fy: row.fy, indicator: row.indicator });
    const known = newest.get(key);
    if (!known || known.asOf < row.asOf) newest.set(key, row);
  }
  return [...newest.values()].flatMap(({ branch, fy, indicator, next, source }): Commitment[] => {
    if (!next?.due) return [];
    const name = indicators.find(({ id }) => id === indicator)?.name ?? indicator.replace(/^other:/, '');
    const { due } = next;
    const when = { when: formatDay(due), from: due, to: due };
    return [{ branch, fy, section: [name], number: '', text: `${name}：${next.text}`, ...when, source }];
  });
}

function reportedMonths(kpis: readonly Kpi[], actuals: readonly ReportedActual[]): Map<string, MonthNumber> {
  const months = newestMonths(kpis, ({ branch }) => branch);
  for (const { branch, fy, asOf } of actuals) {
    months.set(branch, Math.max(months.get(branch) ?? 0, monthNumber(fy, asOf) ?? 0));
  }
  return months;
}
