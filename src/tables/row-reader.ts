import { type CellRead, problem } from './cell.ts';
import { type ColumnId, columnHeading, type Header } from './columns.ts';
import type { SheetCell, TableRow } from './table-file.ts';

/** Why a row cannot be taken. */
export interface BadCell {
  line: number;
  /** Heading of the column; null where the whole row is meant. */
  column: string | null;
  text: string;
  reason: string;
}

const EMPTY: SheetCell = { text: '', numeric: false };

/** One row as its reader sees it: a cell that cannot be read is noted and gives null. */
export class RowReader {
  readonly bad: BadCell[] = [];
  readonly #row: TableRow;
  readonly #header: Header;

  constructor(row: TableRow, header: Header) {
    this.#row = row;
    this.#header = header;
  }

  get line(): number {
    return this.#row.line;
  }

  cell(id: ColumnId): SheetCell {
    const index = this.#header.at.get(id);
    return (index === undefined ? undefined : this.#row.cells[index]) ?? EMPTY;
  }

  optional<T>(id: ColumnId, read: (cell: SheetCell) => CellRead<T>): T | null {
    return this.cell(id).text === '' ? null : this.required(id, read);
  }

  required<T>(id: ColumnId, read: (cell: SheetCell) => CellRead<T>): T | null {
    const cell = this.cell(id);
    const result = cell.text === '' ? problem('空です') : read(cell);
    if ('value' in result) return result.value;
    const column = columnHeading(this.#header.kind, id);
    this.bad.push({ line: this.line, column, text: cell.text, reason: result.problem });
    return null;
  }
}
