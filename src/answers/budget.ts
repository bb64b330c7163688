import { formatNumber, formatYen } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { QuestionOf } from '../model/question.ts';
import { aboutBudget, findGroup, findItems } from './budget-search.ts';
import { selectItems } from './budget-select.ts';
import { budgetLine, budgetRow, comparedYearsOf } from './budget-text.ts';
import { answered, notFound } from './card.ts';
import type { Sources } from './look-up.ts';
import { contentPairs } from './overlap.ts';
import { assumptions, chooseBranch, nothingOf } from './scope.ts';
import { chooseYear } from './years.ts';

type Amounts = (line: BudgetLine) => number | null;

/** A longer sum is shown by its sections. */
const MOST_ADDENDS = 12;

function total(lines: readonly BudgetLine[], amountOf: Amounts): number {
  return lines.reduce((sum, line) => sum + (amountOf(line) ?? 0), 0);
}

function bySection(lines: readonly BudgetLine[]): Map<string, BudgetLine[]> {
  const sections = new Map<string, BudgetLine[]>();
  for (const line of lines) {
    const name = line.section.split(' > ').at(-1) ?? line.section;
    sections.set(name, [...(sections.get(name) ?? []), line]);
  }
  return sections;
}

/** A sum with the amounts it is made of. */
function sumText(lines: readonly BudgetLine[], amountOf: Amounts): string {
  const known = lines.filter((line) => amountOf(line) !== null);
  const sum = formatYen(total(known, amountOf));
  if (known.length < 2) return sum;
  const addends =
    known.length <= MOST_ADDENDS
      ? known.map((line) => formatNumber(amountOf(line) ?? 0))
      : [...bySection(known)].map(([name, own]) => `${name} ${formatNumber(total(own, amountOf))}`);
  return `${sum}（${addends.join(' + ')}）`;
}

/** Each item, or of a long total each section. */
function linesOf(
  question: QuestionOf<'budget'>,
  found: readonly BudgetLine[],
  all: readonly BudgetLine[],
): string[] {
  const sums = question.want === 'total' || question.want === 'rate';
  if (!sums || found.length <= MOST_ADDENDS) {
    const compared = comparedYearsOf(all);
    return found.map((line) => budgetLine(line, compared));
  }
  return [...bySection(found)].map(
    ([name, own]) => `・${name}：${own.length}件 ${formatYen(total(own, (line) => line.amountYen))}`,
  );
}

/** Whole sections are asked for, or nothing in particular. */
function isWhole({ want, about }: QuestionOf<'budget'>): boolean {
  return (want !== 'item' && want !== 'rate') || contentPairs(aboutBudget(about)).size === 0;
}

/** The lines of the years that are asked for; a year that only stands beside the next one's counts too. */
function inYears(lines: readonly BudgetLine[], fys: readonly number[]): BudgetLine[] {
  const own = lines.filter((line) => fys.includes(line.fy));
  const beside = lines.filter(
    (line) =>
      line.previousAmountYen !== null &&
      fys.includes(line.fy - 1) &&
      !own.some((other) => other.fy === line.fy - 1) &&
      !own.includes(line),
  );
  return [...own, ...beside];
}

function headline(question: QuestionOf<'budget'>, found: readonly BudgetLine[]): string {
  const [first] = found;
  if (first === undefined) return '該当する予算はありません。';
  const sums = question.want === 'total' || question.want === 'status' || question.want === 'rate';
  if (sums || (question.want === 'list' && found.length > 1)) {
    return `${found.length}件、予算額の合計 ${sumText(found, (line) => line.amountYen)}`;
  }
  return found.length === 1 ? `予算額 ${formatYen(first.amountYen)}` : `${found.length}件です。`;
}

function executionDetails(
  question: QuestionOf<'budget'>,
  found: readonly BudgetLine[],
): { label: string; value: string }[] {
  const executed = found.filter((line) => line.executedYen !== null);
  if (executed.length === 0 || (question.want !== 'total' && question.want !== 'rate')) return [];
  const spent = executed.reduce((sum, line) => sum + (line.executedYen ?? 0), 0);
  const budget = found.reduce((sum, line) => sum + line.amountYen, 0);
  const rate = `${formatNumber((spent / budget) * 100, 1)}％（${formatNumber(spent)} ÷ ${formatNumber(budget)}）`;
  return [
    { label: '執行（予定）額の合計', value: sumText(executed, (line) => line.executedYen) },
    { label: '執行率', value: rate },
  ];
}

interface Pool {
  fys: number[];
  lines: BudgetLine[];
  note: string;
}

/** The years that are meant: those said, else the latest, else any that has what is asked for. */
function choosePool(question: QuestionOf<'budget'>, own: readonly BudgetLine[]): Pool | null {
  const known = own.flatMap((line) => (line.previousAmountYen === null ? [line.fy] : [line.fy, line.fy - 1]));
  const asked = question.fys.filter((fy) => known.includes(fy));
  const years = [...new Set([...own.map((line) => line.fy), ...asked])];
  const year = chooseYear(asked.at(-1) ?? question.fys.at(-1) ?? null, years);
  if (year === null) return null;
  const search = (fys: number[]) => {
    const lines = inYears(own, fys);
    return isWhole(question) ? findGroup(question.about, lines) : findItems(question.about, lines);
  };
  const fys = asked.length > 0 ? asked : [year.fy];
  const lines = search(fys);
  if (lines.length > 0 || question.fys.length > 0) return { fys, lines, note: year.note ?? '' };
  for (const fy of [...new Set(own.map((line) => line.fy))].sort((a, b) => b - a)) {
    const older = search([fy]);
    const note = `${formatFiscalYear(year.fy)}の予算にはなく、${formatFiscalYear(fy)}の予算にあります。`;
    if (older.length > 0) return { fys: [fy], lines: older, note };
  }
  return { fys, lines, note: '' };
}

/** The branch that is said; else the one that has such an item. */
function branchOf(
  question: QuestionOf<'budget'>,
  all: readonly BudgetLine[],
  sources: Sources,
): string | Answer {
  if (question.branch !== null) return question.branch;
  const near = isWhole(question) ? all : findItems(question.about, all);
  return chooseBranch(question, near.length > 0 ? near : all, sources);
}

/** Items, sums, status and execution of a branch's budget. */
export async function answerBudget(question: QuestionOf<'budget'>, sources: Sources): Promise<Answer> {
  const { knowledge } = sources;
  const all = await knowledge.budgets(question.branch === null ? {} : { branches: [question.branch] });
  if (all.length === 0 && question.branch === null) return notFound('予算の資料は登録されていません。');
  const branch = branchOf(question, all, sources);
  if (typeof branch !== 'string') return branch;
  const own = all.filter((line) => line.branch === branch);
  const pool = choosePool(question, own);
  if (pool === null) return nothingOf('予算', branch, question.fys.at(-1) ?? null, all);
  const { fys, lines: relevant } = pool;
  if (relevant.length === 0) {
    return notFound(
      `${formatBranch(branch)}の${fys.map(formatFiscalYear).join('・')}の資料に、お尋ねの予算は見つかりませんでした。`,
    );
  }
  const found = selectItems(question, relevant);
  if (question.want === 'rate' && relevant.every(({ executedYen }) => executedYen === null))
    return notFound(
      `${formatBranch(branch)}の${fys.map(formatFiscalYear).join('・')}の資料に執行額はありません。予算額は${sumText(relevant, (line) => line.amountYen)}です。`,
    );
  if (question.status !== null && relevant.every(({ status }) => status === null))
    return notFound(
      `${formatBranch(branch)}の${fys.map(formatFiscalYear).join('・')}の資料に、予算のステータス（${question.status} など）は書かれていません。`,
    );
  const missing = fys.filter(
    (fy) => !found.some((line) => line.fy === fy || (line.fy - 1 === fy && line.previousAmountYen !== null)),
  );
  const absent =
    missing.length === 0 || found.length === 0
      ? ''
      : `${missing.map(formatFiscalYear).join('・')}の予算に、同じ名前の項目は見当たりません。`;
  const [first] = found;
  const one = found.length === 1 && first !== undefined;
  return answered({
    topic: 'budget',
    title: `${formatBranch(branch)} ${fys.map(formatFiscalYear).join('・')} ${one ? `「${first.name}」の予算` : '予算'}`,
    headline: headline(question, found),
    details: executionDetails(question, found),
    table: found.length < 2 ? null : tableOf(found),
    lines: linesOf(question, found, own),
    note: `${assumptions(question, branch, pool.note)}${absent}` || null,
    rows: found.map(budgetRow),
    sources: found.length === 0 ? relevant.slice(0, 1).map((line) => line.source) : [],
  });
}

function tableOf(lines: readonly BudgetLine[]) {
  const yen = (amount: number | null) => ({ text: amount === null ? '―' : formatYen(amount), value: amount });
  return {
    caption: '予算',
    columns: [
      { name: '取組', kind: 'text' as const },
      { name: '予算額', kind: 'number' as const },
      { name: '執行（予定）額', kind: 'number' as const },
      { name: 'ステータス', kind: 'text' as const },
    ],
    rows: lines.map((line) => [
      { text: line.name, value: null },
      yen(line.amountYen),
      yen(line.executedYen),
      { text: line.status ?? '―', value: null },
    ]),
  };
}
