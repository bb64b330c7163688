import { Parser } from 'htmlparser2';
import { AppError } from '../../model/errors.ts';
import { type DocumentForm, type FormBuilder, type FormCell, formBuilder } from './form.ts';
import { elements, find, findAll, ownText, parseMarkup, relatedFiles } from './markup.ts';
import { builtInFormat, shownNumber } from './number-format.ts';
import { textOfEntry, unzip } from './zip.ts';

/** Cells that hold something; a plan's tables have some thousands. */
const MAX_CELLS = 200_000;

interface SheetCell {
  row: number;
  column: number;
  text: string;
}

interface Sheet {
  cells: SheetCell[];
  merges: { row: number; lastRow: number; column: number; lastColumn: number }[];
  hiddenRows: Set<number>;
  hiddenColumns: { from: number; to: number }[];
}

interface Workbook {
  strings: string[];
  /** Number format by index of cell style. */
  formats: string[];
}

/**
 * The sheets of a workbook (.xlsx), each its tables: empty rows part them. Only cells that hold something are read,
 * wherever on the sheet they stand; figures read as the sheet shows them.
 */
export function readXlsx(bytes: Uint8Array, path: string): DocumentForm {
  const files = unzip(
    bytes,
    path,
    /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/,
  );
  const workbook = parseMarkup(textOfEntry(files, 'xl/workbook.xml') ?? '', true);
  const targets = relatedFiles(files, 'xl', 'workbook');
  const sheets = findAll(workbook, 'sheet');
  if (sheets.length === 0)
    throw new AppError('unreadable_file', { message: 'Excelの表として読めません', file: path });
  const shared: Workbook = {
    strings: stringsOf(textOfEntry(files, 'xl/sharedStrings.xml')),
    formats: formatsOf(textOfEntry(files, 'xl/styles.xml')),
  };
  const form = formBuilder();
  let count = 0;
  for (const { attributes } of sheets) {
    const name = attributes.name ?? '';
    if (attributes.state !== undefined && attributes.state !== 'visible') {
      form.unread(`シート「${name}」`, '隠されたシートです。読んでいません');
      continue;
    }
    const text = textOfEntry(files, targets.get(attributes['r:id'] ?? '') ?? '');
    if (text === null) continue;
    const sheet = readSheet(text, shared);
    count += sheet.cells.length;
    if (count > MAX_CELLS) {
      throw new AppError('unreadable_file', {
        message: `セルが多すぎます（上限は${MAX_CELLS}です）`,
        file: path,
      });
    }
    sheetTables(sheet, name, form);
  }
  return form.build();
}

function stringsOf(text: string | null): string[] {
  if (text === null) return [];
  return findAll(parseMarkup(text, true), 'si').map((item) =>
    // Readings of kanji (rPh) stand beside the text.
    elements(item)
      .filter(({ name }) => name !== 'rPh')
      .flatMap((child) => (child.name === 't' ? [child] : findAll(child, 't')))
      .map(ownText)
      .join(''),
  );
}

function formatsOf(text: string | null): string[] {
  if (text === null) return [];
  const styles = parseMarkup(text, true);
  const own = new Map(
    findAll(styles, 'numFmt').map(({ attributes }) => [
      Number(attributes.numFmtId),
      attributes.formatCode ?? '',
    ]),
  );
  const cells = find(styles, 'cellXfs');
  return (cells ? findAll(cells, 'xf') : []).map(({ attributes }) => {
    const id = Number(attributes.numFmtId ?? 0);
    return own.get(id) ?? builtInFormat(id);
  });
}

/** Streams a sheet: its markup may be large, what it holds is small. */
function readSheet(text: string, { strings, formats }: Workbook): Sheet {
  const sheet: Sheet = { cells: [], merges: [], hiddenRows: new Set(), hiddenColumns: [] };
  let cell: { row: number; column: number; type: string; format: string } | null = null;
  let row = 0;
  let column = 0;
  let value = '';
  let takes = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'row') {
          row = attributes.r === undefined ? row + 1 : Number(attributes.r);
          column = 0;
          if (attributes.hidden === '1') sheet.hiddenRows.add(row);
        } else if (name === 'col' && attributes.hidden === '1') {
          sheet.hiddenColumns.push({ from: Number(attributes.min), to: Number(attributes.max) });
        } else if (name === 'c') {
          const place = /^([A-Z]{1,3})(\d+)$/.exec(attributes.r ?? '');
          column = place?.[1] === undefined ? column + 1 : columnOf(place[1]);
          const format = formats[Number(attributes.s ?? 0)] ?? 'General';
          cell = { row, column, type: attributes.t ?? 'n', format };
          value = '';
        } else if (name === 'mergeCell') {
          const [, left, top, right, bottom] =
            /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(attributes.ref ?? '') ?? [];
          if (left && top && right && bottom)
            sheet.merges.push({
              row: Number(top),
              lastRow: Number(bottom),
              column: columnOf(left),
              lastColumn: columnOf(right),
            });
        }
        takes = name === 'v' || name === 't';
      },
      ontext(data) {
        if (takes) value += data;
      },
      onclosetag(name) {
        takes = false;
        if (name !== 'c' || cell === null) return;
        const shown = shownCell(value, cell.type, cell.format, strings);
        if (shown.trim() !== '') sheet.cells.push({ row: cell.row, column: cell.column, text: shown });
        cell = null;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return sheet;
}

function shownCell(value: string, type: string, format: string, strings: readonly string[]): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'n' && value !== '') return shownNumber(Number(value), format);
  return type === 'b' || type === 'e' ? '' : value;
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? lettersOf(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

function sheetTables(sheet: Sheet, name: string, form: FormBuilder): void {
  const isShown = (cell: SheetCell) =>
    !sheet.hiddenRows.has(cell.row) &&
    !sheet.hiddenColumns.some(({ from, to }) => cell.column >= from && cell.column <= to);
  const shown = sheet.cells.filter(isShown);
  const place = `シート「${name}」`;
  if (shown.length < sheet.cells.length) form.unread(place, '隠された行や列があります。読んでいません');
  form.paragraph(name, { place });
  form.paragraph('', { place });
  const byRow = new Map<number, SheetCell[]>();
  for (const cell of shown) {
    const row = byRow.get(cell.row);
    if (row) row.push(cell);
    else byRow.set(cell.row, [cell]);
  }
  let open: SheetRow[] = [];
  const close = () => {
    for (const rows of sideBySide(open, sheet)) writeTable(rows, sheet, place, form);
    open = [];
  };
  for (const row of [...byRow.keys()].sort((a, b) => a - b)) {
    const cells = (byRow.get(row) ?? []).sort((a, b) => a.column - b.column);
    const last = open.at(-1)?.row;
    if (last !== undefined && row > last + 1) close();
    open.push({ row, cells });
  }
  close();
}

interface SheetRow {
  row: number;
  cells: SheetCell[];
}

/** A name at the left of a row, not a figure or what stands for one. */
const IS_NAME = /^[^\d△▲―－\-対前]/;

/** The tables of rows that an empty column parts: the one at its right has names of its own. */
function sideBySide(rows: SheetRow[], { merges }: Sheet): SheetRow[][] {
  const cells = rows.filter((row) => row.cells.length > 1).flatMap((row) => row.cells);
  const used = new Set(cells.map(({ column }) => column));
  const end = cells.reduce((last, { column }) => Math.max(last, column), 0);
  for (const { column, lastColumn, row } of merges)
    if (rows.some((own) => own.row === row))
      for (let at = column; at <= Math.min(lastColumn, end); at++) used.add(at);
  const columns = [...used].sort((a, b) => a - b);
  const isStart = (column: number) =>
    !used.has(column - 1) && used.has(column + 1) && isOfNames(cells, column);
  const starts = [0, ...columns.slice(1).filter(isStart)];
  return starts.map((from, at) => {
    const to = starts[at + 1] ?? Number.POSITIVE_INFINITY;
    return rows
      .map(({ row, cells: own }) => ({
        row,
        cells: own.filter(({ column }) => column >= from && column < to),
      }))
      .filter((own) => own.cells.length > 0);
  });
}

function isOfNames(cells: readonly SheetCell[], column: number): boolean {
  const texts = cells.filter((cell) => cell.column === column).map(({ text }) => text);
  return texts.filter((text) => IS_NAME.test(text)).length * 2 > texts.length;
}

/** Rows without a gap. A row of one cell above the others is a line of text: the table's title or its note. */
function writeTable(rows: SheetRow[], sheet: Sheet, place: string, form: FormBuilder): void {
  const first = rows.findIndex(({ cells }) => cells.length > 1);
  const lines = first < 0 ? rows : rows.slice(0, first);
  for (const { row, cells } of lines) {
    const [cell] = cells;
    if (cell) form.paragraph(cell.text, { place: `${place}${lettersOf(cell.column)}${row}` });
  }
  const body = first < 0 ? [] : rows.slice(first);
  if (body.length === 0) return;
  const numbers = body.map(({ row }) => row);
  const columns = [...new Set(body.flatMap(({ cells }) => cells.map(({ column }) => column)))].sort(
    (a, b) => a - b,
  );
  const covered = new Set<string>();
  const table = body.map(({ row, cells }) => {
    const own = new Map(cells.map((cell) => [cell.column, cell]));
    return columns.flatMap((column): FormCell[] => {
      if (covered.has(`${row}|${column}`)) return [];
      const cell = own.get(column);
      const merge = sheet.merges.find((area) => area.row === row && area.column === column);
      const lastRow = merge ? Math.min(merge.lastRow, numbers.at(-1) ?? row) : row;
      const lastColumn = merge?.lastColumn ?? column;
      const tall = numbers.filter((number) => number >= row && number <= lastRow);
      const wide = columns.filter((other) => other >= column && other <= lastColumn);
      if (merge) for (const r of tall) for (const c of wide) covered.add(`${r}|${c}`);
      return [
        {
          text: cell?.text ?? '',
          place: `${place}${lettersOf(column)}${row}`,
          columnSpan: wide.length,
          rowSpan: tall.length,
        },
      ];
    });
  });
  form.table(table, { place: `${place}${numbers[0]}行目` });
}
