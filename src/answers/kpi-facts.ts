import { HEAD_OFFICE } from '../model/branch.ts';
import { currentRows, disagreeing } from '../model/current-rows.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Kpi, ReferenceActual } from '../model/kpi.ts';
import type { DocumentPart } from '../model/plan-document.ts';
import type { Column, Query } from '../model/query.ts';
import { formatSource } from '../model/source.ts';
import { COLUMN_NAMES, changedFact, type Fact, figureOf, kpiFact, targetText } from './fact.ts';
import type { Sources } from './sources.ts';

/** Of several indicators, this many are answered each by itself. */
export const MOST_INDICATORS = 4;

/** Columns that only a report of the year can answer. */
const REPORTED: ReadonlySet<Column> = new Set(['actual', 'achievement', 'gap', 'as_of', 'previous']);

export function needsReport(column: Column): boolean {
  return REPORTED.has(column);
}

/** All that is known of the KPIs that a query can be about. */
export interface KpiPool {
  /** The row that holds of each branch, year and indicator, in the order of the branches. */
  current: Kpi[];
  /** Every document's row. */
  all: Kpi[];
  references: ReferenceActual[];
  parts: DocumentPart[];
}

export async function loadKpis(
  { knowledge, catalogue }: Sources,
  filter: { branches?: readonly string[] | undefined; indicators?: readonly IndicatorId[] | undefined },
): Promise<KpiPool> {
  const [all, references, parts] = await Promise.all([
    knowledge.kpis(filter),
    knowledge.referenceActuals(filter),
    knowledge.parts(),
  ]);
  const order = new Map(catalogue.branches.map((branch, at) => [branch.name, at]));
  const place = ({ branch }: Kpi) => order.get(branch) ?? order.size;
  const current = currentRows(all, parts).sort((a, b) => place(a) - place(b));
  return { current, all, references, parts };
}

/** Where documents disagree about a figure, both are named. */
export function disagreementNote(kpi: Kpi, { all }: KpiPool): string | null {
  const [other] = disagreeing(kpi, all);
  if (other === undefined) return null;
  return `資料によって目標が異なります：${targetText(kpi)}（${formatSource(kpi.source)}）と${targetText(other)}（${formatSource(other.source)}）。新しい時点・確定した資料を優先しました。`;
}

/** Why a year was taken that was not said. */
export function yearNote({ scope }: Query, fy: FiscalYear, known: readonly FiscalYear[]): string | null {
  if (scope.relative !== null && !scope.fys.includes(fy)) {
    const asked = scope.fys.map(formatFiscalYear).join('・');
    return `${scope.relative}（${asked}）の資料はありません。資料にある最新の${formatFiscalYear(fy)}でお答えしました。`;
  }
  if (scope.fys.length > 0) return null;
  return new Set(known).size > 1
    ? `年度の指定がないため、最新の${formatFiscalYear(fy)}でお答えしました。`
    : `${formatFiscalYear(fy)}の資料でお答えしました。`;
}

/** The year that most branches have a row of: an overview of all is about that one. */
export function widestYear(kpis: readonly { fy: FiscalYear }[]): FiscalYear | null {
  const counts = new Map<FiscalYear, number>();
  for (const { fy } of kpis) counts.set(fy, (counts.get(fy) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? null;
}

/** The latest year that every one of the branches has; null where there is none. */
function commonYear(
  kpis: readonly { fy: FiscalYear; branch: string }[],
  branches: readonly string[],
): FiscalYear | null {
  const years = [...new Set(kpis.map((kpi) => kpi.fy))].sort((a, b) => b - a);
  return (
    years.find((fy) =>
      branches.every((branch) => kpis.some((kpi) => kpi.branch === branch && kpi.fy === fy)),
    ) ?? null
  );
}

/** One indicator of one year over branches. */
export interface Field {
  indicator: IndicatorId;
  name: string;
  /** 令和7年度 ジェネリック医薬品使用割合; of a change its years, and what has changed. */
  what: string;
  fy: FiscalYear;
  column: Column;
  facts: Fact[];
  /** The same of all branches, for a mean of the country. */
  everywhere: Fact[];
  /** Branches asked for by name that have no row. */
  absent: string[];
  notes: (string | null)[];
}

/** Of the indicators that a word can mean, the one that most rows are of; the earlier of two equal. */
export function mostCommon(kpis: readonly Kpi[], indicators: readonly IndicatorId[]): IndicatorId | null {
  const count = (id: IndicatorId) => kpis.filter((kpi) => kpi.indicator === id).length;
  return indicators.reduce<IndicatorId | null>(
    (best, id) => (count(id) > 0 && (best === null || count(id) > count(best)) ? id : best),
    null,
  );
}

/** The column that figures are shown of; a plan without actuals answers with its targets, and says so. */
export function kpiColumn(query: Query, hasActuals: boolean): Column {
  if (query.columns.includes('increase')) return 'increase';
  const said = query.columns.filter((column) =>
    ['target', 'actual', 'previous', 'gap', 'achievement', 'state'].includes(column),
  );
  // 「目標と実績、実績が10％以上のもの」: what is said last is what the condition is about.
  const asked = query.filter.length > 0 ? said.at(-1) : said[0];
  if (asked === undefined || asked === 'state') return asked === 'state' && hasActuals ? 'actual' : 'target';
  return asked;
}

/** The year whose figures are what others are held against: 令和6年度より高い. The later is held against the earlier. */
export function yearHeldAgainst({ filter }: Query): FiscalYear | null {
  const years = filter.flatMap((own) =>
    own.type === 'compare' &&
    own.right.type === 'figure' &&
    own.right.branch === null &&
    typeof own.right.fy === 'number'
      ? [own.right.fy]
      : [],
  );
  return years.length === 0 ? null : Math.max(...years);
}

/**
 * The rows of one indicator that a question over branches is about; null where there are none. Without a year it
 * is the one that all named branches share, else the one that most branches have.
 */
export function kpiField(query: Query, pool: KpiPool, sources: Sources): Field | null {
  const { scope } = query;
  const named = [...new Set([...scope.branches, ...query.subject])];
  const isAll = scope.every || scope.branches.length === 0;
  const inScope = pool.current.filter(({ branch }) =>
    isAll ? branch !== HEAD_OFFICE : named.includes(branch),
  );
  const had = query.indicators.filter((id) => inScope.some((kpi) => kpi.indicator === id));
  // One word has one meaning, whichever branches it is asked of.
  const indicator = mostCommon(pool.current, had);
  if (indicator === null) return null;
  const rows = pool.current.filter((kpi) => kpi.indicator === indicator);
  const own = rows.filter(({ branch }) =>
    isAll ? branch !== HEAD_OFFICE || query.subject.includes(branch) : named.includes(branch),
  );
  const since = yearHeldAgainst(query);
  const ofYears = own.filter((kpi) =>
    scope.fys.length > 0 ? scope.fys.includes(kpi.fy) : since === null || kpi.fy > since,
  );
  const column = kpiColumn(
    query,
    ofYears.some(({ actual }) => actual?.value != null),
  );
  const latest = Math.max(...scope.fys);
  const asked =
    column === 'increase' && scope.fys.length > 1 ? ofYears.filter(({ fy }) => fy === latest) : ofYears;
  // A change is one of the targets where no actuals are asked for.
  const of = query.columns.includes('actual') ? 'actual' : 'target';
  const from = (kpi: Kpi) => (scope.fys.length > 1 ? Math.min(...scope.fys) : kpi.fy - 1);
  const factOf = (kpi: Kpi): Fact =>
    column === 'increase'
      ? changedFact(
          kpi,
          rows.find((other) => other.branch === kpi.branch && other.fy === from(kpi)),
          of,
          sources,
        )
      : kpiFact(kpi, sources);
  const hasFigure = (kpi: Kpi) => {
    const found = figureOf(factOf(kpi), column, sources);
    return found !== null && (found.value !== null || column === 'target');
  };
  const hasNumber = (kpi: Kpi) => figureOf(factOf(kpi), column, sources)?.value != null;
  const withFigure = asked.filter(hasFigure);
  const figured = withFigure.length > 0 ? withFigure : asked;
  // The year in which a mean is one of several: a mean of one is none.
  const isHeldToMean = query.filter.some((one) => one.type === 'compare' && one.right.type === 'statistic');
  const widest = isHeldToMean && scope.fys.length === 0 ? widestYear(rows.filter(hasNumber)) : null;
  const inWidest = figured.filter((kpi) => kpi.fy === widest);
  const pick = inWidest.length > 0 ? inWidest : figured;
  const fy =
    (isAll ? null : commonYear(pick, named)) ??
    widestYear(pick) ??
    (scope.relative === null ? null : widestYear(own));
  if (fy === null) return null;
  const ofYear = (kpis: readonly Kpi[]) => kpis.filter((kpi) => kpi.fy === fy).map(factOf);
  const facts = ofYear(own);
  const name = facts[0]?.name ?? '';
  const changed = column === 'increase' ? pick.find((kpi) => kpi.fy === fy) : undefined;
  const readAs =
    query.sure || new Set(inScope.map((kpi) => kpi.indicator)).size < 2
      ? null
      : `お尋ねの言葉は「${facts[0]?.name ?? ''}」と読みました。`;
  const several = new Set(own.map((kpi) => kpi.fy)).size > 1;
  const year =
    scope.relative !== null || scope.fys.length > 0
      ? yearNote(query, fy, [])
      : several
        ? `年度の指定がないため、資料のそろう${formatFiscalYear(fy)}でお答えしました。`
        : `${formatFiscalYear(fy)}の資料でお答えしました。`;
  // An order of targets is none of what was reached.
  const reached = facts.filter((fact) => figureOf(fact, 'actual', sources)?.value != null).length;
  const unreported =
    query.order === null || column !== 'target' || query.columns.length > 0
      ? null
      : reached === 0
        ? `${formatFiscalYear(fy)}の実績の数値は資料にないため、目標でお答えしました。`
        : `目標でお答えしました。実績の数値が資料にあるのは${reached}支部です。`;
  return {
    indicator,
    name,
    what:
      changed === undefined
        ? `${formatFiscalYear(fy)} ${name}`
        : `${formatFiscalYear(from(changed))}から${formatFiscalYear(fy)}への${name}の${COLUMN_NAMES[of]}`,
    fy,
    column,
    facts,
    everywhere: ofYear(rows.filter(({ branch }) => branch !== HEAD_OFFICE)),
    absent: (isAll ? query.subject : named).filter((branch) => !facts.some((fact) => fact.branch === branch)),
    notes: [readAs, year, unreported],
  };
}
