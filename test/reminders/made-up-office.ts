import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { BudgetLine } from '../../src/model/budget-line.ts';
import type { Catalogue } from '../../src/model/catalogue.ts';
import type { Kpi, Target } from '../../src/model/kpi.ts';
import type { Commitment, Count, Measure } from '../../src/model/measure.ts';
import type { Owner } from '../../src/model/owner.ts';
import type { DocumentPart } from '../../src/model/plan-document.ts';
import type { ReportedActual } from '../../src/model/reported.ts';
import { readSituation, type Situation } from '../../src/reminders/situation.ts';
import { knowledgeInMemory } from '../../src/store/document-knowledge.ts';
import { madeUpKpi } from '../store/made-up-document.ts';

const whole = loadCatalogue();

/** The delivered catalogue with some of its branches. */
export function catalogueOf(...branches: string[]): Catalogue {
  return { ...whole, branches: whole.branches.filter(({ name }) => branches.includes(name)) };
}

export const TOKYO_OWNER: Owner = {
  branch: '東京',
  channel: 'C0TOKYO01',
  owner: 'U0REPORT1',
  deputy: 'U0STAFF01',
};
export const OFFICE_OWNER: Owner = { branch: '本部', channel: 'C0HONBU01', owner: 'U0ADMIN01', deputy: null };

export interface Office {
  today: string;
  kpis?: Kpi[];
  parts?: DocumentPart[];
  commitments?: Commitment[];
  budgets?: BudgetLine[];
  measures?: Measure[];
  counts?: Count[];
  actuals?: ReportedActual[];
  owners?: Owner[];
  branches?: string[];
  /** Since when somebody is in charge of every branch; unknown where it is not given. */
  since?: string;
}

export function situationOf(office: Office): Promise<Situation> {
  const { owners = [TOKYO_OWNER, OFFICE_OWNER], branches = ['東京', '本部'] } = office;
  const { kpis = planned(branches), commitments = [], budgets = [], measures = [], actuals = [] } = office;
  const knowledge = knowledgeInMemory({
    parts: async () => office.parts ?? [],
    kpis: async () => kpis,
    budgets: async () => budgets,
    measures: async () => measures,
    referenceActuals: async () => [],
    commitments: async () => commitments,
    counts: async () => office.counts ?? [],
  });
  return readSituation({
    knowledge,
    actuals: actuals.map((row, index) => ({ ...row, source: sourceOf(index + 1) })),
    owners,
    ownedSince: new Map(office.since ? branches.map((branch) => [branch, office.since ?? '']) : []),
    catalogue: catalogueOf(...branches),
    today: office.today,
  });
}

/** Documents of 東京 by how far they are decided. */
export function statusesOf(files: Record<string, DocumentPart['status']>, fy = 7): DocumentPart[] {
  return Object.entries(files).map(([file, status]) => {
    const about = { branch: '東京', fy, kind: 'plan' as const, title: `令和${fy}年度 事業計画（東京支部）` };
    return { file, status, ...about };
  });
}

function sourceOf(line: number) {
  return { file: 'figures.csv', line, page: null, title: '実績の報告（figures.csv）' };
}

/** A figure as a report states it; 東京 and 令和7年度 unless `over` says otherwise. */
export function reported(
  indicator: string,
  value: number | null,
  asOf: string,
  target: Partial<Target>,
  over: Partial<Kpi> & { previous?: number | null; file?: string } = {},
): Kpi {
  const { previous = null, ...rest } = over;
  const wanted: Target = {
    op: '>=',
    value: null,
    unit: '%',
    relative: null,
    text: target.value === undefined ? '対前年度以上' : `${target.value}％以上`,
    proviso: null,
    ...target,
  };
  return madeUpKpi({
    indicator,
    target: wanted,
    actual: {
      value,
      text: value === null ? '―' : `${value}％`,
      asOf,
      previousValue: previous,
      previousText: null,
    },
    file: 'report.txt',
    ...rest,
  });
}

/** What every branch has to report on: one KPI of each year, without a figure. */
export function planned(branches: readonly string[]): Kpi[] {
  const own = branches.filter((branch) => branch !== '本部');
  return own.flatMap((branch) =>
    [5, 6, 7, 8].map((fy) => ({ ...wellIn('', { branch, fy, file: 'plan.txt' }), actual: null })),
  );
}

/** That the quarter's report of 東京 has come, and all is well in it. */
export function wellIn(asOf: string, over: Partial<Kpi> & { file?: string } = {}): Kpi {
  return reported('single_bid', 0, asOf, { op: '<=', value: 15, text: '15％以下' }, over);
}

export function promise(text: string, from: string, to: string, over: Partial<Commitment> = {}): Commitment {
  const source = { file: 'report.txt', line: 50, page: null, title: '令和7年度 実施状況（東京支部）' };
  return {
    branch: '東京',
    fy: 7,
    section: [],
    number: '①',
    text,
    when: '9月',
    from,
    to,
    source,
    ...over,
  };
}

/** What a report says of a measure of 東京. */
export function measure(progress: string, file: string, over: Partial<Measure> = {}): Measure {
  const source = { file, line: 40, page: null, title: '令和7年度 実施状況（東京支部）' };
  return {
    branch: '東京',
    fy: 7,
    section: [],
    number: '①',
    plan: '講習会を開く。',
    progress,
    evaluation: '○',
    next: null,
    source,
    ...over,
  };
}

export function budget(name: string, over: Partial<BudgetLine> = {}): BudgetLine {
  const source = { file: 'report.txt', line: 60, page: null, title: '令和7年度 実施状況（東京支部）' };
  return {
    branch: '東京',
    fy: 7,
    section: '広報',
    name,
    amountYen: 1_000_000,
    amountText: '1,000千円',
    executedYen: null,
    status: '未着手',
    note: null,
    previousAmountYen: null,
    source,
    ...over,
  };
}
