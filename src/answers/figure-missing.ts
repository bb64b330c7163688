import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';
import type { QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { choice, notFound } from './card.ts';
import { nameOf, type Sources } from './look-up.ts';
import { nearestKpis } from './nearest-kpis.ts';
import { targetText } from './rows.ts';

function listYears(kpis: readonly Kpi[]): string {
  const years = [...new Set(kpis.map((kpi) => kpi.fy))].sort((a, b) => a - b);
  return years.map(formatFiscalYear).join('、');
}

/** Why there is no such figure, with the nearest that exists: another year, or another KPI of the branch. */
export function missingFigure(
  question: QuestionOf<'figure'>,
  branch: string,
  /** All KPIs of the branch. */
  all: readonly Kpi[],
  sources: Sources,
): Answer {
  const { catalogue } = sources;
  const { indicators, fy } = question;
  const name = nameOf(catalogue, indicators[0] ?? '');
  const year = fy === null ? '' : `${formatFiscalYear(fy)}の`;
  const own = all.filter((kpi) => indicators.includes(kpi.indicator));
  const ask = (of: number, ids: IndicatorId[]) =>
    formatQuestion({ ...question, branch, fy: of, indicators: ids, aspect: 'all' }, catalogue);
  if (own.length > 0) {
    const far = (kpi: Kpi) => Math.abs(kpi.fy - (fy ?? kpi.fy));
    const [nearest] = [...own].sort((a, b) => far(a) - far(b));
    const known =
      nearest === undefined ? '' : `${formatFiscalYear(nearest.fy)}の目標は${targetText(nearest)}です。`;
    return notFound(
      `${formatBranch(branch)}の${year}「${name}」は資料にありません。資料にあるのは${listYears(own)}です。${known}`,
      [...new Set(own.map((kpi) => kpi.fy))].map((of) =>
        choice(`${formatFiscalYear(of)}の${name}`, ask(of, indicators)),
      ),
    );
  }
  if (all.length === 0) return notFound(`${formatBranch(branch)}の資料は登録されていません。`);
  const inYear = all.filter((kpi) => kpi.fy === fy);
  if (fy !== null && inYear.length === 0) {
    return notFound(
      `${formatBranch(branch)}の${formatFiscalYear(fy)}の資料はありません。資料があるのは${listYears(all)}です。`,
    );
  }
  const { kpis, list } = nearestKpis(catalogue, inYear.length > 0 ? inYear : all, name);
  return notFound(
    `${formatBranch(branch)}の${year}KPIに「${name}」はありません。近いKPIは${list}です。`,
    kpis.map((kpi) => choice(nameOf(catalogue, kpi.indicator), ask(kpi.fy, [kpi.indicator]))),
  );
}

/** The plan has the target, but no report tells the actual. */
export function missingActual(
  question: QuestionOf<'figure'>,
  known: readonly Kpi[],
  sources: Sources,
): Answer {
  const { catalogue } = sources;
  const latest = [...known].sort((a, b) => b.fy - a.fy);
  const kpi = latest.find(({ fy }) => fy === question.fy) ?? latest[0];
  if (kpi === undefined) return notFound('実績は資料にありません。');
  const place = `${formatBranch(kpi.branch)}の${formatFiscalYear(kpi.fy)}の「${nameOf(catalogue, kpi.indicator)}」`;
  const reported = latest.find(({ actual }) => actual !== null);
  const elsewhere =
    reported?.actual == null
      ? ''
      : `${formatFiscalYear(reported.fy)}の実績は${reported.actual.text}${reported.actual.asOf === null ? '' : `（${reported.actual.asOf}）`}です。`;
  const ask = (fy: number, aspect: 'target' | 'progress') =>
    formatQuestion(
      { kind: 'figure', branch: kpi.branch, fy, indicators: [kpi.indicator], aspect },
      catalogue,
    );
  return notFound(`${place}の実績は資料にありません。目標は${targetText(kpi)}です。${elsewhere}`, [
    choice(`${formatFiscalYear(kpi.fy)}の目標`, ask(kpi.fy, 'target')),
    ...(reported === undefined
      ? []
      : [choice(`${formatFiscalYear(reported.fy)}の実績`, ask(reported.fy, 'progress'))]),
  ]);
}
