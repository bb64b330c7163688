import type { Answer, Choice } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Question, QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../question/format.ts';
import { answered, choice, clarify, notFound } from './card.ts';
import { figureDetails, headlineOf } from './figure-details.ts';
import { nameOf, officialNameOf, onePerKpi, type Sources, similarity } from './look-up.ts';
import { progressLines } from './progress.ts';
import { rowOf, targetText } from './rows.ts';
import { chooseYear } from './years.ts';

/** A question back: whose figure is meant. */
export function whichBranch(question: Question, sources: Sources, branches: readonly string[]): Answer {
  const { catalogue } = sources;
  const choices = branches.slice(0, 8).map((branch) => {
    const complete = { ...question, branch } as Question;
    return choice(formatBranch(branch), formatQuestion(complete, catalogue));
  });
  return clarify('どの支部のことでしょうか。支部名をつけてもう一度お尋ねください。', choices);
}

function years(kpis: readonly Kpi[]): string {
  return [...new Set(kpis.map((kpi) => kpi.fy))]
    .sort((a, b) => a - b)
    .map(formatFiscalYear)
    .join('、');
}

function noFigure(
  question: QuestionOf<'figure'>,
  branch: string,
  own: readonly Kpi[],
  all: readonly Kpi[],
  sources: Sources,
): Answer {
  const { catalogue } = sources;
  const [asked] = question.indicators;
  const name = asked === undefined ? 'その指標' : nameOf(catalogue, asked);
  const ask = (fy: number | null, indicators: IndicatorId[]) =>
    formatQuestion({ ...question, branch, fy, indicators }, catalogue);
  const year = question.fy === null ? '' : `${formatFiscalYear(question.fy)}の`;
  if (own.length > 0) {
    const nearest = [...own].sort(
      (a, b) => Math.abs(a.fy - (question.fy ?? 0)) - Math.abs(b.fy - (question.fy ?? 0)),
    )[0];
    const known =
      nearest === undefined ? '' : `${formatFiscalYear(nearest.fy)}の目標は${targetText(nearest)}です。`;
    return notFound(
      `${formatBranch(branch)}の${year}「${name}」は資料にありません。資料にあるのは${years(own)}です。${known}`,
      [...new Set(own.map((kpi) => kpi.fy))].map((fy) =>
        choice(`${formatFiscalYear(fy)}の${name}`, ask(fy, question.indicators)),
      ),
    );
  }
  if (all.length === 0) return notFound(`${formatBranch(branch)}の資料は登録されていません。`, []);
  const inYear = all.filter((kpi) => kpi.fy === question.fy);
  if (question.fy !== null && inYear.length === 0) {
    return notFound(
      `${formatBranch(branch)}の${formatFiscalYear(question.fy)}の資料はありません。資料があるのは${years(all)}です。`,
      [],
    );
  }
  const near = onePerKpi(catalogue, inYear.length > 0 ? inYear : all)
    .sort(
      (a, b) =>
        similarity(nameOf(catalogue, b.indicator), name) - similarity(nameOf(catalogue, a.indicator), name),
    )
    .slice(0, 3);
  const list = near
    .map((kpi) => `「${nameOf(catalogue, kpi.indicator)}」（${formatFiscalYear(kpi.fy)} ${targetText(kpi)}）`)
    .join('、');
  return notFound(
    `${formatBranch(branch)}の${year}KPIに「${name}」はありません。近いKPIは${list}です。`,
    near.map((kpi) => choice(nameOf(catalogue, kpi.indicator), ask(kpi.fy, [kpi.indicator]))),
  );
}

/** Buttons for what is likely asked next. */
function nextQuestions(
  question: QuestionOf<'figure'>,
  kpi: Kpi,
  known: readonly Kpi[],
  sources: Sources,
): Choice[] {
  const { catalogue } = sources;
  const base = { ...question, branch: kpi.branch, fy: kpi.fy, indicators: [kpi.indicator] };
  const others = [...new Set(known.map((other) => other.fy))].filter((fy) => fy !== kpi.fy);
  return [
    ...others.map((fy) => choice(`${formatFiscalYear(fy)}は？`, formatQuestion({ ...base, fy }, catalogue))),
    choice(
      '全支部の順位',
      formatQuestion(
        {
          kind: 'rank',
          branches: [],
          fy: kpi.fy,
          indicators: [kpi.indicator],
          aspect: 'target',
          order: 'high',
          top: null,
          standing: null,
        },
        catalogue,
      ),
    ),
    choice(
      'この支部のKPI一覧',
      formatQuestion({ kind: 'kpis', branch: kpi.branch, fy: kpi.fy, filter: 'all' }, catalogue),
    ),
  ];
}

/** One figure, or each of those that the word used can mean. */
export async function answerFigure(question: QuestionOf<'figure'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const { branch, indicators } = question;
  if (branch === null) {
    const kpis = await knowledge.kpis({ indicators });
    const latest = [...kpis].sort((a, b) => b.fy - a.fy).map((kpi) => kpi.branch);
    return whichBranch(question, sources, [...new Set(latest)]);
  }
  const all = await knowledge.kpis({ branches: [branch] });
  const known = all.filter((kpi) => indicators.includes(kpi.indicator));
  const year = chooseYear(
    question.fy,
    known.map((kpi) => kpi.fy),
    sources,
  );
  const inYear =
    year === null
      ? []
      : onePerKpi(
          catalogue,
          known.filter((kpi) => kpi.fy === year.fy),
        );
  const found = indicators.flatMap((id) => inYear.filter((kpi) => kpi.indicator === id));
  const [first, ...others] = found;
  if (first === undefined || year === null) return noFigure(question, branch, known, all, sources);
  const place = `${formatBranch(branch)} ${formatFiscalYear(first.fy)}`;
  const details = figureDetails(first, question.aspect, sources);
  const official = officialNameOf(catalogue, first.indicator, first.fy);
  const title = `${place} ${nameOf(catalogue, first.indicator)}`;
  return answered({
    topic: 'kpi',
    title,
    headline: headlineOf(first, question.aspect, sources),
    details: [
      ...details,
      ...(official === nameOf(catalogue, first.indicator)
        ? []
        : [{ label: '計画での名称', value: official }]),
      ...others.map((kpi) => ({
        label: nameOf(catalogue, kpi.indicator),
        value: headlineOf(kpi, question.aspect, sources),
      })),
    ],
    note:
      [year.note, others.length === 0 ? null : 'ほかの指標を指す場合もあるため、あわせて示しました。']
        .filter((n) => n !== null)
        .join('') || null,
    lines: first.actual !== null && question.aspect !== 'target' ? await progressLines(first, sources) : [],
    rows: found.map((kpi) => rowOf(kpi)),
    choices: [
      ...others.map((kpi) =>
        choice(
          nameOf(catalogue, kpi.indicator),
          formatQuestion({ ...question, indicators: [kpi.indicator] }, catalogue),
        ),
      ),
      ...nextQuestions(
        question,
        first,
        known.filter((kpi) => kpi.indicator === first.indicator),
        sources,
      ),
    ],
  });
}
