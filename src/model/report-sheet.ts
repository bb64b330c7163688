import { dayOf, type IsoDay, lastDayOfMonth } from './calendar-day.ts';
import { type JumpLimits, jumpFrom, unlikeYear } from './figure-check.ts';
import type { Jump, ReportEntry, SheetLine } from './figure-report.ts';
import { type FiscalYear, fiscalYearOf, westernYear } from './fiscal-year.ts';
import { monthsCompleted } from './judgement.ts';
import type { ReportedActual } from './reported.ts';
import type { Standing } from './standing.ts';

/** The indicators of a branch's year, in document order, with what is known of each up to a day. */
export function sheetOf(parts: {
  standings: readonly Standing[];
  /** Of any branch and year. */
  actuals: readonly ReportedActual[];
  asOf: IsoDay;
}): SheetLine[] {
  return parts.standings.map((standing) => {
    const { kpi, indicator } = standing;
    const rows = parts.actuals.filter(
      (row) => row.branch === kpi.branch && row.fy === kpi.fy && row.indicator === kpi.indicator,
    );
    const own = rows.find((row) => row.asOf === parts.asOf);
    const known = knownFigures(standing, rows);
    const newer = known.findLast(({ asOf }) => asOf > parts.asOf);
    return {
      indicator: kpi.indicator,
      name: indicator?.name ?? kpi.indicator.replace(/^other:/, ''),
      known: indicator,
      unit: kpi.target.unit ?? indicator?.unit ?? null,
      target: kpi.target.text,
      aim: kpi.target.unit === 'ポイント' ? null : kpi.target.value,
      own: own ? reportEntryOf(own) : null,
      last: lastOf(standing, known, parts.asOf),
      newer: newer === undefined ? null : { text: newer.text, asOf: newer.asOf },
    };
  });
}

export function reportEntryOf(row: ReportedActual): ReportEntry {
  const { indicator, value, text, note, evaluation = null, next = null } = row;
  return { indicator, value, text, evaluation, comment: note, next };
}

interface KnownFigure {
  value: number | null;
  text: string;
  asOf: IsoDay;
}

/** What staff reported and what the document prints, oldest first. */
function knownFigures({ kpi }: Standing, rows: readonly ReportedActual[]): KnownFigure[] {
  const printed = kpi.documented ? kpi.documented.actual : kpi.actualSource ? null : kpi.actual;
  const printedDay = printed === null ? null : monthEnd(printed.asOf, kpi.fy);
  const known = [
    ...rows.map(({ value, text, asOf }) => ({ value, text, asOf })),
    ...(printed && printedDay ? [{ value: printed.value, text: printed.text, asOf: printedDay }] : []),
  ];
  return known.sort((a, b) => a.asOf.localeCompare(b.asOf));
}

/** The newest figure before a day; else how the last year ended. */
function lastOf(
  { kpi, previous }: Standing,
  known: readonly KnownFigure[],
  before: IsoDay,
): SheetLine['last'] {
  const figures = known.flatMap(({ value, ...rest }) => (value === null ? [] : [{ value, ...rest }]));
  const newest = figures.findLast(({ asOf }) => asOf < before);
  if (newest || previous === null) return newest ?? null;
  const text = kpi.actual?.previousText ?? `${previous}${(kpi.target.unit ?? '').replace('%', '％')}`;
  return { value: previous, text, asOf: `${westernYear(kpi.fy)}-03-31` };
}

/** ５月時点 of 令和7年度 → 2025-05-31; null where no month is named. */
function monthEnd(asOf: string | null, fy: FiscalYear): IsoDay | null {
  const months = monthsCompleted(asOf);
  return months === null ? null : lastDayOfMonth(westernYear(fy), 3 + Math.ceil(months));
}

/** Figures that should be looked at again before they are kept. */
export function jumpsIn(
  sheet: readonly SheetLine[],
  entries: readonly ReportEntry[],
  asOf: IsoDay,
  limits: JumpLimits,
): Jump[] {
  return entries.flatMap((entry) => {
    const line = sheet.find(({ indicator }) => indicator === entry.indicator);
    const stood = line?.own ? { ...line.own, asOf } : line?.last;
    if (!line || entry.value === null) return [];
    const { indicator } = entry;
    const { name, known, aim, target } = line;
    const next = { value: entry.value, asOf };
    const asked = (from: Jump['from'], why: string | null) =>
      why === null ? [] : [{ indicator, name, from, to: entry.text, why }];
    const isFirst = !stood || fiscalYearOf(dayOf(stood.asOf)) !== fiscalYearOf(dayOf(asOf));
    if (stood && stood.value !== null && !(isFirst && known?.yardstick === 'cumulative')) {
      const last = { value: stood.value, asOf: stood.asOf };
      return asked({ text: stood.text, asOf: stood.asOf }, jumpFrom(last, next, known, limits));
    }
    if (!isFirst) return [];
    if (stood && stood.value !== null) {
      return asked({ text: stood.text, asOf: stood.asOf }, unlikeYear(stood.value, next, known, limits));
    }
    return aim === null
      ? []
      : asked({ text: `目標 ${target}`, asOf: null }, unlikeYear(aim, next, known, limits));
  });
}
