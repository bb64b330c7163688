import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear, quarterOfMonth } from '../model/fiscal-year.ts';
import type { Knowledge, PartFilter } from '../model/knowledge.ts';
import type { Measure } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered } from './card.ts';
import { headlineOf } from './figure-details.ts';
import { nameOf, onePerKpi, type Sources } from './look-up.ts';
import { toAnswerPassage } from './passage-parts.ts';
import { searchPassages } from './passages.ts';
import { relevantMeasures } from './related.ts';
import { rowOf } from './rows.ts';
import { assumptions, chooseBranch, nothingOf } from './scope.ts';
import { chooseYear } from './years.ts';

const SHOWN = 12;

function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

function isSaid(text: string | null): text is string {
  return text !== null && !/^[-―－ー—]?$/.test(text.trim());
}

/** Beside what comes next, what was done is asked for too. */
const ASKS_STATE = /状況|進捗|評価|どこまで|これまで/;

/** The item, its evaluation, what was done, what comes next. */
export function measureLines(measure: Measure, withProgress: boolean): string[] {
  const { evaluation, number, plan, progress, next, section } = measure;
  const where = section.length === 0 ? '' : `［${section.at(-1)}］`;
  const mark = evaluation === null ? '' : `評価 ${evaluation}　`;
  return [
    `・${mark}${where}${number} ${shorten(plan, 120)}（${measure.source.line}行目）`,
    ...(withProgress && isSaid(progress) ? [`　実施状況：${shorten(progress, 240)}`] : []),
    ...(isSaid(next) ? [`　今後の予定：${shorten(next, 240)}`] : []),
  ];
}

function titleOf({ marks, want, quarters }: QuestionOf<'measures'>): string {
  if (marks.length > 0) return `評価が${marks.join('・')}の取組`;
  if (quarters.length > 0) return `第${quarters.join('・')}四半期の取組予定`;
  return { next: '今後の取組予定', done: '取組の実施状況', evaluation: '取組の評価' }[want];
}

/** Measures with a promise whose dates lie in one of the quarters. */
async function measuresDue(
  measures: readonly Measure[],
  quarters: readonly number[],
  filter: PartFilter,
  knowledge: Knowledge,
): Promise<Measure[]> {
  const commitments = await knowledge.commitments(filter);
  const due = commitments.filter(({ from, to }) =>
    quarters.some(
      (quarter) => quarter >= quarterOf(from) && quarter <= quarterOf(to) && !isWholeYear(from, to),
    ),
  );
  return measures.filter((measure) =>
    due.some(({ section, number }) => number === measure.number && section.join() === measure.section.join()),
  );
}

function quarterOf(date: string): number {
  return quarterOfMonth(Number(date.slice(5, 7)));
}

/** 毎月 and 引き続き are due in no quarter in particular. */
function isWholeYear(from: string, to: string): boolean {
  return quarterOf(from) === 1 && quarterOf(to) === 4;
}

/** Evaluations with what was done, and what comes next. Null where no measure is about this. */
export async function answerMeasures(
  question: QuestionOf<'measures'>,
  sources: Sources,
): Promise<Answer | null> {
  const { catalogue, knowledge } = sources;
  const all = (
    await knowledge.measures(question.branch === null ? {} : { branches: [question.branch] })
  ).filter(({ evaluation, progress, next }) => evaluation !== null || progress !== null || next !== null);
  const branch = chooseBranch(question, all, sources);
  if (all.length === 0 && question.marks.length === 0) return null;
  if (typeof branch !== 'string') return branch;
  const own = all.filter((measure) => measure.branch === branch);
  const year = chooseYear(
    question.fy,
    own.map((measure) => measure.fy),
  );
  if (year === null)
    return question.marks.length === 0 ? null : nothingOf('実施状況と評価', branch, question.fy, all);
  const { indicators } = question;
  const kpis =
    indicators.length === 0
      ? []
      : onePerKpi(catalogue, await knowledge.kpis({ branches: [branch], fys: [year.fy], indicators }));
  const inYear = own.filter((measure) => measure.fy === year.fy);
  const marked =
    question.marks.length === 0
      ? inYear
      : inYear.filter(({ evaluation }) => evaluation !== null && question.marks.includes(evaluation));
  const due =
    question.quarters.length === 0
      ? marked
      : await measuresDue(marked, question.quarters, { branches: [branch], fys: [year.fy] }, knowledge);
  const found = relevantMeasures(question, kpis, due).filter(
    ({ next }) => question.want !== 'next' || isSaid(next),
  );
  const place = `${formatBranch(branch)} ${formatFiscalYear(year.fy)}`;
  if (found.length === 0 && question.marks.length === 0) return null;
  const shown = found.slice(0, SHOWN);
  const more = found.length > SHOWN ? `先頭の${SHOWN}件を示しました。` : '';
  return answered({
    topic: 'progress',
    title: `${place} ${titleOf(question)}`,
    headline: found.length === 0 ? 'ありません。' : `${found.length}件です。`,
    details: kpis.map((kpi) => ({
      label: nameOf(catalogue, kpi.indicator),
      value: `${headlineOf(kpi, 'all', sources)}、${headlineOf(kpi, 'actual', sources)}`,
    })),
    lines: shown.flatMap((measure) =>
      measureLines(measure, question.want !== 'next' || ASKS_STATE.test(question.about)),
    ),
    note: `${assumptions(question, branch, year.note)}${more}` || null,
    rows: kpis.map((kpi) => rowOf(kpi)),
    passages: searchPassages(
      { about: question.about, branches: [branch], fys: [year.fy], which: false },
      sources,
    ).map(toAnswerPassage),
    sources: (shown.length > 0 ? shown : inYear.slice(0, 1)).map((measure) => measure.source),
  });
}
