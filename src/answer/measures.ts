import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Measure } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered } from './card.ts';
import type { Sources } from './look-up.ts';
import { relevantMeasures } from './related.ts';
import { chooseBranch, nothingOf } from './scope.ts';
import { chooseYear } from './years.ts';

function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

export function measureLines(measure: Measure): string[] {
  const { evaluation, number, plan, progress, next, section } = measure;
  const where = section.length === 0 ? '' : `［${section.at(-1)}］`;
  return [
    `・${where}${number}${evaluation === null ? '' : ` 評価 ${evaluation}`} ${shorten(plan, 120)}`,
    ...(progress === null ? [] : [`　実施状況：${shorten(progress, 200)}`]),
    ...(next === null ? [] : [`　今後の予定：${shorten(next, 200)}`]),
  ];
}

/** Evaluations with what was done, and what comes next. */
export async function answerMeasures(question: QuestionOf<'measures'>, sources: Sources): Promise<Answer> {
  const { knowledge } = sources;
  const all = (
    await knowledge.measures(question.branch === null ? {} : { branches: [question.branch] })
  ).filter((measure) => measure.evaluation !== null || measure.progress !== null || measure.next !== null);
  const branch = chooseBranch(question, all, sources);
  if (typeof branch !== 'string') return branch;
  const own = all.filter((measure) => measure.branch === branch);
  const year = chooseYear(
    question.fy,
    own.map((measure) => measure.fy),
    sources,
  );
  if (year === null) return nothingOf('実施状況と評価', branch, question.fy, all);
  const inYear = own.filter((measure) => measure.fy === year.fy);
  const marked =
    question.mark === null ? inYear : inYear.filter((measure) => measure.evaluation === question.mark);
  const relevant = await relevantMeasures(question, marked, sources);
  const shown = relevant.slice(0, 12);
  const what =
    question.mark !== null
      ? `評価が${question.mark}の取組`
      : question.want === 'next'
        ? '今後の取組予定'
        : '取組の評価';
  return answered({
    topic: 'progress',
    title: `${formatBranch(branch)} ${formatFiscalYear(year.fy)} ${what}`,
    headline: relevant.length === 0 ? 'ありません。' : `${relevant.length}件です。`,
    lines: shown.flatMap(measureLines),
    note:
      [year.note, relevant.length > shown.length ? `先頭の${shown.length}件を示しました。` : null]
        .filter((note) => note !== null)
        .join('') || null,
    sources: (shown.length > 0 ? shown : inYear.slice(0, 1)).map((measure) => measure.source),
  });
}
