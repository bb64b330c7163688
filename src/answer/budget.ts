import { formatNumber, formatYen } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { QuestionOf } from '../model/question.ts';
import { relevantBudgets } from './budget-search.ts';
import { budgetLine, budgetRow } from './budget-text.ts';
import { answered } from './card.ts';
import type { Sources } from './look-up.ts';
import { chooseBranch, nothingOf } from './scope.ts';
import { chooseYear } from './years.ts';

function sumLine(lines: readonly BudgetLine[], pick: (line: BudgetLine) => number | null): string {
  const amounts = lines.map(pick).filter((amount) => amount !== null);
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return amounts.length === 1
    ? formatYen(total)
    : `${formatYen(total)}（${amounts.map((amount) => formatNumber(amount)).join(' + ')}）`;
}

function select(question: QuestionOf<'budget'>, lines: readonly BudgetLine[]): BudgetLine[] {
  switch (question.want) {
    case 'over':
      return lines.filter((line) => line.executedYen !== null && line.executedYen > line.amountYen);
    case 'status':
      return lines.filter((line) => line.status === question.status);
    case 'largest':
      return [...lines].sort((a, b) => b.amountYen - a.amountYen).slice(0, 3);
    case 'new':
      return lines.filter((line) => line.previousAmountYen === null);
    default:
      return [...lines];
  }
}

/** Items, sums, status and execution of a branch's budget. */
export async function answerBudget(question: QuestionOf<'budget'>, sources: Sources): Promise<Answer> {
  const { knowledge } = sources;
  const all = await knowledge.budgets(question.branch === null ? {} : { branches: [question.branch] });
  const branch = chooseBranch(question, all, sources);
  if (typeof branch !== 'string') return branch;
  const own = all.filter((line) => line.branch === branch);
  const year = chooseYear(
    question.fys.length > 0 ? Math.max(...question.fys) : null,
    own.map((line) => line.fy),
    sources,
  );
  if (year === null) return nothingOf('予算', branch, question.fys.at(-1) ?? null, all);
  const whole = question.want !== 'item' && question.want !== 'rate';
  const relevant = relevantBudgets(
    question.words,
    own.filter((line) => line.fy === year.fy),
    whole,
    sources,
  );
  if (relevant.length === 0) return nothingOf('お尋ねの予算', branch, year.fy, []);
  const found = select(question, relevant);
  const place = `${formatBranch(branch)} ${formatFiscalYear(year.fy)}`;
  const sum = found.length > 0 ? sumLine(found, (line) => line.amountYen) : null;
  const executed = found.filter((line) => line.executedYen !== null);
  const totals = question.want === 'total' || question.want === 'status' || question.want === 'rate';
  return answered({
    topic: 'budget',
    title: `${place} ${found.length === 1 ? `「${found[0]?.name}」の予算` : '予算'}`,
    headline:
      found.length === 0
        ? '該当する予算はありません。'
        : totals && sum !== null
          ? `合計 ${sum}`
          : found.length === 1
            ? `予算額 ${formatYen(found[0]?.amountYen ?? 0)}`
            : `${found.length}件です。`,
    details:
      totals && executed.length > 0
        ? [{ label: '執行（予定）額の合計', value: sumLine(executed, (line) => line.executedYen) }]
        : [],
    lines: found.map(budgetLine),
    note: year.note,
    rows: found.map(budgetRow),
    sources: found.length === 0 ? relevant.slice(0, 1).map((line) => line.source) : [],
  });
}
