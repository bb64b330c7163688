import { foldText } from '../japanese/fold.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear, quarterOfMonth } from '../model/fiscal-year.ts';
import type { Count } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { answered, notFound } from './card.ts';
import { nameOf, type Sources } from './look-up.ts';
import { nearBest, overlaps } from './overlap.ts';
import { chooseYear } from './years.ts';

/** The quarter that a column names: ４～６月 is 1, ５月 is 1; null for columns that are no time. */
export function quarterOfPeriod(period: string): number | null {
  const month = Number(/(\d{1,2})/.exec(period.normalize('NFKC'))?.[1] ?? 0);
  return /月/.test(period) && month >= 1 && month <= 12 ? quarterOfMonth(month) : null;
}

export function countLine(count: Count): string {
  const asOf = count.asOf === null || count.text.includes(count.asOf) ? '' : `（${count.asOf}）`;
  const label = count.label === count.table ? '' : ` ${count.label}`;
  return `・${count.table}${label} ${count.period}：${count.text}${asOf}（${count.source.line}行目）`;
}

/** Words of the question itself, and words that every table of counts has. */
const ASKING = /四半期|時点|内訳|実績|現在|今年度|件数|人数|実施|状況|支部|月|第|何|人|件|数/g;
const LEAST_COVERAGE = 0.4;

/** By the question's own words; where those fail, with the names of the indicators it is about. */
function nearCounts(
  { about, indicators }: QuestionOf<'counts'>,
  counts: readonly Count[],
  { catalogue }: Sources,
): Count[] {
  const names = indicators.map((id) => nameOf(catalogue, id)).join(' ');
  for (const words of [about, `${about} ${names}`]) {
    const found = overlaps(
      words.replace(ASKING, ' '),
      counts,
      (count) => `${count.table} ${count.label} ${count.period}`,
    );
    const [best] = found;
    if (best !== undefined && best.coverage >= LEAST_COVERAGE) return nearBest(found, 0.85);
  }
  return [];
}

/** Counts per quarter, month or place as the report prints them; null where none is about this. */
export async function answerCounts(question: QuestionOf<'counts'>, sources: Sources): Promise<Answer | null> {
  const { knowledge } = sources;
  const all = await knowledge.counts(question.branch === null ? {} : { branches: [question.branch] });
  const branch = question.branch ?? all[0]?.branch;
  const own = all.filter((count) => count.branch === branch);
  const year = chooseYear(
    question.fy,
    own.map((count) => count.fy),
  );
  if (year === null || branch === undefined)
    return question.quarter === null ? null : noQuarter(question, []);
  const inYear = own.filter((count) => count.fy === year.fy);
  const near = nearCounts(question, inYear, sources);
  const tables = new Set(near.map((count) => count.table));
  const inTables = inYear.filter((count) => tables.has(count.table));
  if (inTables.length === 0) return question.quarter === null ? null : noQuarter(question, []);
  const ofLabel = onlyLabel(question.about, inTables);
  const shown =
    question.quarter === null
      ? ofLabel
      : ofLabel.filter(({ period }) => quarterOfPeriod(period) === question.quarter);
  if (
    ofLabel.length < inTables.length &&
    HOW_MANY.test(question.about) &&
    !ofLabel.some(({ value }) => value !== null)
  )
    return notYet(branch, year.fy, ofLabel);
  if (!shown.some((count) => count.value !== null) && question.quarter !== null)
    return noQuarter(question, inTables);
  return answered({
    topic: 'progress',
    title: `${formatBranch(branch)} ${formatFiscalYear(year.fy)} ${[...tables].join('、')}`,
    lines: shown.map(countLine),
    note: year.note,
    sources: shown.map((count) => count.source),
    passages: [passageOf(shown)].flatMap((passage) => (passage === null ? [] : [passage])),
  });
}

/** 「八丈島の対象者は？」: a table's rows may be asked for by their label; all of them where none is named. */
function onlyLabel(about: string, counts: readonly Count[]): readonly Count[] {
  const words = foldText(about);
  const named = counts.filter(
    ({ label, table }) => label.length > 1 && label !== table && words.includes(foldText(label)),
  );
  if (named.length === 0) return counts;
  return counts.filter((count) => named.includes(count) || /^(?:合計|総?計)$/.test(count.label));
}

/** A number is asked for, not when or whether. */
const HOW_MANY = /何(?:人|名|件|社)|数(?:は|って|を|$|[?？])|いくつ|どのくらい|どれくらい/;

function notYet(branch: string, fy: number, counts: readonly Count[]): Answer {
  const printed = [
    ...new Set(
      counts.map((count) => `${count.period} ${count.text}${count.asOf === null ? '' : `（${count.asOf}）`}`),
    ),
  ];
  return notFound(
    `${formatBranch(branch)}の${formatFiscalYear(fy)}の資料には、${[...new Set(counts.map(({ label }) => label))].join('、')}の数値はまだありません（${printed.join('、')}）。`,
  );
}

function passageOf(counts: readonly Count[]) {
  const [first] = counts;
  if (first === undefined) return null;
  const lines = counts
    .filter(({ source }) => source.file === first.source.file)
    .map(({ source }) => source.line);
  return {
    file: first.source.file,
    title: first.source.title,
    section: [first.table],
    from: Math.min(...lines),
    to: Math.max(...lines),
    text: counts.map(countLine).join('\n').slice(0, 600),
    score: 1,
  };
}

function noQuarter(question: QuestionOf<'counts'>, inTables: readonly Count[]): Answer {
  const there = [...new Set(inTables.filter((count) => count.value !== null).map((count) => count.period))];
  const where = question.branch === null ? '' : `${formatBranch(question.branch)}の`;
  const when = question.fy === null ? '' : `${formatFiscalYear(question.fy)}`;
  const known = there.length === 0 ? '' : `資料にあるのは${there.join('、')}の数値です。`;
  return notFound(`${where}${when}第${question.quarter}四半期のお尋ねの数値は、資料にありません。${known}`);
}
