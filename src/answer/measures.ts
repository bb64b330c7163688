import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Measure } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered, notFound } from './card.ts';
import { headlineOf } from './figure-details.ts';
import { nameOf, onePerKpi, type Sources } from './look-up.ts';
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

/** The item, its evaluation, what was done, what comes next. */
export function measureLines(measure: Measure): string[] {
  const { evaluation, number, plan, progress, next, section } = measure;
  const where = section.length === 0 ? '' : `［${section.at(-1)}］`;
  const mark = evaluation === null ? '' : `評価 ${evaluation}　`;
  return [
    `・${mark}${where}${number} ${shorten(plan, 120)}（${measure.source.line}行目）`,
    ...(isSaid(progress) ? [`　実施状況：${shorten(progress, 240)}`] : []),
    ...(isSaid(next) ? [`　今後の予定：${shorten(next, 240)}`] : []),
  ];
}

function titleOf({ mark, want }: QuestionOf<'measures'>): string {
  if (mark !== null) return `評価が${mark}の取組`;
  return want === 'next' ? '今後の取組予定' : '取組の評価';
}

/** Evaluations with what was done, and what comes next. */
export async function answerMeasures(question: QuestionOf<'measures'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const all = (
    await knowledge.measures(question.branch === null ? {} : { branches: [question.branch] })
  ).filter(({ evaluation, progress, next }) => evaluation !== null || progress !== null || next !== null);
  const branch = chooseBranch(question, all, sources);
  if (typeof branch !== 'string') return branch;
  const own = all.filter((measure) => measure.branch === branch);
  const year = chooseYear(
    question.fy,
    own.map((measure) => measure.fy),
    sources,
  );
  if (year === null) return nothingOf('実施状況と評価', branch, question.fy, all);
  const { indicators } = question;
  const kpis =
    indicators.length === 0
      ? []
      : onePerKpi(catalogue, await knowledge.kpis({ branches: [branch], fys: [year.fy], indicators }));
  const inYear = own.filter((measure) => measure.fy === year.fy);
  const marked =
    question.mark === null ? inYear : inYear.filter(({ evaluation }) => evaluation === question.mark);
  const found = relevantMeasures(question, kpis, marked).filter(
    ({ next }) => question.want !== 'next' || isSaid(next),
  );
  const place = `${formatBranch(branch)} ${formatFiscalYear(year.fy)}`;
  if (found.length === 0 && question.mark === null) {
    return notFound(
      `${place}の資料に、お尋ねの取組の${question.want === 'next' ? '予定' : '評価'}は見つかりませんでした。`,
    );
  }
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
    lines: shown.flatMap(measureLines),
    note: `${assumptions(question, branch, year.note)}${more}` || null,
    rows: kpis.map((kpi) => rowOf(kpi)),
    passages: shown.slice(0, 3).map((measure) => ({
      file: measure.source.file,
      title: measure.source.title,
      section: measure.section,
      from: measure.source.line,
      to: measure.source.line,
      text: shorten(measureLines(measure).join(' '), 600),
      score: 1,
    })),
    sources: (shown.length > 0 ? shown : inYear.slice(0, 1)).map((measure) => measure.source),
  });
}
