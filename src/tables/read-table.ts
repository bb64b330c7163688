import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { ReportedKind, ReportedLine } from '../model/reported.ts';
import { type Header, readHeader, TEMPLATE_ROWS } from './columns.ts';
import { catalogueNames } from './names.ts';
import { type BadCell, readRows } from './read-rows.ts';
import { readTable, readTableFile, type TableFile, type TableRow } from './table-file.ts';

/** A title and notes may stand above the headings. */
const HEADER_WITHIN = 10;

function isExample(kind: ReportedKind, { cells }: TableRow): boolean {
  const example = TEMPLATE_ROWS[kind];
  const texts = cells.map(({ text }) => text.trim());
  return (
    example.every((text, at) => text === (texts[at] ?? '')) &&
    texts.slice(example.length).every((text) => text === '')
  );
}

export interface ReportTable<K extends ReportedKind = ReportedKind> {
  kind: K;
  file: string;
  digest: string;
  /** Rows that can be taken; worth something only where none is bad. */
  lines: ReportedLine<K>[];
  bad: BadCell[];
  /** Lines that hold the template's example as it is: left out. */
  examples: number[];
}

/**
 * Reads a table that staff filled in and tells its kind by its headings. Throws AppError: `unreadable_file` for a
 * file that is no table, `bad_import` for one without the headings of any kind or without rows.
 */
export async function readReportTable(path: string, catalogue: Catalogue): Promise<ReportTable> {
  return reportTableOf(await readTableFile(path), path, catalogue);
}

/** The same of a file that is not on disk, by its name. */
export async function readSharedTable(
  { name, bytes }: { name: string; bytes: Buffer },
  catalogue: Catalogue,
): Promise<ReportTable> {
  return reportTableOf(await readTable(bytes, name), name, catalogue);
}

function reportTableOf({ file, digest, rows }: TableFile, path: string, catalogue: Catalogue): ReportTable {
  const { header, below } = findHeader(rows, path);
  if (below.length === 0) {
    throw new AppError('bad_import', { message: '見出しの下に行がありません', file: path });
  }
  const { kind } = header;
  const examples = below.filter((row) => isExample(kind, row));
  const filled = below.filter((row) => !examples.includes(row));
  const read = readRows(kind, filled, header, catalogueNames(catalogue));
  return { kind, file, digest, ...read, examples: examples.map(({ line }) => line) };
}

function findHeader(rows: readonly TableRow[], path: string): { header: Header; below: TableRow[] } {
  for (const [index, row] of rows.slice(0, HEADER_WITHIN).entries()) {
    const reading = readHeader(row.cells.map(({ text }) => text));
    if (reading.found) return { header: reading.found, below: rows.slice(index + 1) };
    if (reading.problem) {
      throw new AppError('bad_import', { message: reading.problem, file: path, line: row.line });
    }
  }
  throw new AppError('bad_import', {
    message: '見出しの行がありません。ひな形は planbot import --template で書き出せます',
    file: path,
    line: rows[0]?.line,
    text: rows[0]?.cells.map(({ text }) => text).join(','),
  });
}
