import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear, quarterOfMonth } from '../model/fiscal-year.ts';
import type { Count } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered, notFound } from './card.ts';
import { nameOf, type Sources } from './look-up.ts';
import { contentPairs, shared } from './related.ts';
import { chooseBranch, nothingOf } from './scope.ts';
import { chooseYear } from './years.ts';

/** The quarter that a column names: ４～６月 is 1, ５月 is 1; null for columns that are no time. */
export function quarterOfPeriod(period: string): number | null {
  const month = Number(/(\d{1,2})/.exec(period.normalize('NFKC'))?.[1] ?? 0);
  return /月/.test(period) && month >= 1 && month <= 12 ? quarterOfMonth(month) : null;
}

function countLine(count: Count): string {
  const asOf = count.asOf === null || count.text.includes(count.asOf) ? '' : `（${count.asOf}）`;
  return `・${count.table} ${count.label} ${count.period}：${count.text}${asOf}（${count.source.line}行目）`;
}

/** Counts per quarter, month or place, as the report prints them. */
export async function answerCounts(question: QuestionOf<'counts'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const all = await knowledge.counts(question.branch === null ? {} : { branches: [question.branch] });
  const branch = chooseBranch(question, all, sources);
  if (typeof branch !== 'string') return branch;
  const own = all.filter((count) => count.branch === branch);
  const year = chooseYear(
    question.fy,
    own.map((count) => count.fy),
    sources,
  );
  if (year === null) return nothingOf('お尋ねの件数', branch, question.fy, all);
  const names = question.indicators.map((id) => nameOf(catalogue, id)).join(' ');
  const asked = contentPairs(`${question.words} ${names}`);
  const scored = own
    .filter((count) => count.fy === year.fy)
    .map((count) => ({
      count,
      score:
        shared(asked, `${count.table} ${count.label}`) /
        Math.sqrt(contentPairs(`${count.table} ${count.label}`).size + 4),
    }))
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  if (best === 0) return nothingOf('お尋ねの件数', branch, year.fy, []);
  const tables = new Set(scored.filter(({ score }) => score >= best * 0.9).map(({ count }) => count.table));
  const inTables = own.filter((count) => count.fy === year.fy && tables.has(count.table));
  const inQuarter =
    question.quarter === null
      ? inTables
      : inTables.filter((count) => quarterOfPeriod(count.period) === question.quarter);
  const reported = inQuarter.filter((count) => count.value !== null);
  if (reported.length === 0 && question.quarter !== null) {
    const there = [
      ...new Set(inTables.filter((count) => count.value !== null).map((count) => count.period)),
    ].join('、');
    return notFound(
      `${formatBranch(branch)} ${formatFiscalYear(year.fy)}の第${question.quarter}四半期の数値は、まだ資料にありません。${there === '' ? '' : `資料にあるのは${there}の数値です。`}`,
    );
  }
  return answered({
    topic: 'progress',
    title: `${formatBranch(branch)} ${formatFiscalYear(year.fy)} ${[...tables].join('、')}`,
    lines: inQuarter.map(countLine),
    note: year.note,
    sources: inQuarter.map((count) => count.source),
  });
}
