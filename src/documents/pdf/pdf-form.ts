import { alignedTables, type Segment, type SegmentedLine } from '../formats/aligned.ts';
import {
  type DocumentForm,
  type FormBuilder,
  type FormCell,
  formBuilder,
  type Table,
} from '../formats/form.ts';
import type { PdfPage } from './geometry.ts';
import { type PagePart, partsOf, type RuledCell } from './page-layout.ts';
import { PICTURE_PAGE } from './read-pdf.ts';
import { type TextLine, textOf } from './text-lines.ts';

/** A gap this wide, in heights of the font, parts two cells of a table without rules. */
const COLUMN_GAP = 0.9;
/** Lines of one text are at least so far apart, in heights of the font. */
const NEXT_LINE = 0.9;

/** The pages of a PDF as lines and tables: ruled ones, and those whose cells only stand below one another. */
export function pdfForm(pages: readonly PdfPage[]): DocumentForm {
  const form = formBuilder();
  for (const page of pages) {
    const at = { page: page.number };
    if (page.pictures && page.runs.length === 0) {
      form.unread(`${page.number}ページ`, PICTURE_PAGE);
    }
    for (const part of partsOf(page)) {
      writePart(part, form, at);
      form.paragraph('', at);
    }
  }
  return form.build();
}

function writePart(part: PagePart, form: FormBuilder, at: { page: number }): void {
  if (part.kind === 'table') {
    form.table(ruledRows(part.table.cells), at);
    return;
  }
  const rows = rowsOf(part.block);
  const lines = rows.map(
    (row, index): SegmentedLine => ({
      number: index + 1,
      segments: row.map(segmentsOf).reduce(below),
      afterBlank: false,
      afterRule: false,
    }),
  );
  const tables = alignedTables(lines);
  for (let index = 0; index < rows.length; index++) {
    const table = tables.find(({ from }) => from === index + 1);
    if (table) {
      form.table(alignedRows(table), at);
      index = table.to - 1;
    } else for (const line of rows[index] ?? []) form.paragraph(textOf(line), at);
  }
}

/** Beside a name over two lines its figures stand between them: what lies less than a line apart is one row. */
function rowsOf(block: readonly TextLine[]): TextLine[][] {
  const rows: TextLine[][] = [];
  for (const line of block) {
    const above = rows.at(-1)?.at(-1);
    if (above && line.baseline - above.baseline < NEXT_LINE * line.size) rows.at(-1)?.push(line);
    else rows.push([line]);
  }
  return rows;
}

/** A piece that stands under another goes on with it. */
function below(upper: Segment[], lower: Segment[]): Segment[] {
  const segments = upper.map((segment) => ({ ...segment }));
  for (const segment of lower) {
    const above = segments.find(({ left, right }) => segment.left < right && segment.right > left);
    if (above) {
      above.text += segment.text;
      above.right = Math.max(above.right, segment.right);
    } else segments.push(segment);
  }
  return segments.sort((a, b) => a.left - b.left);
}

function ruledRows(cells: readonly RuledCell[]): FormCell[][] {
  const rows: FormCell[][] = [];
  for (const cell of cells.toSorted((a, b) => a.row - b.row || a.column - b.column)) {
    while (rows.length <= cell.row) rows.push([]);
    rows[cell.row]?.push({
      text: cell.lines.map(textOf).join('\n'),
      columnSpan: cell.lastColumn - cell.column + 1,
      rowSpan: cell.lastRow - cell.row + 1,
    });
  }
  return rows;
}

function alignedRows({ cells, rows, columns }: Table): FormCell[][] {
  const texts = new Map(cells.map((cell) => [`${cell.row}|${cell.column}`, cell.text]));
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => ({ text: texts.get(`${row}|${column}`) ?? '' })),
  );
}

function segmentsOf(line: TextLine): Segment[] {
  const segments: Segment[] = [];
  for (const run of line.runs) {
    const open = segments.at(-1);
    const gap = open ? (run.left - open.right) / line.size : Number.POSITIVE_INFINITY;
    if (open && gap < COLUMN_GAP) {
      open.text += gap > 0.4 || (run.spaced && gap > 0.12) ? ` ${run.text}` : run.text;
      open.right = Math.max(open.right, run.right);
    } else segments.push({ left: run.left, right: run.right, text: run.text });
  }
  return segments;
}
