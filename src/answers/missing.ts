import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Query } from '../model/query.ts';
import { choice, notFound } from './card.ts';
import { targetText } from './fact.ts';
import { figureQuery, listQuery } from './kpi-card.ts';
import { type KpiPool, needsReport, yearHeldAgainst } from './kpi-facts.ts';
import { type Sources, shortNameOf } from './sources.ts';

function years(kpis: readonly { fy: FiscalYear }[]): string {
  return [...new Set(kpis.map(({ fy }) => fy))]
    .sort((a, b) => a - b)
    .map(formatFiscalYear)
    .join('、');
}

/** Why there is no such figure, with what was searched and the nearest that is there. */
export function missingFigure(
  query: Query,
  branch: string | null,
  pool: KpiPool,
  { catalogue }: Sources,
): Answer {
  const { scope, indicators, columns } = query;
  const name = indicators
    .slice(0, 2)
    .map((id) => `「${shortNameOf(catalogue, id)}」`)
    .join('、');
  const since = yearHeldAgainst(query);
  const later = since === null ? '' : `${formatFiscalYear(since)}より後の年度の`;
  const when = scope.fys.length === 0 ? later : `${scope.fys.map(formatFiscalYear).join('・')}の`;
  if (branch === null) {
    const searched =
      pool.parts.length === 0
        ? '資料は登録されていません。'
        : `資料があるのは${years(pool.current.length > 0 ? pool.current : pool.parts)}です。`;
    return notFound(`${when}${name}は資料にありません。${searched}`);
  }
  const where = formatBranch(branch);
  const own = pool.current.filter((kpi) => kpi.branch === branch);
  const parts = pool.parts.filter((part) => part.branch === branch);
  if (parts.length === 0) return notFound(`${where}の資料は登録されていません。`);
  if (own.length === 0) {
    const latest = Math.max(...parts.map(({ fy }) => fy));
    return notFound(`${where}の${years(parts)}の資料を調べましたが、${name}はKPIにありません。`, [
      choice(`${where}のKPI一覧`, listQuery(branch, latest)),
    ]);
  }
  const inYear = own.filter((kpi) => scope.fys.length === 0 || scope.fys.includes(kpi.fy));
  const asksReport = columns.some(needsReport);
  const nearest = nearestOf(inYear.length > 0 ? inYear : own, scope.fys[0]);
  if (asksReport && nearest !== undefined) {
    const reported = own.filter(({ actual }) => actual !== null).sort((a, b) => b.fy - a.fy)[0];
    const elsewhere =
      reported?.actual == null || inYear.includes(reported)
        ? ''
        : `${formatFiscalYear(reported.fy)}の実績は${reported.actual.text}${reported.actual.asOf === null ? '' : `（${reported.actual.asOf}）`}です。`;
    const year = inYear.length > 0 ? formatFiscalYear(nearest.fy) : when.replace(/の$/, '');
    const target =
      inYear.length > 0
        ? `目標は${targetText(nearest)}です。`
        : `${formatFiscalYear(nearest.fy)}の目標は${targetText(nearest)}です。`;
    return notFound(
      `${where}の${year}の${name}の実績は資料にありません。${target}${elsewhere}`,
      [
        choice(`${formatFiscalYear(nearest.fy)}の目標`, figureQuery(nearest, ['target'])),
        ...(elsewhere === '' || reported === undefined
          ? []
          : [choice(`${formatFiscalYear(reported.fy)}の実績`, figureQuery(reported, ['state']))]),
      ],
      [
        nearest.source,
        ...(elsewhere === '' || reported === undefined ? [] : [reported.actualSource ?? reported.source]),
      ],
    );
  }
  const known =
    nearest === undefined ? '' : `${formatFiscalYear(nearest.fy)}の目標は${targetText(nearest)}です。`;
  return notFound(
    `${where}の${when}${name}は資料にありません。この指標の資料があるのは${years(own)}です。${known}`,
    [...new Set(own.map(({ fy }) => fy))].flatMap((fy) => {
      const [kpi] = own.filter((row) => row.fy === fy);
      return kpi === undefined
        ? []
        : [choice(`${formatFiscalYear(fy)}の${shortNameOf(catalogue, kpi.indicator)}`, figureQuery(kpi))];
    }),
    nearest === undefined ? [] : [nearest.source],
  );
}

function nearestOf(kpis: readonly Kpi[], fy: FiscalYear | undefined): Kpi | undefined {
  const far = (kpi: Kpi) => (fy === undefined ? -kpi.fy : Math.abs(kpi.fy - fy));
  return [...kpis].sort((a, b) => far(a) - far(b))[0];
}
