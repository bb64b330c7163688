import type { BudgetLine } from '../../model/budget-line.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { YEN } from '../kpi/target.ts';
import { notTaken } from '../lines.ts';
import { type PartText, sourceIn } from '../part-text.ts';

/** The measures and amounts of one table row; a whole column of a page may be one row. */
export interface BudgetCells {
  line: number;
  names: string[];
  amounts: string;
}

const AMOUNT = /([\d,]+)\s*(千円|百万円|万円|円)/g;

interface Named {
  name: string;
  amount: string | null;
  line: number;
}

interface PairedBudgets {
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
    const named = row.names.map((text) => readName(text, row.line));
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
  const names = next?.names.map((text) => readName(text, 0).name) ?? [];
  return rest.length > 0 && rest.every(({ name }) => names.includes(name));
}

function unpaired(
  part: PartText,
  row: BudgetCells,
  waiting: readonly Named[],
  amounts: readonly string[],
): Doubt {
  const text = waiting.map(({ name }) => name).join('、');
  const reason = `予算の取組名${waiting.length}件と金額${amounts.length}件の数が合いません`;
  return notTaken(part.file, { number: row.line, text }, reason);
}

function readName(text: string, line: number): Named {
  const own = /^(.*?)\s*([\d,]+\s*(?:千円|百万円|万円|円))$/.exec(text);
  const name = (own?.[1] ?? text).replace(/^[・•]\s*/, '').trim();
  return { name, amount: own?.[2] ?? null, line };
}

function continuesName(first: string | undefined, last: Named): boolean {
  return first !== undefined && !/^[・•(（]/.test(first) && !/[)）。]$/.test(last.name);
}

function budgetLine(part: PartText, item: Named, section: string): BudgetLine {
  const [, digits = '0', unit = '円'] = /([\d,]+)\s*(千円|百万円|万円|円)/.exec(item.amount ?? '') ?? [];
  return {
    branch: part.branch,
    fy: part.fy,
    section,
    name: item.name,
    amountYen: Number(digits.replaceAll(',', '')) * (YEN[unit] ?? 1),
    amountText: `${digits}${unit}`,
    executedYen: null,
    status: null,
    note: null,
    previousAmountYen: null,
    source: sourceIn(part, item.line),
  };
}

interface Section {
  path: string;
  /** Index of its last line. */
  last: number;
  heading: Set<string>;
  text: Set<string>;
}

/** A word of a heading tells more of what a budget is for than a word of the text below it. */
const HEADING_WEIGHT = 3;

/**
 * Finds the section that a row of budgets is for. A row's cells do not say which part of the plan beside them they
 * belong to: of the sections between the last row's and the end of this row's text, it is the one that shares
 * most of the names' character pairs, rare ones counting more.
 */
function budgetSections(part: PartText): (names: string, line: number) => string {
  const sections = sectionsOf(part);
  let current = 0;
  return (names, line) => {
    const end = Math.max(
      current,
      sections.findIndex(({ last }) => last >= lastIndexOf(part, line)),
    );
    const pairs = [...pairsOf(names)];
    let best = { at: current, score: -1 };
    for (let at = current; at <= end; at++) {
      const section = sections[at];
      const score = section ? pairs.reduce((sum, pair) => sum + shareOf(pair, section, sections), 0) : -1;
      if (score > best.score) best = { at, score };
    }
    current = best.at;
    return sections[best.at]?.path ?? '';
  };
}

function shareOf(pair: string, section: Section, sections: readonly Section[]): number {
  const weight = section.heading.has(pair) ? HEADING_WEIGHT : section.text.has(pair) ? 1 : 0;
  if (weight === 0) return 0;
  const holders = sections.filter((own) => own.heading.has(pair) || own.text.has(pair)).length;
  return weight * Math.log(1 + sections.length / holders);
}

/** Runs of lines under one path; numbered items (①) are of the section they stand in. */
function sectionsOf(part: PartText): Section[] {
  const sections: Section[] = [];
  for (const [index, line] of part.lines.entries()) {
    const titles = part.sectionAt(index).filter((title) => !/^[①-⑳]/.test(title));
    const path = titles.join(' > ');
    const open = sections.at(-1);
    if (open?.path === path) {
      open.last = index;
      for (const pair of pairsOf(line.text)) open.text.add(pair);
    } else {
      sections.push({ path, last: index, heading: pairsOf(titles.at(-1) ?? ''), text: pairsOf(line.text) });
    }
  }
  return sections;
}

function lastIndexOf(part: PartText, line: number): number {
  return part.lines.findLastIndex((own) => own.number <= line);
}

function pairsOf(text: string): Set<string> {
  const dense = text.replace(/[\s・()（）「」、。]/g, '');
  return new Set(Array.from({ length: Math.max(0, dense.length - 1) }, (_, at) => dense.slice(at, at + 2)));
}
