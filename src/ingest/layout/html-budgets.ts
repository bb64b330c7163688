import type { BudgetLine } from '../../model/budget-line.ts';
import type { PartText } from '../part-text.ts';
import type { Paragraph } from './html-cells.ts';

/** The measures and amounts of one table row; a whole column of a page may be one row. */
export interface BudgetCells {
  line: number;
  names: Paragraph[];
  amounts: string;
  /** How many lines of the plan's text stand before the row. */
  textBefore: number;
}

const AMOUNT = /([\d,]+)\s*(千円|百万円|万円|円)/g;
const SCALE: Record<string, number> = { 円: 1, 千円: 1e3, 万円: 1e4, 百万円: 1e6 };

interface Named {
  name: string;
  amount: string | null;
  line: number;
}

/**
 * Pairs names with amounts by their order, for cells say no more. An amount inside a name is its own.
 * A name that a page break cut goes on at the head of the next row, which has one amount less.
 */
export function pairBudgets(part: PartText, rows: readonly BudgetCells[]): BudgetLine[] {
  const items: Named[] = [];
  const sections = new Map<Named, string>();
  for (const row of rows) {
    const named = row.names.map(({ text }) => readName(text, row.line));
    const amounts = [...row.amounts.matchAll(AMOUNT)].map((match) => match[0]);
    const [first] = named;
    const last = items.at(-1);
    const awaiting = named.filter(({ amount }) => amount === null).length;
    if (
      first &&
      last &&
      first.amount === null &&
      awaiting === amounts.length + 1 &&
      continuesName(row.names[0], last)
    ) {
      last.name += first.name;
      named.shift();
    }
    const waiting = named.filter(({ amount }) => amount === null);
    for (const [index, item] of waiting.entries()) item.amount = amounts[index] ?? null;
    for (const item of named) {
      if (item.amount === null) continue;
      items.push(item);
      sections.set(item, sectionOf(part, row));
    }
  }
  return items.map((item) => budgetLine(part, item, sections.get(item) ?? ''));
}

/** Chapter and section; the numbered item that happens to stand above the row is not what the budget is for. */
function sectionOf(part: PartText, row: BudgetCells): string {
  const path = part.sectionAt(Math.max(0, row.textBefore - 1));
  return path.filter((title) => !/^[①-⑳]/.test(title)).join(' > ');
}

function readName(text: string, line: number): Named {
  const own = /^(.*?)\s*([\d,]+\s*(?:千円|百万円|万円|円))$/.exec(text);
  const name = (own?.[1] ?? text).replace(/^[・•]\s*/, '').trim();
  return { name, amount: own?.[2] ?? null, line };
}

function continuesName(first: Paragraph | undefined, last: Named): boolean {
  return first !== undefined && !/^[・•(（]/.test(first.text) && !/[)）。]$/.test(last.name);
}

function budgetLine(part: PartText, item: Named, section: string): BudgetLine {
  const [, digits = '0', unit = '円'] = /([\d,]+)\s*(千円|百万円|万円|円)/.exec(item.amount ?? '') ?? [];
  return {
    branch: part.branch,
    fy: part.fy,
    section,
    name: item.name,
    amountYen: Number(digits.replaceAll(',', '')) * (SCALE[unit] ?? 1),
    amountText: `${digits}${unit}`,
    executedYen: null,
    status: null,
    note: null,
    previousAmountYen: null,
    source: { file: part.file, line: item.line, page: null, title: part.title },
  };
}
