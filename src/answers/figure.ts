import type { Answer, Choice } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Aspect, QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { answered, choice } from './card.ts';
import { figureDetails, headlineOf } from './figure-details.ts';
import { missingActual, missingFigure } from './figure-missing.ts';
import { nameOf, officialNameOf, onePerKpi, type Sources } from './look-up.ts';
import { progressLines } from './progress.ts';
import { rowOf } from './rows.ts';
import { whichBranch } from './scope.ts';
import { type ChosenYear, chooseYear } from './years.ts';

/** Aspects that only a report of the year can answer. */
const REPORTED: ReadonlySet<Aspect> = new Set(['actual', 'achievement', 'gap', 'previous', 'as_of']);
/** Aspects whose card also shows evaluations, plans and counts around the figure. */
const WITH_PROGRESS: ReadonlySet<Aspect> = new Set([...REPORTED, 'progress']);

/** The one branch that can answer a question without one; null where several can. */
function onlyBranch(kpis: readonly Kpi[], aspect: Aspect): string | null {
  const able = WITH_PROGRESS.has(aspect) ? kpis.filter(({ actual }) => actual !== null) : kpis;
  const branches = new Set(able.map((kpi) => kpi.branch));
  return branches.size === 1 ? (able[0]?.branch ?? null) : null;
}

/** Buttons for what is likely asked next. */
function nextQuestions(kpi: Kpi, years: readonly number[], aspect: Aspect, sources: Sources): Choice[] {
  const { catalogue } = sources;
  const { branch, fy } = kpi;
  const indicators = [kpi.indicator];
  const ask = (of: number) =>
    formatQuestion({ kind: 'figure', branch, fy: of, indicators, aspect: 'all' }, catalogue);
  const others = [...new Set(years)].filter((year) => year !== fy);
  const measures = `${formatBranch(branch)}の${formatFiscalYear(fy)}の${nameOf(catalogue, kpi.indicator)}の今後の取組予定は？`;
  return [
    ...others.map((year) => choice(`${formatFiscalYear(year)}は？`, ask(year))),
    ...(WITH_PROGRESS.has(aspect) ? [choice('今後の取組予定', measures)] : []),
    choice(
      '全支部の順位',
      formatQuestion(
        {
          kind: 'rank',
          branches: [],
          fy,
          indicators,
          aspect: 'target',
          order: 'high',
          top: null,
          standing: null,
        },
        catalogue,
      ),
    ),
    choice('この支部のKPI一覧', formatQuestion({ kind: 'kpis', branch, fy, filter: 'all' }, catalogue)),
  ];
}

interface Found {
  kpis: Kpi[];
  aspect: Aspect;
  year: ChosenYear;
}

/** The rows of the year that is meant; the actual of a year may stand as 前年度実績 in the next one's report. */
function findRows(question: QuestionOf<'figure'>, known: readonly Kpi[], sources: Sources): Found | null {
  const { aspect, fy } = question;
  const able = REPORTED.has(aspect) ? known.filter(({ actual }) => actual !== null) : known;
  const year = chooseYear(
    fy,
    able.map((kpi) => kpi.fy),
  );
  const inYear = (of: number) =>
    onePerKpi(
      sources.catalogue,
      able.filter((kpi) => kpi.fy === of),
    );
  if (year !== null) return { kpis: inYear(year.fy), aspect, year };
  if (aspect !== 'actual' || fy === null) return null;
  const next = inYear(fy + 1).filter(({ actual }) => actual !== null && actual.previousValue !== null);
  const note = `${formatFiscalYear(fy)}の実績は、${formatFiscalYear(fy + 1)}の資料に前年度実績として示されています。`;
  return next.length === 0 ? null : { kpis: next, aspect: 'previous', year: { fy: fy + 1, note } };
}

/** Of several indicators, those that only an earlier year has: each with its own latest. */
function olderRows(
  indicators: readonly string[],
  found: readonly Kpi[],
  known: readonly Kpi[],
  { catalogue }: Sources,
): Kpi[] {
  const missing = indicators.filter((id) => !found.some(({ indicator }) => indicator === id));
  return missing.flatMap((id) => {
    const own = known.filter(({ indicator }) => indicator === id);
    const latest = Math.max(...own.map(({ fy }) => fy));
    return onePerKpi(
      catalogue,
      own.filter(({ fy }) => fy === latest),
    );
  });
}

/** One figure, or each of those that the words used can mean. */
export async function answerFigure(question: QuestionOf<'figure'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const { indicators } = question;
  const ofAll = question.branch === null ? await knowledge.kpis({ indicators }) : [];
  const branch = question.branch ?? onlyBranch(ofAll, question.aspect);
  if (branch === null) {
    const latestFirst = [...ofAll].sort((a, b) => b.fy - a.fy).map((kpi) => kpi.branch);
    return whichBranch(question, sources, [...new Set(latestFirst)]);
  }
  const all = await knowledge.kpis({ branches: [branch] });
  const known = all.filter((kpi) => indicators.includes(kpi.indicator));
  const rows = findRows(question, known, sources);
  if (rows === null || rows.kpis.length === 0) {
    const planned = question.fy === null ? known : known.filter((kpi) => kpi.fy === question.fy);
    return REPORTED.has(question.aspect) && planned.length > 0
      ? missingActual(question, known, sources)
      : missingFigure(question, branch, all, sources);
  }
  const { aspect, year } = rows;
  const found = indicators.flatMap((id) => rows.kpis.filter((kpi) => kpi.indicator === id));
  const [first, ...others] = found;
  if (first === undefined) return missingFigure(question, branch, all, sources);
  const older = question.fy === null ? olderRows(indicators, rows.kpis, known, sources) : [];
  const name = nameOf(catalogue, first.indicator);
  const official = officialNameOf(catalogue, first.indicator, first.fy);
  const notes = [
    question.branch === null ? `支部の指定がないため、${formatBranch(branch)}でお答えしました。` : '',
    year.note ?? '',
    others.length + older.length === 0
      ? ''
      : 'お尋ねのことばに当たる指標が複数あるため、あわせて示しました。',
  ].join('');
  const years = known.filter((kpi) => kpi.indicator === first.indicator).map((kpi) => kpi.fy);
  return answered({
    topic: 'kpi',
    title: `${formatBranch(branch)} ${formatFiscalYear(first.fy)} ${name}`,
    headline: headlineOf(first, aspect, sources),
    details: [
      ...figureDetails(first, aspect, sources),
      ...(official === name ? [] : [{ label: '計画での名称', value: official }]),
      ...others.map((kpi) => ({
        label: nameOf(catalogue, kpi.indicator),
        value: headlineOf(kpi, aspect, sources),
      })),
      ...older.map((kpi) => ({
        label: `${nameOf(catalogue, kpi.indicator)}（${formatFiscalYear(kpi.fy)}）`,
        value: headlineOf(kpi, 'target', sources),
      })),
    ],
    lines: first.actual !== null && WITH_PROGRESS.has(aspect) ? await progressLines(first, sources) : [],
    note: notes === '' ? null : notes,
    rows: [...found, ...older].map((kpi) => rowOf(kpi)),
    choices: [
      ...others.map((kpi) =>
        choice(
          nameOf(catalogue, kpi.indicator),
          formatQuestion({ ...question, branch, indicators: [kpi.indicator] }, catalogue),
        ),
      ),
      ...nextQuestions(first, years, aspect, sources),
    ],
  });
}
