import { createHash } from 'node:crypto';
import { addBusinessDays } from '../../src/model/business-day.ts';
import type { IsoDay } from '../../src/model/calendar-day.ts';
import type { Catalogue } from '../../src/model/catalogue.ts';
import type { Quarter } from '../../src/model/fiscal-year.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { reportDeadline } from '../../src/model/reporting-period.ts';
import type { FigureTable } from '../../src/store/figures-store.ts';

export interface MadeUpYear {
  owners: FigureTable<'owners'>;
  /** Reports that come in on a day. */
  news(day: IsoDay): IngestedDocument[];
}

const FY = 7;
const AS_OF = ['', '6月時点', '9月時点', '12月時点', '3月時点'];
const NEVER = 99;

/**
 * Four quarters of figures. How a branch is follows from its place in the list: most report some days before the
 * deadline, every seventh late, every sixteenth never; every third falls behind; the last has no owner.
 */
export function madeUpYear(branches: readonly string[], { calendar }: Catalogue): MadeUpYear {
  const lines = ['本部', ...branches.slice(0, -1)].map((branch, index) => ({
    line: index + 2,
    key: branch,
    row: { branch, channel: `C0BRANCH${index}`, owner: `U0OWNER${index}`, deputy: null },
  }));
  const owners = { kind: 'owners' as const, file: 'owners.csv', digest: '', by: null, lines };
  const comingIn = new Map<IsoDay, IngestedDocument[]>();
  for (const quarter of [1, 2, 3, 4] as const) {
    const deadline = reportDeadline({ fy: FY, quarter }, calendar);
    for (const [index, branch] of branches.entries()) {
      const late = lateness(index);
      if (late === NEVER) continue;
      const day = addBusinessDays(deadline, late, calendar);
      comingIn.set(day, [...(comingIn.get(day) ?? []), reportOf(branch, index, quarter)]);
    }
  }
  // Last year's reports were all in, so that the year begins in peace; the plans of the new year are there.
  comingIn.set('2025-04-01', [
    ...(comingIn.get('2025-04-01') ?? []),
    ...branches.flatMap((branch, index) => [lastReport(branch), planOf(branch, index)]),
  ]);
  return { owners, news: (day) => comingIn.get(day) ?? [] };
}

/** Business days after the deadline; negative before it. */
function lateness(index: number): number {
  if (index % 16 === 15) return NEVER;
  return index % 7 === 6 ? 2 + (index % 5) * 2 : -1 - (index % 10);
}

function reportOf(branch: string, index: number, quarter: Quarter): IngestedDocument {
  const isWeak = index % 3 === 2;
  const share = (quarter / 4) * (isWeak ? 0.8 : 1.05);
  const asOf = AS_OF[quarter] ?? '';
  const file = `R${FY}-${branch}.txt`;
  return document(file, branch, FY, [
    figure(file, branch, FY, 'checkup_rate', 60, 60 * share, asOf),
    figure(
      file,
      branch,
      FY,
      'guidance_insured',
      20,
      20 * (index % 9 === 8 ? 0.5 : 1.05) * (quarter / 4),
      asOf,
    ),
    figure(file, branch, FY, 'generic_rate', 85, index % 11 === 10 ? 84.2 : 86, asOf),
  ]);
}

function planOf(branch: string, index: number): IngestedDocument {
  const report = reportOf(branch, index, 1);
  return document(
    report.file,
    branch,
    FY,
    report.kpis.map((kpi) => ({ ...kpi, actual: null })),
  );
}

function lastReport(branch: string): IngestedDocument {
  const file = `R${FY - 1}-${branch}.txt`;
  return document(file, branch, FY - 1, [figure(file, branch, FY - 1, 'generic_rate', 84, 85, '3月時点')]);
}

function figure(
  file: string,
  branch: string,
  fy: number,
  indicator: string,
  target: number,
  value: number,
  asOf: string,
): Kpi {
  const actual = Math.round(value * 10) / 10;
  return {
    branch,
    fy,
    indicator,
    target: { op: '>=', value: target, unit: '%', relative: null, text: `${target}％以上`, proviso: null },
    actual: { value: actual, text: `${actual}％`, asOf, previousValue: null, previousText: null },
    stated: null,
    section: [],
    importance: null,
    difficulty: null,
    source: { file, line: 1, page: null, title: `令和${fy}年度 実施状況（${branch}支部）` },
  };
}

function document(file: string, branch: string, fy: number, kpis: Kpi[]): IngestedDocument {
  const digest = createHash('sha256').update(JSON.stringify(kpis)).digest('hex');
  const title = `令和${fy}年度 実施状況（${branch}支部）`;
  const parts = [{ file, branch, fy, kind: 'progress_report' as const, status: null, title }];
  const none = {
    referenceActuals: [],
    measures: [],
    budgets: [],
    commitments: [],
    counts: [],
    passages: [],
    doubts: [],
  };
  return { file, layout: 'made up', digest, parts, kpis, ...none };
}
