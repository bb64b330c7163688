import type { BudgetLine } from '../../model/budget-line.ts';
import type { FiscalYear } from '../../model/fiscal-year.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { YEN } from '../kpi/target.ts';
import { isOpen } from '../lines.ts';
import { budgetStatusIn, readCell } from './cell-value.ts';
import { type Context, doubtAt, isOfOtherInsurer, sourceAt } from './context.ts';
import { captionFacets, type FacetWords, readFacets } from './facets.ts';
import { distinct, type HeadedColumn, joinedText, type Row, rowText, type Section } from './headed-table.ts';

export interface TableBudgets {
  budgets: BudgetLine[];
  doubts: Doubt[];
}

const TOTAL = /^(?:総?合計|総計|小計|計|総額|合計額|.*(?:小計|合計|総計))$|^.{0,14}計$/;

/** The sum of other items, or a part of one: (うち広報). */
export function isTotal(name: string): boolean {
  return TOTAL.test(name.replace(/\s/g, '')) || /^[(（]?うち/.test(name);
}

/** A table of sums says what its parts add up to; its rows are no items. */
const SUMMARY = /総額|総括|総表|概要|全体/;
const OF_SUMS = /予算(?:額|\(案\))?$|等予算|^保健事業$|^医療費適正化等?$/;

/**
 * The items of a table of budgets, of each year that has columns of its own. Null where no column is one of amounts.
 * Amounts without a unit anywhere near, and columns that their headings do not tell apart, are left to a reader.
 */
export function readBudgetTable(
  { columns, rows, caption }: Section,
  context: Context,
  words: FacetWords,
): TableBudgets | null {
  const title = `${context.caption}\n${caption}`;
  const ofBudgets =
    (context.scale !== null && /予算|執行/.test(context.section.at(-1) ?? '')) ||
    /予算|執行/.test(title) ||
    /予算/.test(context.about.title) ||
    columns.some(({ role, heading }) => role === 'executed' || (role === 'amount' && /予算/.test(heading)));
  const money = columns.filter((column) => column.holds === 'value' && isMoney(column, rows, ofBudgets));
  if (money.length === 0 || !ofBudgets) return null;
  const wordsIn = ({ index }: HeadedColumn) =>
    new Set(rows.map(({ cells }) => joinedText(cells[index]))).size;
  // Groups are said again and again; the item's own name comes last.
  const labels = columns
    .filter(({ holds, role }) => holds === 'label' && role !== 'branch')
    .sort((a, b) => wordsIn(a) - wordsIn(b));
  const result: TableBudgets = { budgets: [], doubts: [] };
  const { about } = context;
  const executed = columns.filter(({ role, holds }) => role === 'executed' && holds === 'value');
  const ownYear = captionFacets(title, words).fy ?? about.fy;
  const years = yearsOf(money, executed, ownYear);
  const refuse = (row: Row, reason: string) =>
    result.doubts.push(doubtAt(context, row.line, rowText(row), reason));
  if (labels.length === 0 || typeof years === 'string') {
    const reason = typeof years === 'string' ? years : 'どの事業の予算か分かりません';
    for (const row of rows) if (!isTotal(nameIn(row, labels))) refuse(row, reason);
    return result;
  }
  const status = columns.find(({ role }) => role === 'status');
  const summary =
    SUMMARY.test(title) &&
    rows.every((row) => isTotal(nameIn(row, labels)) || OF_SUMS.test(nameIn(row, labels)));
  const groups = groupsOf(rows, labels);
  for (const [at, row] of rows.entries()) {
    const name = wholeName(rows, at, labels);
    const branch = branchOf(row, columns, words) ?? about.branch;
    const cells = years.map(({ amount }) => joinedText(row.cells[amount.index]));
    if (name === '' || distinct(row).length === 1 || isTotal(name) || summary) continue;
    if (isOfOtherInsurer(rowText(row))) {
      refuse(row, '協会けんぽの支部の予算ではありません');
      continue;
    }
    if (branch === null) {
      if (cells.some((text) => text !== '')) refuse(row, 'どの支部の予算か分かりません');
      continue;
    }
    for (const { fy, amount: column, spent: spentColumn, before } of years) {
      const yen = (own: HeadedColumn | null) =>
        own === null ? null : yenOf(joinedText(row.cells[own.index]), own, context);
      const amount = yen(column);
      if (amount === null) continue;
      if (typeof amount === 'string') {
        refuse(row, amount);
        continue;
      }
      const [spent, previous] = [yen(spentColumn), yen(before)];
      const cell = row.cells[column.index];
      result.budgets.push({
        branch,
        fy,
        section: [
          readFacets(context.caption, words).role === null ? '' : context.caption.replaceAll('\n', ' '),
          ...(groups[at] ?? []),
        ]
          .filter((text) => text !== '')
          .join(' ')
          .slice(0, 60),
        name,
        amountYen: amount,
        amountText: amountText(joinedText(cell), column, context),
        executedYen: typeof spent === 'number' ? spent : null,
        status:
          status && fy === (status.fy ?? ownYear ?? years[0]?.fy)
            ? budgetStatusIn(joinedText(row.cells[status.index]))
            : null,
        note: null,
        previousAmountYen: typeof previous === 'number' ? previous : null,
        source: sourceAt(context, row.line, cell?.column),
      });
    }
  }
  return result;
}

/** The columns of one year. */
interface YearColumns {
  fy: FiscalYear;
  amount: HeadedColumn;
  spent: HeadedColumn | null;
  /** The amounts of the year before. */
  before: HeadedColumn | null;
}

/**
 * The years that the columns are of, the newest first; a reason in words where they do not tell. A year of which only
 * the amounts stand beside those of the next is what that is compared with, and no budget of its own here.
 */
function yearsOf(
  money: readonly HeadedColumn[],
  executed: readonly HeadedColumn[],
  own: FiscalYear | null,
): YearColumns[] | string {
  const of = (columns: readonly HeadedColumn[], year: FiscalYear) =>
    columns.filter(({ fy, otherYears }) => (fy ?? (otherYears ? null : own)) === year);
  const fys = [...new Set(money.map(({ fy, otherYears }) => fy ?? (otherYears ? null : own)))]
    .filter((fy) => fy !== null)
    .sort((a, b) => b - a);
  const years: YearColumns[] = [];
  for (const fy of fys) {
    const [[amount, ...more], [spent = null, ...others]] = [of(money, fy), of(executed, fy)];
    if (amount === undefined) continue;
    if (more.length > 0 || others.length > 0) return '金額の列が2つ以上あり、見出しから分かりません';
    if (spent === null && years.some((next) => next.fy === fy + 1)) continue;
    const [before = null, ...ambiguous] = of(money, fy - 1);
    years.push({ fy, amount, spent, before: ambiguous.length > 0 ? null : before });
  }
  return years.length > 0 ? years : 'どの年度の予算か分かりません';
}

/** What each row belongs to: the labels before its name, where they are empty those of the row above. */
function groupsOf(rows: readonly Row[], labels: readonly HeadedColumn[]): string[][] {
  const last = new Map<number, string>();
  return rows.map((row) => {
    const name = nameIn(row, labels);
    const texts = labels.map(({ index }) => {
      const text = joinedText(row.cells[index]);
      if (text === '') return last.get(index) ?? '';
      // Under another group nothing of the last one's goes on.
      for (const column of last.keys()) if (column > index) last.delete(column);
      last.set(index, text);
      return text;
    });
    return [...new Set(texts)].filter((text) => text !== name);
  });
}

/** A name over two rows, of which one holds nothing else: 集団健診の実施(会場の / 増設を含む), 同意書の / 取得勧奨. */
function wholeName(rows: readonly Row[], at: number, labels: readonly HeadedColumn[]): string {
  const alone = (row: Row | undefined) => (row && distinct(row).length === 1 ? nameIn(row, labels) : '');
  const name = rows[at] ? nameIn(rows[at], labels) : '';
  const before = alone(rows[at - 1]);
  const begun = goesOn(before) ? `${before}${name}` : name;
  return goesOn(begun) ? `${begun}${alone(rows[at + 1])}` : begun;
}

function goesOn(name: string): boolean {
  return isOpen(name) || /[・、のをにがとるたなはで]$/.test(name);
}

function branchOf(row: Row, columns: readonly HeadedColumn[], words: FacetWords): string | null {
  const column = columns.find(({ role }) => role === 'branch');
  return column ? readFacets(joinedText(row.cells[column.index]), words).branch : null;
}

/** The longest of the row's names is the item's; the others say what it belongs to. */
function nameIn(row: Row, labels: readonly HeadedColumn[]): string {
  const named = labels.filter(({ role }) => role === 'name');
  const texts = (named.length > 0 ? named : labels).map(
    ({ index }) => row.cells[index]?.text.replace(/\n/g, '') ?? '',
  );
  return texts.filter((text) => text !== '').at(-1) ?? '';
}

function isMoney(
  { role, fy, scale, index }: HeadedColumn,
  rows: readonly Row[],
  ofBudgets: boolean,
): boolean {
  if (role === 'amount') return true;
  if (role !== null && role !== 'target') return false;
  const texts = rows.map(({ cells }) => joinedText(cells[index])).filter((text) => text !== '');
  return (
    ofBudgets &&
    (fy !== null || role !== null) &&
    role !== 'target' &&
    (scale !== null ||
      texts.some((text) => /円$/.test(text)) ||
      texts.every((text) => /^[\d,.]+$|^[―-]$/.test(text)))
  );
}

/** Yen; null for none, a reason in words where it cannot be said. */
function yenOf(text: string, column: HeadedColumn, context: Context): number | string | null {
  const value = readCell(text);
  if (value.kind === 'none') return null;
  if (value.kind !== 'figure') return '金額を読み取れません';
  if (value.unit !== null && value.unit !== '円') return '金額の単位が円ではありません';
  const scale = /円/.test(value.text) ? value.scale : (column.scale ?? context.scale);
  if (scale === null) return '金額の単位が分かりません';
  return Math.round(value.value * scale);
}

function amountText(text: string, column: HeadedColumn, context: Context): string {
  if (/円/.test(text)) return text;
  const scale = column.scale ?? context.scale;
  return `${text}${Object.keys(YEN).find((unit) => YEN[unit] === scale) ?? '円'}`;
}
