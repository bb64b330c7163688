import type { BudgetLine } from '../../model/budget-line.ts';
import { BudgetStatus } from '../../model/budget-line.ts';
import type { Line } from '../lines.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import type { Page } from './pages.ts';

/** A line longer than this, in characters, is of the wide column 概要, not of the narrow 取組名. */
const NAME_WIDTH = 16;
const NUMBER = /^\d{1,3}(?:,\d{3})*$/;
const NONE = /^[―-]$/;
const TITLE = /^(\S*予算)\s*([①-⑳]?)\s*\(単位:(円|千円)\)$/;

interface OpenRow {
  name: Line[];
  /** Amount, executed, status, last year's amount: as many as were read. */
  cells: string[];
  note: string;
  describing: boolean;
}

/** Rows of 取組名, 概要, 予算額, 執行（予定）額, ステータス, 前年度予算; the table's title stands below it. */
export function budgetTable(part: PartText, page: Page): BudgetLine[] {
  const title = page.lines.map((line) => TITLE.exec(line.text)).find((match) => match !== null);
  const section = title?.[1] ?? '';
  const scale = title?.[3] === '千円' ? 1000 : 1;
  const rows: OpenRow[] = [];
  let row = fresh();
  for (const line of page.lines) {
    if (TITLE.test(line.text)) break;
    const cells = figureCells(line.text, row);
    if (cells) {
      const before = line.text.split(/\s+/).slice(0, -cells.length);
      if (before.length > 0 && row.name.length === 0) row.name.push({ ...line, text: before[0] ?? '' });
      row.cells.push(...cells);
      if (row.cells.length >= 4) {
        rows.push(row);
        row = fresh();
      }
    } else if (row.cells.length > 0) {
      row.note += line.text;
    } else {
      readName(row, line);
    }
  }
  return rows.flatMap((found) => budgetLine(part, found, section, scale));
}

function fresh(): OpenRow {
  return { name: [], cells: [], note: '', describing: false };
}

/** The figures at the end of a line; null where there are none. The amount comes first and is a number. */
function figureCells(text: string, row: OpenRow): string[] | null {
  const words = text.split(/\s+/);
  const cells: string[] = [];
  while (words.length > 0 && isCell(words.at(-1) ?? '')) cells.unshift(words.pop() ?? '');
  if (cells.length === 0) return null;
  if (row.cells.length > 0) return words.length === 0 ? cells : null;
  const first = cells.findIndex((cell) => NUMBER.test(cell) && cell.length >= 5);
  return first < 0 ? null : cells.slice(first);
}

function isCell(word: string): boolean {
  return NUMBER.test(word) || NONE.test(word) || BudgetStatus.safeParse(word).success;
}

function readName(row: OpenRow, line: Line): void {
  const startsOver = row.name.length > 0 && (line.afterBlank || line.text.length > NAME_WIDTH);
  if (startsOver || row.describing) {
    row.describing = true;
    return;
  }
  row.name.push(line);
}

function budgetLine(part: PartText, row: OpenRow, section: string, scale: number): BudgetLine[] {
  const [amount = '', executed = '', status = '', previous = ''] = row.cells;
  const [first] = row.name;
  const value = yen(amount, scale);
  if (!first || value === null) return [];
  return [
    {
      branch: part.branch,
      fy: part.fy,
      section,
      name: row.name.map((line) => line.text).join(''),
      amountYen: value,
      amountText: `${amount}${scale === 1000 ? '千円' : '円'}`,
      executedYen: yen(executed, scale),
      status: BudgetStatus.safeParse(status).data ?? null,
      note: row.note === '' ? null : row.note.replace(/^※/, ''),
      previousAmountYen: yen(previous, scale),
      source: sourceIn(part, first.number),
    },
  ];
}

function yen(cell: string, scale: number): number | null {
  return NUMBER.test(cell) ? Number(cell.replaceAll(',', '')) * scale : null;
}
