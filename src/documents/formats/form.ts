import { type Line, plain } from '../lines.ts';

/** A cell of a table; merged cells span rows and columns, both inclusive and counted from 0. */
export interface Cell {
  row: number;
  lastRow: number;
  column: number;
  lastColumn: number;
  /** In the form of `plain`; what the cell breaks over lines is parted by line feeds. */
  text: string;
  /** The document's line that it begins on. */
  line: number;
}

/** A table, whatever drew it: rules, tabs, spaces, markup, a sheet. */
export interface Table {
  /** Cells that hold text, by row and column. */
  cells: Cell[];
  rows: number;
  columns: number;
  /** First and last of the document's lines that it takes. */
  from: number;
  to: number;
}

/**
 * A document in the one form that all formats are read into: its lines in the order of reading, and which of them are
 * tables. A row of a table is a line too, its cells parted by tabs, so that every text has a line to be cited by.
 */
export interface DocumentForm {
  lines: Line[];
  tables: Table[];
  /** 1-based page or slide of a line; null where the format has none. */
  pageOf(line: number): number | null;
  /** Where a line, or a cell of it, stands in the terms of its format: シート「KPI」B5, スライド3. Null in text. */
  placeOf(line: number, column?: number): string | null;
  /** What was seen and not read: pages that are pictures, hidden sheets. */
  unread: { line: number; text: string; reason: string }[];
}

/** Numbers of the lines that tables take. */
export function linesOf(tables: readonly Table[]): Set<number> {
  return new Set(
    tables.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  );
}

/** Rows of cells, each of one line, as a table. */
export function tableOfRows(rows: readonly { number: number; cells: string[] }[]): Table {
  const cells = rows.flatMap(({ number, cells: own }, row) =>
    own.flatMap((text, column): Cell[] =>
      text === '' ? [] : [{ row, lastRow: row, column, lastColumn: column, text, line: number }],
    ),
  );
  const columns = Math.max(0, ...rows.map(({ cells: own }) => own.length));
  const [from = 1, to = from] = [rows[0]?.number, rows.at(-1)?.number];
  return { cells, rows: rows.length, columns, from, to };
}

export interface FormCell {
  text: string;
  /** Columns and rows that a merged cell takes; 1 where it is not merged. */
  columnSpan?: number;
  rowSpan?: number;
  /** Place of its own: B5. */
  place?: string;
}

interface At {
  page?: number | null;
  place?: string | null;
}

export interface FormBuilder {
  /** A paragraph; its line breaks part it into lines. Blank ones part paragraphs. */
  paragraph(text: string, at?: At): void;
  /** Rows of cells from the left, each at the first column that no cell above or before it takes. */
  table(rows: readonly (readonly FormCell[])[], at?: At): void;
  unread(text: string, reason: string): void;
  build(): DocumentForm;
}

/** Builds the form of a format that has no lines of its own. */
export function formBuilder(): FormBuilder {
  const lines: Line[] = [];
  const tables: Table[] = [];
  const places: At[] = [];
  const cellPlaces = new Map<string, string>();
  const unread: DocumentForm['unread'] = [];
  let count = 0;
  let afterBlank = true;
  const push = (text: string, at: At): void => {
    count++;
    places[count] = at;
    const own = text.trim() === '' ? '' : text;
    if (own !== '') lines.push({ number: count, text: own, indented: false, afterBlank });
    afterBlank = own === '';
  };
  return {
    paragraph(text, at = {}) {
      for (const line of plainLines(text)) push(line.trim(), at);
    },
    table(rows, at = {}) {
      // A frame around a text is no table.
      if (rows.every((cells) => cells.length <= 1)) {
        for (const [cell] of rows)
          if (cell) this.paragraph(cell.text, cell.place ? { ...at, place: cell.place } : at);
        push('', at);
        return;
      }
      const from = count + 1;
      const placed = placeCells(rows);
      for (let row = 0; row < rows.length; row++) {
        const own = placed.filter((cell) => cell.row === row);
        for (const cell of own) {
          cell.line = count + 1;
          if (cell.place) cellPlaces.set(`${count + 1}|${cell.column}`, cell.place);
        }
        const text = own
          .map((cell) => cell.text.replace(/\s+/g, ' '))
          .join('\t')
          .trim();
        push(text, at);
      }
      const cells = placed.filter((cell) => cell.text !== '').map(({ place: _, ...cell }) => cell);
      const columns = Math.max(0, ...placed.map((cell) => cell.lastColumn + 1));
      tables.push({ cells, rows: rows.length, columns, from, to: count });
      push('', at);
    },
    unread(text, reason) {
      unread.push({ line: Math.max(1, count), text, reason });
    },
    build: () => ({
      lines,
      tables,
      pageOf: (line) => places[line]?.page ?? null,
      placeOf: (line, column) =>
        (column === undefined ? undefined : cellPlaces.get(`${line}|${column}`)) ??
        places[line]?.place ??
        null,
      unread,
    }),
  };
}

function plainLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\v\f\u2028\u2029]/).map(plain);
}

type PlacedCell = Cell & { place?: string | undefined };

/** Nobody merges more cells than this; a file may say anything. */
const MAX_SPAN = 400;

function placeCells(rows: readonly (readonly FormCell[])[]): PlacedCell[] {
  const placed: PlacedCell[] = [];
  /** By column, the first row that no merged cell from above takes. */
  const free: number[] = [];
  for (const [row, cells] of rows.entries()) {
    let column = 0;
    for (const { text, columnSpan = 1, rowSpan = 1, place } of cells) {
      while ((free[column] ?? 0) > row) column++;
      const lastColumn = column + Math.min(MAX_SPAN, columnSpan) - 1;
      const lastRow = Math.min(rows.length - 1, row + rowSpan - 1);
      for (let at = column; at <= lastColumn; at++) free[at] = lastRow + 1;
      const own = plainLines(text)
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('\n');
      placed.push({ row, lastRow, column, lastColumn, text: own, line: 0, place });
      column = lastColumn + 1;
    }
  }
  return placed;
}
