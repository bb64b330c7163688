import { type BudgetLine, BudgetStatus } from '../../model/budget-line.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { readCell } from './cell-value.ts';
import { type Context, doubtAt, isOfOtherInsurer, sourceAt } from './context.ts';
import { type FacetWords, readFacets } from './facets.ts';
import { type HeadedColumn, joinedText, type Row, rowText, type Section } from './headed-table.ts';

export interface TableBudgets {
  budgets: BudgetLine[];
  doubts: Doubt[];
}

const TOTAL = /^(?:総?合計|総計|小計|計|総額|合計額|.*(?:小計|合計|総計))$|^.{0,14}計$/;
/** A table of sums says what its parts add up to; its rows are no items. */
const SUMMARY = /総額|総括|総表|概要|全体/;
const OF_SUMS = /予算(?:額|\(案\))?$|等予算|^保健事業$|^医療費適正化等?$/;

/**
 * The items of a table of budgets. Null where no column is one of amounts. Amounts without a unit anywhere near, and
 * columns of amounts that their headings do not tell apart, are left to a reader.
 */
export function readBudgetTable(
  { columns, rows, caption }: Section,
  context: Context,
  words: FacetWords,
): TableBudgets | null {
  const title = `${context.caption} ${caption}`;
  const ofBudgets =
    /予算|執行/.test(title) ||
    /予算/.test(context.about.title) ||
    columns.some(({ role }) => role === 'executed');
  const money = columns.filter((column) => column.holds === 'value' && isMoney(column, rows, ofBudgets));
  const executed = columns.filter(({ role, holds }) => role === 'executed' && holds === 'value');
  if (money.length === 0 || !ofBudgets) return null;
  const labels = columns.filter(({ holds, role }) => holds === 'label' && role !== 'branch');
  const result: TableBudgets = { budgets: [], doubts: [] };
  const { about } = context;
  const own = money.filter(({ fy, otherYears }) => fy === about.fy || (fy === null && !otherYears));
  const before = money.filter(({ fy }) => about.fy !== null && fy === about.fy - 1);
  const [amountColumn] = own;
  if (labels.length === 0 || about.fy === null || !amountColumn || own.length > 1 || executed.length > 1) {
    const reason =
      own.length > 1 || executed.length > 1
        ? '金額の列が2つ以上あり、見出しから分かりません'
        : 'どの支部・年度・事業の予算か分かりません';
    const [first] = rows;
    if (first) result.doubts.push(doubtAt(context, first.line, rowText(first), reason));
    return result;
  }
  const status = columns.find((column) => isStatus(column, rows));
  const summary =
    SUMMARY.test(title) &&
    rows.every((row) => TOTAL.test(nameIn(row, labels)) || OF_SUMS.test(nameIn(row, labels)));
  for (const row of rows) {
    const name = nameIn(row, labels);
    const branch = about.branch ?? branchOf(row, columns, words);
    const cell = row.cells[amountColumn.index];
    if (name === '' || TOTAL.test(name.replace(/\s/g, '')) || summary) continue;
    if (isOfOtherInsurer(rowText(row))) {
      result.doubts.push(doubtAt(context, row.line, rowText(row), '協会けんぽの支部の予算ではありません'));
      continue;
    }
    if (branch === null) {
      if (joinedText(cell) !== '')
        result.doubts.push(doubtAt(context, row.line, rowText(row), 'どの支部の予算か分かりません'));
      continue;
    }
    const amount = yenOf(joinedText(cell), amountColumn, context);
    if (amount === null) continue;
    if (typeof amount === 'string') {
      result.doubts.push(doubtAt(context, row.line, rowText(row), amount));
      continue;
    }
    const spent = executed[0] ? yenOf(joinedText(row.cells[executed[0].index]), executed[0], context) : null;
    const previous =
      before.length === 1 && before[0]
        ? yenOf(joinedText(row.cells[before[0].index]), before[0], context)
        : null;
    const groups = [...new Set(labels.map(({ index }) => joinedText(row.cells[index])))].filter(
      (text) => text !== '' && text !== name,
    );
    result.budgets.push({
      branch,
      fy: about.fy,
      section: [readFacets(context.caption, words).role === null ? '' : context.caption, ...groups]
        .filter((text) => text !== '')
        .join(' ')
        .slice(0, 60),
      name,
      amountYen: amount,
      amountText: amountText(joinedText(cell), amountColumn, context),
      executedYen: typeof spent === 'number' ? spent : null,
      status: status ? statusOf(joinedText(row.cells[status.index])) : null,
      note: null,
      previousAmountYen: typeof previous === 'number' ? previous : null,
      source: sourceAt(context, row.line, cell?.column),
    });
  }
  return result;
}

/** 契約済み(3万枚), 【新規】調達中: the status in its words, with what is said beside it. */
function statusOf(text: string): BudgetStatus | null {
  const named = BudgetStatus.options.filter((status) => text.includes(status));
  return named.length === 1 ? (named[0] ?? null) : null;
}

function isStatus({ role, holds, index }: HeadedColumn, rows: readonly Row[]): boolean {
  if (holds === 'value' || holds === 'label') return false;
  if (role === 'status') return true;
  const texts = rows.map(({ cells }) => joinedText(cells[index])).filter((text) => !/^[―-]?$/.test(text));
  return texts.length > 0 && texts.filter((text) => statusOf(text) !== null).length * 2 >= texts.length;
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
      texts.every((text) => /^[\d,―-]+$/.test(text)))
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
  return `${text}${scale === 1000 ? '千円' : scale === 1e4 ? '万円' : scale === 1e6 ? '百万円' : '円'}`;
}
