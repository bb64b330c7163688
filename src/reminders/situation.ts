import type { BudgetLine } from '../model/budget-line.ts';
import { dayOf, formatDay, type IsoDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type FiscalYear, fiscalYearOf } from '../model/fiscal-year.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Commitment, Measure } from '../model/measure.ts';
import type { Owner } from '../model/owner.ts';
import type { ReminderDecision } from '../model/reminder.ts';
import { reportedKey } from '../model/reported.ts';
import {
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import { newestRows } from '../model/standing.ts';
import { type QuarterFigures, quarterFigures, quarterReport } from './quarter-report.ts';

/** Months from April of 令和0年度: as-of dates of several years in one order. */
export type MonthNumber = number;

/** All that what is due is computed from: nothing else is read, and no clock. */
export interface Situation {
  today: IsoDay;
  fy: FiscalYear;
  catalogue: Catalogue;
  /** One row an indicator and year of each branch: the one with the newest actual. This year and the last. */
  kpis: Kpi[];
  /** Promises that no later report has spoken of. */
  commitments: Commitment[];
  /** Those that one has spoken of. */
  toldCommitments: Commitment[];
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

export interface SituationParts {
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
  const [stated, commitments, budgets, measures] = await Promise.all([
    knowledge.kpis(filter),
    knowledge.commitments(filter),
    knowledge.budgets(filter),
    knowledge.measures(filter),
  ]);
  const fileMonths = monthsOfFiles(stated);
  const isUntold = untoldBy(measures, fileMonths);
  const promised = reportedCommitments(actuals, catalogue);
  return {
    today,
    fy,
    catalogue,
    kpis: newestRows(stated),
    commitments: [...commitments.filter(isUntold), ...promised.open],
    toldCommitments: [...commitments.filter((commitment) => !isUntold(commitment)), ...promised.told],
    budgets: budgets.filter(newestFileOf(stated, fileMonths)),
    actuals,
    owners: new Map(owners.map((owner) => [owner.branch, owner])),
    figures: quarterFigures(stated, actuals),
    fileMonths,
    decisions: new Map(decisions.map((decision) => [decision.series, decision])),
    startOf: startFrom(ownedSince, today),
  };
}

export function monthNumber(fy: FiscalYear, asOf: string | null): MonthNumber | null {
  const months = monthsCompleted(asOf);
  return months === null ? null : fy * 12 + Math.floor(months);
}

/** The month of a day in the same count: at its end that many months are over. */
export function monthNumberOf(day: IsoDay): MonthNumber {
  const date = dayOf(day);
  return fiscalYearOf(date) * 12 + ((date.month + 8) % 12) + 1;
}

export function reportOf(situation: Situation, branch: string, period: ReportingPeriod) {
  const { kpis, figures, catalogue, decisions } = situation;
  return quarterReport({ kpis, figures, calendar: catalogue.calendar, decisions }, branch, period);
}

/** Whether the last quarter whose deadline has passed has no report; not where nobody was in charge by then. */
export function isReportMissing(situation: Situation, branch: string): boolean {
  const period = lastDuePeriod(situation);
  const due = reportDeadline(period, situation.catalogue.calendar);
  return !isBeforeStart(situation, branch, due) && !reportOf(situation, branch, period).isIn;
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

function monthsOfFiles(kpis: readonly Kpi[]): Map<string, MonthNumber> {
  const months = new Map<string, MonthNumber>();
  for (const { fy, actual, source, actualSource, documented } of kpis) {
    const stated = documented ?? { actual, source: actualSource ?? source };
    const month = monthNumber(fy, stated.actual?.asOf ?? null) ?? 0;
    const { file } = stated.source;
    months.set(file, Math.max(months.get(file) ?? 0, month));
  }
  return months;
}

/** A newer report says anew what its predecessor spent. */
function newestFileOf(kpis: readonly Kpi[], fileMonths: ReadonlyMap<string, MonthNumber>) {
  const newest = new Map<string, string>();
  for (const { branch, fy, source } of kpis) {
    const key = `${branch}|${fy}`;
    const known = newest.get(key);
    if (known === undefined || (fileMonths.get(source.file) ?? 0) > (fileMonths.get(known) ?? 0)) {
      newest.set(key, source.file);
    }
  }
  return ({ branch, fy, source }: { branch: string; fy: FiscalYear; source: { file: string } }) => {
    const file = newest.get(`${branch}|${fy}`);
    return file === undefined || (fileMonths.get(file) ?? 0) === 0 || file === source.file;
  };
}

const NOTHING_SAID = /^[―－ー-]?$/;

/**
 * A promise is told of by a report of its day or later that says something of the same measure: what is reported
 * of other measures, and figures, tell nothing of it.
 */
function untoldBy(measures: readonly Measure[], fileMonths: ReadonlyMap<string, MonthNumber>) {
  const told = new Map<string, MonthNumber>();
  for (const measure of measures) {
    if (NOTHING_SAID.test(measure.progress?.normalize('NFKC').trim() ?? '')) continue;
    const month = fileMonths.get(measure.source.file) ?? 0;
    const key = measureKey(measure);
    told.set(key, Math.max(told.get(key) ?? 0, month));
  }
  return (commitment: Commitment) => {
    const month = told.get(measureKey(commitment)) ?? 0;
    const promisedIn = fileMonths.get(commitment.source.file) ?? 0;
    return month <= promisedIn || month < monthNumberOf(commitment.to);
  };
}

function measureKey({ branch, fy, section, number }: Pick<Measure, 'branch' | 'fy' | 'section' | 'number'>) {
  return [branch, fy, section.at(-1)?.normalize('NFKC').replace(/\s+/g, '') ?? '', number].join('|');
}

/**
 * What staff promised with a day under an indicator, until a later report of the same indicator says what is next,
 * or is of that day or later.
 */
function reportedCommitments(
  actuals: readonly SourcedActual[],
  { indicators }: Catalogue,
): { open: Commitment[]; told: Commitment[] } {
  const byIndicator = new Map<string, SourcedActual[]>();
  for (const row of actuals) {
    const key = reportedKey({ branch: row.branch, fy: row.fy, indicator: row.indicator });
    byIndicator.set(key, [...(byIndicator.get(key) ?? []), row]);
  }
  const found: { open: Commitment[]; told: Commitment[] } = { open: [], told: [] };
  for (const rows of byIndicator.values()) {
    const newestFirst = [...rows].sort((a, b) => (a.asOf < b.asOf ? 1 : -1));
    const newest = newestFirst[0]?.asOf ?? '';
    const promising = newestFirst.filter(({ next }) => next !== undefined);
    for (const [index, { branch, fy, indicator, asOf, next, source }] of promising.entries()) {
      const due = next?.due ?? null;
      if (!next || due === null) continue;
      const name = indicators.find(({ id }) => id === indicator)?.name ?? indicator.replace(/^other:/, '');
      const when = { when: formatDay(due), from: due, to: due };
      const place = { branch, fy, section: [name], number: '', source };
      const isTold = index > 0 || (newest > asOf && newest >= due);
      found[isTold ? 'told' : 'open'].push({ ...place, text: `${name}：${next.text}`, ...when });
    }
  }
  return found;
}
