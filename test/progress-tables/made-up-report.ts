import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { SourcedActual } from '../../src/model/known-figures.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import type { Measure } from '../../src/model/measure.ts';
import { type ProgressReportParts, progressReport } from '../../src/progress-tables/progress-report.ts';
import type { ProgressReport, ReportRow } from '../../src/progress-tables/report.ts';
import { reported } from '../reminders/made-up-office.ts';

const catalogue = loadCatalogue();
const SECTION = ['1.基盤の強化', 'Ⅰ.健診', '（1）受診'];

/** A KPI as a progress report of 東京 and 令和7年度 prints it. */
export function printed(
  indicator: string,
  value: number | null,
  asOf: string,
  over: Partial<Kpi> & { target?: Kpi['target']; previous?: number; file?: string } = {},
): Kpi {
  const { previous, ...rest } = over;
  const kpi = reported(indicator, value, asOf, { value: 60 }, { section: SECTION, ...rest });
  const previousText = previous === undefined ? null : `${previous}％`;
  const actual = kpi.actual && { ...kpi.actual, previousValue: previous ?? null, previousText };
  return { ...kpi, actual };
}

export function planned(indicator: string, over: Partial<Kpi> = {}): Kpi {
  return { ...printed(indicator, null, ''), actual: null, ...over };
}

export function told(asOf: string, value: number, over: Partial<SourcedActual> = {}): SourcedActual {
  const source = { file: '報告.csv', line: 3, page: null, title: '報告の表' };
  const fy = Number(asOf.slice(0, 4)) - 2018 - (asOf.slice(5) < '04' ? 1 : 0);
  return {
    branch: '東京',
    fy,
    indicator: 'checkup_rate',
    asOf,
    value,
    text: `${value}％`,
    note: null,
    source,
    ...over,
  };
}

export function measure(number: string, over: Partial<Measure> = {}): Measure {
  const source = { file: 'report.txt', line: 40, page: null, title: '令和7年度 実施状況（東京支部）' };
  return {
    branch: '東京',
    fy: 7,
    section: SECTION,
    number,
    plan: '案内を送る',
    progress: null,
    evaluation: null,
    next: null,
    source,
    ...over,
  };
}

export function reportOf(parts: Partial<ProgressReportParts>): ProgressReport {
  const made = progressReport({
    branch: '東京',
    fy: 7,
    quarter: null,
    kpis: [],
    documents: [],
    actuals: [],
    measures: [],
    catalogue,
    today: '2025-08-01',
    ...parts,
  });
  if (made === null) throw new Error('no KPI of that year');
  return made;
}

export function rowsOf(report: ProgressReport): ReportRow[] {
  return report.pillars.flatMap(({ sections }) => sections.flatMap(({ rows }) => rows));
}

/** Words that a program of tables could take for something else. */
export const HOSTILE = [
  '=HYPERLINK("http://x.invalid","y")',
  '+1+1',
  '-2',
  '@SUM(A1)',
  '＝1+1',
  '\t=1',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE kpi; --",
  'a,b\n"c"',
];
