import type { BudgetLine } from '../../model/budget-line.ts';
import type { Doubt } from '../../model/plan-document.ts';
import type { PartText } from '../part-text.ts';
import { budgetSections } from './budget-sections.ts';
import type { Paragraph } from './html-cells.ts';

/** The measures and amounts of one table row; a whole column of a page may be one row. */
export interface BudgetCells {
  line: number;
  names: Paragraph[];
  amounts: string;
}

const AMOUNT = /([\d,]+)\s*(千円|百万円|万円|円)/g;
const SCALE: Record<string, number> = { 円: 1, 千円: 1e3, 万円: 1e4, 百万円: 1e6 };

interface Named {
  name: string;
  amount: string | null;
  line: number;
}

export interface PairedBudgets {
  budgets: BudgetLine[];
  doubts: Doubt[];
}

/**
 * Pairs names with amounts by their order, for cells say no more. An amount inside a name is its own.
 * A name that a page break cut goes on at the head of the next row, which has one amount less.
 * Where the numbers still differ, no order can be trusted: the row is left to a reader.
 */
export function pairBudgets(part: PartText, rows: readonly BudgetCells[]): PairedBudgets {
  const items: Named[] = [];
  const sections = new Map<Named, string>();
  const findSection = budgetSections(part);
  const doubts: Doubt[] = [];
  for (const [index, row] of rows.entries()) {
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
    const settled =
      waiting.length === amounts.length || restComesNext(waiting.slice(amounts.length), rows[index + 1]);
    if (settled) for (const [nth, item] of waiting.entries()) item.amount = amounts[nth] ?? null;
    else doubts.push(unpaired(part, row, waiting, amounts));
    const taken = named.filter(({ amount }) => amount !== null);
    if (taken.length === 0) continue;
    const section = findSection(taken.map(({ name }) => name).join('\n'), row.line);
    for (const item of taken) {
      items.push(item);
      sections.set(item, section);
    }
  }
  return { budgets: items.map((item) => budgetLine(part, item, sections.get(item) ?? '')), doubts };
}

/** A cell may name what the next row names again, there with its amounts. */
function restComesNext(rest: readonly Named[], next: BudgetCells | undefined): boolean {
  const names = next?.names.map(({ text }) => readName(text, 0).name) ?? [];
  return rest.length > 0 && rest.every(({ name }) => names.includes(name));
}

function unpaired(
  part: PartText,
  row: BudgetCells,
  waiting: readonly Named[],
  amounts: readonly string[],
): Doubt {
  return {
    kind: 'not_taken',
    file: part.file,
    line: row.line,
    text: waiting.map(({ name }) => name).join('、'),
    reason: `予算の取組名${waiting.length}件と金額${amounts.length}件の数が合いません`,
  };
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
