import { formatNumber, formatYen } from '../japanese/amounts.ts';
import type { AnswerRow } from '../model/answer.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';

function printed(line: BudgetLine): string {
  const yen = formatYen(line.amountYen);
  return line.amountText.includes('千円') ? `${yen}（${line.amountText}）` : yen;
}

function previous(
  { previousAmountYen, amountYen, fy }: BudgetLine,
  comparedYears: ReadonlySet<number>,
): string {
  if (previousAmountYen === null)
    return comparedYears.has(fy) ? `、${formatFiscalYear(fy - 1)}予算 ―（新規）` : '';
  const change = amountYen - previousAmountYen;
  const word = change === 0 ? '同額' : `${formatYen(Math.abs(change))}${change > 0 ? '増' : '減'}`;
  return `、${formatFiscalYear(fy - 1)}予算 ${formatYen(previousAmountYen)}（${word}）`;
}

/** Years whose budgets a document prints beside those of the year before: only there an item can be new. */
export function comparedYearsOf(lines: readonly BudgetLine[]): Set<number> {
  return new Set(lines.filter((line) => line.previousAmountYen !== null).map(({ fy }) => fy));
}

/** One item with its execution, status and last year's amount. */
export function budgetLine(line: BudgetLine, comparedYears: ReadonlySet<number>): string {
  const { executedYen, amountYen, status, note } = line;
  const rate =
    executedYen === null || amountYen === 0
      ? ''
      : `（執行率 ${formatNumber((executedYen / amountYen) * 100, 1)}％）`;
  const executed =
    executedYen === null ? '執行（予定）額 ―' : `執行（予定）額 ${formatYen(executedYen)}${rate}`;
  const over =
    executedYen !== null && executedYen > amountYen
      ? `、予算を${formatYen(executedYen - amountYen)}超過`
      : '';
  const state = status === null ? '' : `、${status}`;
  return `・${formatFiscalYear(line.fy)} ${line.name}：予算額 ${printed(line)}、${executed}${over}${state}${note === null ? '' : `（${note}）`}${previous(line, comparedYears)}（${line.source.line}行目）`;
}

export function budgetRow(line: BudgetLine): AnswerRow {
  return {
    branch: line.branch,
    fy: line.fy,
    indicator: `other:${line.name}`,
    aspect: 'budget',
    op: null,
    value: line.amountYen,
    unit: '円',
    relative: null,
    actual: line.executedYen,
    asOf: line.note,
    source: line.source,
  };
}
