import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type CsvError, parse as parseCsv } from 'csv-parse/sync';
import { decode } from '../documents/decode.ts';
import { unzip } from '../documents/formats/zip.ts';
import { digestOf } from '../documents/lines.ts';
import { AppError, inOneLine } from '../model/errors.ts';

/** Tables that people fill in are small; what is larger is another file. */
const MAX_BYTES = 5 * 1024 * 1024;
const ZIP_MARK = 'PK';
/** The reader of spreadsheets lays out every cell up to the last one, empty ones too. */
const MAX_CELLS = 2_000_000;

export interface SheetCell {
  text: string;
  /** A number cell of a spreadsheet: how it was shown (81.2% or 0.812) is not known. */
  numeric: boolean;
}

export interface TableRow {
  /** 1-based line of a text file, row of a spreadsheet. */
  line: number;
  cells: SheetCell[];
}

export interface TableFile {
  file: string;
  /** SHA-256, hexadecimal. */
  digest: string;
  /** Rows that hold text. */
  rows: TableRow[];
}

/** As `readTable`, of a file on disk. */
export async function readTableFile(path: string): Promise<TableFile> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw unreadable(path, missing ? 'ファイルがありません' : 'ファイルを読めません', cause);
  }
  return readTable(bytes, path);
}

/** A CSV file (UTF-8, UTF-16 with its mark, Shift_JIS) or the first sheet of an .xlsx. Throws AppError `unreadable_file`. */
export async function readTable(bytes: Buffer, path: string): Promise<TableFile> {
  if (bytes.length > MAX_BYTES) {
    const size = Math.round(bytes.length / 1024 / 1024);
    throw unreadable(path, `表としては大きすぎます（${size}MB。上限は5MBです）`);
  }
  const spreadsheet = bytes.subarray(0, 2).toString('latin1') === ZIP_MARK;
  if (!spreadsheet && /^\.xlsx?$/i.test(extname(path))) {
    throw unreadable(path, 'Excelのファイルとして読めません。.xlsx か CSV で保存し直してください');
  }
  const rows = spreadsheet ? await readSpreadsheet(bytes, path) : readCsv(decode(bytes, path), path);
  const filled = rows.filter(({ cells }) => cells.some(({ text }) => text !== ''));
  return { file: inOneLine(basename(path)), digest: digestOf(bytes), rows: filled };
}

function readCsv(text: string, path: string): TableRow[] {
  const plain = text.replace(/^\uFEFF/, '');
  const delimiter = /^[^\n,]*\t/.test(plain) ? '\t' : ',';
  try {
    const options = { bom: true, delimiter, info: true, relax_column_count: true } as const;
    const records = parseCsv(plain, options) as unknown as { record: string[]; info: { lines: number } }[];
    let last = 0;
    return records.map(({ record, info }) => {
      // `lines` counts to the record's end; a cell with line breaks in it begins further up.
      const line = last + 1;
      last = info.lines;
      return { line, cells: record.map((cell) => ({ text: cell.trim(), numeric: false })) };
    });
  } catch (cause) {
    const line = (cause as CsvError).lines;
    const message = 'CSVとして読めません（引用符「"」が閉じていないなど）';
    throw new AppError('unreadable_file', { message, file: path, line: Number(line) || undefined, cause });
  }
}

/** The reader of spreadsheets is loaded only for one. */
async function readSpreadsheet(bytes: Buffer, path: string): Promise<TableRow[]> {
  refuseVast(bytes, path);
  const { readSheet } = await import('read-excel-file/node');
  try {
    const rows: unknown[][] = await readSheet(bytes);
    return rows.map((cells, index) => ({ line: index + 1, cells: cells.map(cellOf) }));
  } catch (cause) {
    throw unreadable(path, 'Excelの表を読めません。壊れているか、パスワードがかかっています', cause);
  }
}

/** Throws AppError `unreadable_file` for sheets that unpack too large, or whose cells stand too far apart. */
function refuseVast(bytes: Buffer, path: string): void {
  for (const sheet of unpacked(bytes, path).values()) {
    let [rows, columns] = [0, 0];
    for (const [, letters = '', row] of new TextDecoder().decode(sheet).matchAll(CELL_PLACE)) {
      rows = Math.max(rows, Number(row));
      columns = Math.max(columns, columnNumber(letters));
    }
    if (rows * columns > MAX_CELLS) {
      throw unreadable(path, `表としては大きすぎます（${rows}行、${columns}列に広がっています）`);
    }
  }
}

function unpacked(bytes: Buffer, path: string): Map<string, Uint8Array> {
  try {
    return unzip(bytes, path, /^xl\/.*\.xml$/);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw unreadable(path, `Excelの表を読めません（${cause.message}）`, cause);
  }
}

const CELL_PLACE = /<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']/g;

/** 1 for A, 27 for AA. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

function cellOf(value: unknown): SheetCell {
  if (value instanceof Date) {
    return { text: value.toISOString().slice(0, 10), numeric: false };
  }
  const text = value === null || value === undefined ? '' : String(value).trim();
  return { text, numeric: typeof value === 'number' };
}

function unreadable(file: string, message: string, cause?: unknown): AppError {
  return new AppError('unreadable_file', { message, file, cause });
}
