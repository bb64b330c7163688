import { normalize } from '../japanese/normalize.ts';
import { type IsoDay, lastDayOfMonth } from '../model/calendar-day.ts';
import { type FiscalYear, westernYear } from '../model/fiscal-year.ts';
import { type Knowledge, matches } from '../model/knowledge.ts';
import { type Actual, type Kpi, NO_WEIGHT, type Target } from '../model/kpi.ts';
import { formatAsOf, type ReportedActual, type ReportedTarget, reportedKey } from '../model/reported.ts';
import type { Figures, Sourced } from './figures-store.ts';

/**
 * The same knowledge with what staff reported: a reported target takes the place of the document's, a reported
 * actual that of an older one. What the document states stays in `documented`.
 */
export function withReported<K extends Knowledge>(
  knowledge: K,
  figures: Pick<Figures, 'reportedActuals' | 'reportedTargets'>,
): K {
  return {
    ...knowledge,
    async kpis(filter) {
      const [kpis, targets, actuals] = await Promise.all([
        knowledge.kpis(filter),
        figures.reportedTargets(),
        figures.reportedActuals(),
      ]);
      return mergeReported(
        kpis,
        targets.filter((target) => matches(target, filter)),
        actuals,
      );
    },
  };
}

/** An actual without any target is kept back: there is nothing to hold it against. */
export function mergeReported(
  kpis: readonly Kpi[],
  targets: readonly Sourced<ReportedTarget>[],
  actuals: readonly Sourced<ReportedActual>[],
): Kpi[] {
  if (targets.length + actuals.length === 0) return [...kpis];
  const targetOf = new Map(targets.map((target) => [keyOf(target), target]));
  const stated = new Set(kpis.map(keyOf));
  const all = [
    ...kpis.map((kpi) => withTarget(kpi, targetOf.get(keyOf(kpi)))),
    ...targets.filter((target) => !stated.has(keyOf(target))).map(kpiOfTarget),
  ];
  const reportOf = new Map<string, Kpi>();
  for (const kpi of all) {
    // A plan and a report may both state a KPI: the actual belongs to the report.
    if (!reportOf.get(keyOf(kpi))?.actual) reportOf.set(keyOf(kpi), kpi);
  }
  const latest = latestOf(actuals);
  return all.map((kpi) => {
    const actual = latest.get(keyOf(kpi));
    if (!actual || reportOf.get(keyOf(kpi)) !== kpi) return kpi;
    return withActual(kpi, actual, latest.get(reportedKey({ ...aboutOf(kpi), fy: kpi.fy - 1 })));
  });
}

function aboutOf({ branch, fy, indicator }: Pick<Kpi, 'branch' | 'fy' | 'indicator'>) {
  return { branch, fy, indicator };
}

function keyOf(row: Pick<Kpi, 'branch' | 'fy' | 'indicator'>): string {
  return reportedKey(aboutOf(row));
}

function latestOf(actuals: readonly Sourced<ReportedActual>[]): Map<string, Sourced<ReportedActual>> {
  const latest = new Map<string, Sourced<ReportedActual>>();
  for (const actual of actuals) {
    const known = latest.get(keyOf(actual));
    if (!known || known.asOf < actual.asOf) latest.set(keyOf(actual), actual);
  }
  return latest;
}

function kpiOfTarget({ target, source, ...about }: Sourced<ReportedTarget>): Kpi {
  return { ...aboutOf(about), target, actual: null, stated: null, section: [], ...NO_WEIGHT, source };
}

function documentedOf({ target, actual, source }: Kpi): NonNullable<Kpi['documented']> {
  return { target, actual, source };
}

function withTarget(kpi: Kpi, reported: Sourced<ReportedTarget> | undefined): Kpi {
  if (!reported || sameTarget(kpi.target, reported.target)) return kpi;
  const { target, source } = reported;
  const actualSource = kpi.actual === null ? {} : { actualSource: kpi.source };
  return { ...kpi, target, source, stated: null, ...actualSource, documented: documentedOf(kpi) };
}

export function sameTarget(one: Target, other: Target): boolean {
  return one.op === other.op && one.value === other.value && one.relative === other.relative;
}

function withActual(
  kpi: Kpi,
  reported: Sourced<ReportedActual>,
  lastYear: Sourced<ReportedActual> | undefined,
): Kpi {
  const own = kpi.actual;
  const ownDay = own === null || own.value === null ? null : asOfDay(own.asOf, kpi.fy);
  if (ownDay !== null && ownDay > reported.asOf) return kpi;
  const before = lastYear && isYearEnd(lastYear.asOf) ? lastYear : null;
  const actual: Actual = {
    value: reported.value,
    text: reported.text,
    asOf: formatAsOf(reported.asOf),
    previousValue: own?.previousValue ?? before?.value ?? null,
    previousText: own?.previousText ?? before?.text ?? null,
  };
  const documented = kpi.documented ?? (own === null ? undefined : documentedOf(kpi));
  return { ...kpi, actual, actualSource: reported.source, ...(documented ? { documented } : {}) };
}

/** Last day of the month that 「５月時点」 names, in its fiscal year; null where it names none. */
function asOfDay(asOf: string | null, fy: FiscalYear): IsoDay | null {
  const month = Number(/(\d{1,2})月/.exec(normalize(asOf ?? ''))?.[1] ?? 0);
  if (month < 1 || month > 12) return null;
  return lastDayOfMonth(westernYear(fy) + (month < 4 ? 1 : 0), month);
}

function isYearEnd(day: IsoDay): boolean {
  return day.endsWith('-03-31');
}
