import type { ReportingCalendar } from '../model/catalogue.ts';
import type { FiscalYear, Quarter } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { Actual, Kpi } from '../model/kpi.ts';
import type { ReminderDecision } from '../model/reminder.ts';
import type { ReportedActual } from '../model/reported.ts';
import { periodCode, type ReportingPeriod } from '../model/reporting-period.ts';

/** Indicators with a figure of a quarter, by branch, year and quarter. */
export type QuarterFigures = ReadonlyMap<string, ReadonlySet<IndicatorId>>;

/** How far the report of a branch's quarter has come. */
export interface QuarterReport {
  /** The KPIs of the branch's year, in document order; those without a figure of the quarter among them. */
  kpis: readonly Kpi[];
  missing: readonly Kpi[];
  /** Enough figures are there, or the branch has said that it is all. */
  isIn: boolean;
  /** It is not in, but that of a later quarter of the same year is. */
  isOvertaken: boolean;
}

const NONE = /^(?:[―－ー-]|集計中|未集計)?$/;

/** Whether an actual says anything: ― does not. */
export function isFigure(actual: Pick<Actual, 'value' | 'text'> | null): boolean {
  return actual !== null && (actual.value !== null || !NONE.test(actual.text.normalize('NFKC').trim()));
}

/**
 * A figure is of a quarter when it is as of its last month. A report prints older months where nothing newer is
 * known: what it prints of the quarter counts too, once it prints anything of the quarter's end.
 */
export function quarterFigures(
  kpis: readonly Kpi[],
  actuals: readonly Pick<ReportedActual, 'branch' | 'fy' | 'indicator' | 'asOf' | 'value' | 'text'>[],
): QuarterFigures {
  const figures = new Map<string, Set<IndicatorId>>();
  const add = (branch: string, fy: FiscalYear, quarter: number, indicator: IndicatorId) => {
    const key = quarterKey(branch, { fy, quarter: quarter as Quarter });
    figures.set(key, (figures.get(key) ?? new Set()).add(indicator));
  };
  const stated = kpis.flatMap(statedIn);
  const newest = new Map<string, number>();
  for (const { file, fy, months } of stated) {
    newest.set(`${file}|${fy}`, Math.max(newest.get(`${file}|${fy}`) ?? 0, Math.floor(months)));
  }
  for (const { file, branch, fy, indicator, months } of stated) {
    const quarter = Math.ceil(months / 3);
    if ((newest.get(`${file}|${fy}`) ?? 0) >= quarter * 3) add(branch, fy, quarter, indicator);
  }
  for (const { branch, fy, indicator, asOf, value, text } of actuals) {
    const months = Math.floor(monthsCompleted(asOf) ?? 0);
    if (months > 0 && months % 3 === 0 && isFigure({ value, text })) add(branch, fy, months / 3, indicator);
  }
  return figures;
}

/** What documents state of a KPI; a figure that staff reported took the place of the document's in the row. */
function statedIn({ branch, fy, indicator, actual, actualSource, source, documented }: Kpi) {
  const own = documented ?? (actualSource === undefined ? { actual, source } : { actual: null, source });
  const months = isFigure(own.actual) ? monthsCompleted(own.actual?.asOf ?? null) : null;
  return months === null ? [] : [{ file: own.source.file, branch, fy, indicator, months }];
}

function quarterKey(branch: string, { fy, quarter }: ReportingPeriod): string {
  return `${branch}|${fy}|${quarter}`;
}

/** The series of the reminders of a report: what a person decides of it is kept under that name. */
export function reportSeries(branch: string, period: ReportingPeriod): string {
  return ['report_overdue', branch, period.fy, periodCode(period), 'branch'].join('|');
}

interface Known {
  /** One row an indicator. */
  kpis: readonly Kpi[];
  figures: QuarterFigures;
  calendar: Pick<ReportingCalendar, 'report_complete_percent'>;
  decisions?: ReadonlyMap<string, ReminderDecision>;
}

export function quarterReport(known: Known, branch: string, period: ReportingPeriod): QuarterReport {
  const own = known.kpis.filter((kpi) => kpi.branch === branch && kpi.fy === period.fy);
  const stateOf = (quarter: number) => {
    const of: ReportingPeriod = { fy: period.fy, quarter: quarter as Quarter };
    const there = known.figures.get(quarterKey(branch, of)) ?? new Set();
    const missing = own.filter(({ indicator }) => !there.has(indicator));
    const share = own.length === 0 ? Math.min(there.size, 1) : (own.length - missing.length) / own.length;
    const isSaid = known.decisions?.get(reportSeries(branch, of))?.decision === 'done';
    return { missing, isIn: isSaid || share * 100 >= known.calendar.report_complete_percent };
  };
  const { missing, isIn } = stateOf(period.quarter);
  const later = [2, 3, 4].filter((quarter) => quarter > period.quarter);
  return { kpis: own, missing, isIn, isOvertaken: !isIn && later.some((quarter) => stateOf(quarter).isIn) };
}
