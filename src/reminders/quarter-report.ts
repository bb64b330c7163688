import { businessDaysBetween } from '../model/business-day.ts';
import { addDays, type IsoDay } from '../model/calendar-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';
import type { Quarter } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { isFigure, monthsCompleted } from '../model/judgement.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import type { Kpi } from '../model/kpi.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { ReminderDecision } from '../model/reminder.ts';
import {
  nextDue,
  periodCode,
  type ReportingPeriod,
  reportDeadline,
  reportingPeriod,
} from '../model/reporting-period.ts';
import type { Source } from '../model/source.ts';
import type { Standing } from '../model/standing.ts';

/** By branch, year and quarter: the indicators with a figure of it and those with an early one, and the newest month of each. */
export type QuarterFigures = ReadonlyMap<string, Record<'whole' | 'early', ReadonlyMap<IndicatorId, number>>>;

/** How far the report of a branch's quarter has come. */
export interface QuarterReport {
  /** The KPIs of the branch's year, in document order, none without a plan; those without a figure of the quarter among them. */
  kpis: readonly Kpi[];
  missing: readonly Kpi[];
  /** Those that have a figure from earlier in the quarter alone. */
  early: Months;
  /** Those whose figure lags behind others of its report. */
  lagging: Months;
  /** Enough figures are there, or the branch has said that it is all. */
  isIn: boolean;
  /** It is not in, but that of a later quarter of the same year is. */
  isOvertaken: boolean;
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
  const figures = new Map<string, Record<'whole' | 'early', Map<IndicatorId, number>>>();
  for (const { from, branch, fy, indicator, months } of stated) {
    const quarter = Math.ceil(months / 3) as Quarter;
    const key = quarterKey(branch, { fy, quarter });
    const own = figures.get(key) ?? { whole: new Map(), early: new Map() };
    const of = (newest.get(`${from}|${branch}|${fy}`) ?? 0) >= quarter * 3 ? own.whole : own.early;
    of.set(indicator, Math.max(of.get(indicator) ?? 0, Math.ceil(months)));
    figures.set(key, own);
  }
  return figures;
}

/** How many figures, and the months that they are of, from April, oldest first. */
export interface Months {
  count: number;
  months: readonly number[];
}

function monthsOf(months: readonly number[]): Months {
  return { count: months.length, months: [...new Set(months)].sort((a, b) => a - b) };
}

/** 7月・8月. */
export function formatMonths(months: readonly number[]): string {
  return months.map((month) => `${((month + 2) % 12) + 1}月`).join('・');
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
function reportSeries(branch: string, period: ReportingPeriod): string {
  return ['report_overdue', branch, period.fy, periodCode(period), 'branch'].join('|');
}

interface Known {
  /** One row an indicator. */
  kpis: readonly Kpi[];
  figures: QuarterFigures;
  calendar: Pick<ReportingCalendar, 'report_complete_percent'>;
  decisions?: ReadonlyMap<string, ReminderDecision>;
}

const NO_FIGURES = { whole: new Map<IndicatorId, number>(), early: new Map<IndicatorId, number>() };

export function quarterReport(known: Known, branch: string, period: ReportingPeriod): QuarterReport {
  const own = known.kpis.filter((kpi) => kpi.branch === branch && kpi.fy === period.fy);
  const stateOf = (quarter: number) => {
    const of: ReportingPeriod = { fy: period.fy, quarter: quarter as Quarter };
    const { whole, early } = known.figures.get(quarterKey(branch, of)) ?? NO_FIGURES;
    const missing = own.filter(({ indicator }) => !whole.has(indicator));
    const share = own.length === 0 ? 0 : (own.length - missing.length) / own.length;
    const isSaid = known.decisions?.get(reportSeries(branch, of))?.decision === 'done';
    const before = monthsOf(missing.flatMap(({ indicator }) => early.get(indicator) ?? []));
    const lagging = monthsOf(
      own.flatMap(({ indicator }) => whole.get(indicator) ?? []).filter((month) => month < quarter * 3),
    );
    return {
      missing,
      early: before,
      lagging,
      isIn: isSaid || share * 100 >= known.calendar.report_complete_percent,
    };
  };
  const { missing, early, lagging, isIn } = stateOf(period.quarter);
  const later = [2, 3, 4].filter((quarter) => quarter > period.quarter);
  return {
    kpis: own,
    missing,
    early,
    lagging,
    isIn,
    isOvertaken: !isIn && later.some((quarter) => stateOf(quarter).isIn),
  };
}

/** Whether a branch's report of the quarter that is asked for is in. */
export interface ReportState {
  period: ReportingPeriod;
  due: IsoDay;
  isIn: boolean;
  /** KPIs of the year, and those of them whose figure of the quarter or a newer one is known. */
  count: { kpis: number; there: number };
  /** Figures of the report that lag behind its end. */
  lagging: Months;
  /** The next deadline after this one that lies ahead. */
  next: { period: ReportingPeriod; due: IsoDay };
  /** Business days from today to the deadline; negative when it has passed. */
  daysLeft: number;
}

/**
 * `standings` of one branch, of the period's year and any others; `messages` tell whether it said that it is all.
 * Null without a plan of the year: there is nothing to report on.
 */
export function reportState(of: {
  standings: readonly Standing[];
  messages?: readonly OutboxMessage[];
  today: IsoDay;
  calendar: ReportingCalendar;
}): ReportState | null {
  const { standings, messages = [], today, calendar } = of;
  const period = reportingPeriod(today, calendar);
  const due = reportDeadline(period, calendar);
  const kpis = standings.map(({ kpi }) => kpi).filter(({ fy }) => fy === period.fy);
  const branch = kpis[0]?.branch;
  if (branch === undefined) return null;
  const { missing, lagging, isIn, isOvertaken } = quarterReport(
    { kpis, figures: quarterFigures(kpis, []), calendar },
    branch,
    period,
  );
  // Of a KPI whose newest figure is later than the quarter's end nothing is missing.
  const without = missing.filter(
    ({ actual }) => !isFigure(actual) || (monthsCompleted(actual?.asOf ?? null) ?? 0) < period.quarter * 3,
  );
  const there = kpis.length - without.length;
  const next = nextDue(addDays(today > due ? today : due, 1), calendar);
  const isEnough = (there / kpis.length) * 100 >= calendar.report_complete_percent;
  return {
    period,
    due,
    isIn: isIn || isOvertaken || isEnough || isSaid(messages, branch, period),
    count: { kpis: kpis.length, there },
    lagging,
    next: { period: next, due: reportDeadline(next, calendar) },
    daysLeft: businessDaysBetween(today, due, calendar),
  };
}

function isSaid(messages: readonly OutboxMessage[], branch: string, period: ReportingPeriod): boolean {
  return messages.some(({ items }) =>
    items.some(
      ({ reminder, ending }) =>
        ending === 'decided' &&
        reminder.kind === 'report_overdue' &&
        reminder.branch === branch &&
        reminder.period === periodCode(period),
    ),
  );
}
