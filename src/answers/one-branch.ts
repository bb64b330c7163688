import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { currentRows } from '../model/current-rows.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Query } from '../model/query.ts';
import { answered, choice, notFound } from './card.ts';
import { monthOf, targetText } from './fact.ts';
import { figureCard, figureQuery } from './kpi-card.ts';
import { type KpiPool, needsReport, yearNote } from './kpi-facts.ts';
import { missingFigure } from './missing.ts';
import { referenceRow } from './over-years.ts';
import { type Sources, shortNameOf } from './sources.ts';

/** One branch's figure of one year, or each that the words used can mean. */
export async function oneBranch(
  query: Query,
  branch: string,
  pool: KpiPool,
  sources: Sources,
): Promise<Answer> {
  const { scope, indicators, columns } = query;
  const known = pool.current.filter((kpi) => kpi.branch === branch);
  const asksReport = columns.some(needsReport);
  const able = asksReport ? known.filter(({ actual }) => actual !== null) : known;
  const years = able.map(({ fy }) => fy);
  const [asked] = scope.fys;
  const latest = years.length === 0 ? null : Math.max(...years);
  const fy =
    asked !== undefined && years.includes(asked)
      ? asked
      : asked === undefined || scope.relative !== null
        ? latest
        : null;
  const month = scope.months.length + scope.quarters.length > 0;
  const reference = referenceCard(query, branch, pool, sources);
  if (reference !== null && asked !== undefined && fy !== asked) return reference;
  if (fy === null) {
    const shifted = asked === undefined ? null : previousOf(query, branch, asked, known, sources);
    return (await shifted?.(pool)) ?? missingFigure(query, branch, pool, sources);
  }
  if (month && asked !== undefined && asked !== fy && reference !== null) return reference;
  // A month that was asked for may be an older report's.
  const ofMonth = pool.all.filter((kpi) => kpi.branch === branch && kpi.fy === fy && isOfPart(kpi, scope));
  const timed = currentRows(ofMonth, pool.parts);
  const inYear = able
    .filter((kpi) => kpi.fy === fy)
    .map((kpi) => timed.find(({ indicator }) => indicator === kpi.indicator) ?? kpi);
  const found = indicators.flatMap((id) => inYear.filter((kpi) => kpi.indicator === id));
  const older =
    asked !== undefined
      ? []
      : indicators.flatMap((id) => {
          if (found.some(({ indicator }) => indicator === id)) return [];
          const own = able.filter(({ indicator }) => indicator === id).sort((a, b) => b.fy - a.fy);
          return own.slice(0, 1);
        });
  const outdated = asOfNote(query, found[0]);
  if (outdated !== null && outdated.kind !== 'answered') return outdated;
  const only =
    years.length > 0 &&
    asksReport &&
    columns.every((column) => column === 'actual') &&
    found.every(({ actual }) => actual?.value == null);
  const card = await figureCard(
    query,
    [...found, ...older],
    pool,
    [
      yearNote(
        query,
        fy,
        known.map((kpi) => kpi.fy),
      ),
      only ? '実績の数値はまだありません。' : null,
    ],
    sources,
  );
  return card ?? missingFigure(query, branch, pool, sources);
}

/** Whether what was reached is as of the month or quarter that was asked for. */
function isOfPart({ actual }: Kpi, { months, quarters }: Query['scope']): boolean {
  const month = monthOf(actual?.asOf ?? '');
  const quarter = month === 0 ? null : Math.floor(((month + 8) % 12) / 3) + 1;
  return months.includes(month) || (quarter !== null && quarters.some((wanted) => wanted === quarter));
}

/** A month or quarter that the report does not tell of: its own as-of is another one. */
function asOfNote({ scope, columns }: Query, kpi: Kpi | undefined): Answer | null {
  if (
    kpi === undefined ||
    scope.months.length + scope.quarters.length === 0 ||
    columns.includes('state') ||
    (columns.includes('target') && !columns.some(needsReport))
  )
    return null;
  if (isOfPart(kpi, scope)) return null;
  const when = [...scope.quarters.map((q) => `第${q}四半期`), ...scope.months.map((m) => `${m}月`)].join(
    '・',
  );
  const there =
    kpi.actual?.value == null
      ? '報告されている実績はまだありません'
      : `資料にあるのは${kpi.actual.asOf ?? ''}の${kpi.actual.text}です`;
  return notFound(
    `${formatBranch(kpi.branch)}の${formatFiscalYear(kpi.fy)}の${when}の実績は、資料にありません。${there}。目標は${targetText(kpi)}です。`,
    [choice(`${formatFiscalYear(kpi.fy)}の目標と実績`, figureQuery(kpi))],
    kpi.actual?.value == null || kpi.actualSource == null ? [kpi.source] : [kpi.source, kpi.actualSource],
  );
}

/** A figure that a document prints as reached in a year of which it has no KPI. */
function referenceCard(query: Query, branch: string, pool: KpiPool, sources: Sources): Answer | null {
  const { scope, indicators, columns } = query;
  if (columns.includes('target')) return null;
  const found = pool.references.filter(
    (row) => row.branch === branch && indicators.includes(row.indicator) && scope.fys.includes(row.fy),
  );
  const timed = found.filter(
    ({ asOf }) =>
      scope.months.length === 0 || scope.months.some((m) => asOf?.normalize('NFKC').includes(`${m}月`)),
  );
  const [first, ...others] = timed.length > 0 ? timed : found;
  if (first === undefined) return null;
  const name = shortNameOf(sources.catalogue, first.indicator);
  const when = (asOf: string | null) => (asOf === null ? '' : `（${asOf}）`);
  return answered({
    topic: 'kpi',
    title: `${formatBranch(branch)} ${formatFiscalYear(first.fy)} ${name}`,
    headline: `実績 ${first.text}${when(first.asOf)}`,
    lines: others.map(
      (row) =>
        `・${shortNameOf(sources.catalogue, row.indicator)}：${row.text}${when(row.asOf)}（${row.source.line}行目）`,
    ),
    notes: ['計画の中に参考として示されている実績です。この年度の目標ではありません。'],
    rows: [first, ...others].map(referenceRow),
  });
}

/** The actual of a year may stand as last year's in the next one's report. */
function previousOf(query: Query, branch: string, fy: FiscalYear, known: readonly Kpi[], sources: Sources) {
  if (query.columns.includes('target')) return null;
  const next = query.indicators.flatMap((id) =>
    known.filter(
      (kpi) =>
        kpi.indicator === id &&
        kpi.fy === fy + 1 &&
        kpi.actual?.previousText != null &&
        kpi.actual.previousValue !== null,
    ),
  );
  if (next.length === 0) return null;
  const note = `${formatBranch(branch)}の${formatFiscalYear(fy)}の実績は、${formatFiscalYear(fy + 1)}の資料に前年度実績として示されています。`;
  return (pool: KpiPool) => figureCard({ ...query, columns: ['previous'] }, next, pool, [note], sources);
}
