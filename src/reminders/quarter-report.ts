import type { ReportingCalendar } from '../model/catalogue.ts';
import type { Quarter } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import type { Actual, Kpi } from '../model/kpi.ts';
import type { ReminderDecision } from '../model/reminder.ts';
import { periodCode, type ReportingPeriod } from '../model/reporting-period.ts';
import type { Source } from '../model/source.ts';

/** By branch, year and quarter: the indicators with a figure of it, and the newest month of those with an early one. */
export type QuarterFigures = ReadonlyMap<
  string,
  { whole: ReadonlySet<IndicatorId>; early: ReadonlyMap<IndicatorId, number> }
>;

/** How far the report of a branch's quarter has come. */
export interface QuarterReport {
  /** The KPIs of the branch's year, in document order, none without a plan; those without a figure of the quarter among them. */
  kpis: readonly Kpi[];
  missing: readonly Kpi[];
  /** How many have a figure from earlier in the quarter alone, and its months from April, oldest first. */
  early: { count: number; months: readonly number[] };
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
 * One rule for documents and for tables of staff: a figure is of the quarter that its as-of month lies in, once the
 * same document or import holds anything as of the quarter's end. Those that end before it bring figures that are
 * named as such.
 */
export function quarterFigures(kpis: readonly Kpi[], actuals: readonly SourcedActual[]): QuarterFigures {
  const stated = [...kpis.flatMap(statedIn), ...actuals.flatMap(reportedIn)];
  const newest = new Map<string, number>();
  for (const { from, branch, fy, months } of stated) {
    const key = `${from}|${branch}|${fy}`;
    newest.set(key, Math.max(newest.get(key) ?? 0, Math.floor(months)));
  }
  const figures = new Map<string, { whole: Set<IndicatorId>; early: Map<IndicatorId, number> }>();
  for (const { from, branch, fy, indicator, months } of stated) {
    const quarter = Math.ceil(months / 3) as Quarter;
    const key = quarterKey(branch, { fy, quarter });
    const own = figures.get(key) ?? { whole: new Set(), early: new Map() };
    if ((newest.get(`${from}|${branch}|${fy}`) ?? 0) >= quarter * 3) own.whole.add(indicator);
    else own.early.set(indicator, Math.max(own.early.get(indicator) ?? 0, Math.ceil(months)));
    figures.set(key, own);
  }
  return figures;
}

interface Stated extends Pick<Kpi, 'branch' | 'fy' | 'indicator'> {
  /** The document, or the import of a table. */
  from: string;
  /** From April. */
  months: number;
}

/** What documents and what staff state of a KPI: the row shows one of them, and keeps the document's beside it. */
function statedIn({ branch, fy, indicator, actual, actualSource, source, documented }: Kpi): Stated[] {
  const shown = { actual, source: actualSource ?? source };
  return [shown, ...(documented ? [documented] : [])].flatMap((own) => {
    const months = isFigure(own.actual) ? monthsCompleted(own.actual?.asOf ?? null) : null;
    return months === null ? [] : [{ from: originOf(own.source), branch, fy, indicator, months }];
  });
}

function reportedIn({ branch, fy, indicator, asOf, value, text, source }: SourcedActual): Stated[] {
  const months = isFigure({ value, text }) ? monthsCompleted(asOf) : null;
  return months === null ? [] : [{ from: originOf(source), branch, fy, indicator, months }];
}

function originOf({ file, importId }: Source): string {
  return importId === undefined ? file : `${file}#${importId}`;
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

const NO_FIGURES = { whole: new Set<IndicatorId>(), early: new Map<IndicatorId, number>() };

export function quarterReport(known: Known, branch: string, period: ReportingPeriod): QuarterReport {
  const own = known.kpis.filter((kpi) => kpi.branch === branch && kpi.fy === period.fy);
  const stateOf = (quarter: number) => {
    const of: ReportingPeriod = { fy: period.fy, quarter: quarter as Quarter };
    const { whole, early } = known.figures.get(quarterKey(branch, of)) ?? NO_FIGURES;
    const missing = own.filter(({ indicator }) => !whole.has(indicator));
    const share = own.length === 0 ? 0 : (own.length - missing.length) / own.length;
    const isSaid = known.decisions?.get(reportSeries(branch, of))?.decision === 'done';
    const months = missing.flatMap(({ indicator }) => early.get(indicator) ?? []);
    const before = { count: months.length, months: [...new Set(months)].sort((a, b) => a - b) };
    return { missing, early: before, isIn: isSaid || share * 100 >= known.calendar.report_complete_percent };
  };
  const { missing, early, isIn } = stateOf(period.quarter);
  const later = [2, 3, 4].filter((quarter) => quarter > period.quarter);
  return {
    kpis: own,
    missing,
    early,
    isIn,
    isOvertaken: !isIn && later.some((quarter) => stateOf(quarter).isIn),
  };
}
