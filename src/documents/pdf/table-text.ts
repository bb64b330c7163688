import { isBullet, itemMark, kpiMarkLength } from '../kpi/marks.ts';
import { plain } from '../lines.ts';
import { isPeriodHeader } from '../progress/pages.ts';
import type { RuledCell, RuledTable } from './page-layout.ts';
import { paragraphText, textOf } from './text-lines.ts';

/**
 * Where the cells of a row belong together, the header is said again before each row: read without it, the cells of
 * one column run on from row to row.
 */
const REPEATED_HEADER = /^事業計画\s*実施状況\s*評価/;
/** Characters that a header cell has at most. */
const MAX_HEADER = 24;
/** A cell of figures: 88.3%以上, 12,680社以上, 282件（５月分まで）, ―, 【新設】. */
const FIGURE = /^(?:[\d,.]+\D{0,12}|[―-]|【.{1,4}】|未?実施)$/;
/** Of two columns that are both at least this share of the table, each holds running text. */
const WIDE = 0.3;

/**
 * A table as the texts of such documents print it: row by row, cell by cell; neighbours of one line each share
 * a line, a space between. A figure that is missing in a row of figures is ―, so that none takes another's place.
 */
export function tableText(table: RuledTable, usual: number): string[] {
  const [top = [], ...rows] = rowsOf(table);
  const heads = top.every(isHeader) ? headerText(top) : null;
  const periods = heads?.some((line) => isPeriodHeader(plain(line))) ?? false;
  const repeats = heads !== null && REPEATED_HEADER.test(heads[0] ?? '');
  const text: string[] = [...(heads ?? [])];
  let headings: string[] = [];
  let measures = 0;
  for (const cells of heads ? rows : [top, ...rows]) {
    const lines = rowText(withMissing(cells, periods), table, usual);
    if (lines.length === 0) continue;
    if (repeats && cells.length === 1) {
      headings.push('', ...lines);
      continue;
    }
    if (text.length > 0) text.push('');
    text.push(
      ...(repeats && measures > 0 ? (heads ?? []) : []),
      ...headings,
      ...(headings.length > 0 ? [''] : []),
      ...lines,
    );
    headings = [];
    measures++;
  }
  text.push(...headings);
  return text;
}

/** The cells of each row in which one begins. */
function rowsOf(table: RuledTable): RuledCell[][] {
  const rows = new Map<number, RuledCell[]>();
  for (const cell of table.cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  return [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
}

/** Wrapped header cells are one again; cells that span other rows stand by themselves. */
function headerText(cells: readonly RuledCell[]): string[] {
  return shared(cells.map((cell) => ({ cell, lines: cell.lines.length > 0 ? [joined(cell)] : [] })));
}

function isHeader(cell: RuledCell): boolean {
  const text = plain(joined(cell));
  return text.length <= MAX_HEADER && !opensItem(text) && !/[。%]|\d円/.test(text);
}

function rowText(cells: readonly RowCell[], table: RuledTable, usual: number): string[] {
  const texts = cells.map(({ cell, missing }) => ({
    cell,
    lines: missing ? ['―'] : upright(cell) ? [joined(cell)] : paragraphText(cell.lines, usual),
  }));
  return isProse(cells, table) ? apart(texts) : shared(texts);
}

interface RowCell {
  cell: RuledCell;
  missing: boolean;
}

function withMissing(cells: readonly RuledCell[], periods: boolean): RowCell[] {
  const figures = cells.slice(1).filter((cell) => cell.lines.length > 0);
  const isFigures = figures.length > 0 && figures.every((cell) => FIGURE.test(plain(joined(cell))));
  const last = cells.findLastIndex((cell) => cell.lines.length > 0);
  return cells.map((cell, index) => ({
    cell,
    // Quarters to come are not missing.
    missing: isFigures && index > 0 && cell.lines.length === 0 && (!periods || index < last),
  }));
}

/** Two wide columns are two plans side by side: their lines have nothing to do with each other. */
function isProse(cells: readonly RowCell[], table: RuledTable): boolean {
  const left = Math.min(...table.cells.map((cell) => cell.left));
  const right = Math.max(...table.cells.map((cell) => cell.right));
  const wide = cells.filter(({ cell }) => cell.right - cell.left >= WIDE * (right - left));
  const texts = wide.map(({ cell }) => plain(joined(cell)));
  return texts.filter((text) => text !== '' && !FIGURE.test(text)).length >= 2;
}

interface CellText {
  cell: RuledCell;
  lines: string[];
}

function apart(texts: readonly CellText[]): string[] {
  return texts
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ lines }, index) => (index > 0 ? ['', ...lines] : lines));
}

/** Cells of one line share it with the cell before them, where they span the same rows. */
function shared(texts: readonly CellText[]): string[] {
  const text: string[] = [];
  let before: CellText | null = null;
  for (const own of texts) {
    if (own.lines.length === 0) continue;
    const [line] = own.lines;
    const joins =
      own.lines.length === 1 && before?.lines.length === 1 && before.cell.lastRow === own.cell.lastRow;
    if (joins) text.push(`${text.pop() ?? ''} ${line ?? ''}`);
    else
      text.push(...(before && (own.lines.length > 1 || before.lines.length > 1) ? [''] : []), ...own.lines);
    before = own;
  }
  return text;
}

function joined(cell: RuledCell): string {
  return cell.lines.map(textOf).join('');
}

/** Upright writing: line for line one letter. */
function upright(cell: RuledCell): boolean {
  return cell.lines.length > 2 && cell.lines.every((line) => /^\p{L}$/u.test(textOf(line)));
}

function opensItem(text: string): boolean {
  return kpiMarkLength(text) > 0 || isBullet(text) || itemMark(text) !== null;
}
