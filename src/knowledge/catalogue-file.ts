import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../model/errors.ts';

/** One entry of a file, with the 1-based line where it starts. */
export interface Entry<T> {
  value: T;
  line: number;
}

/** The text of a file that planbot is delivered with. Throws AppError with the given code. */
export function readListedFile(file: string, code: ErrorCode): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new AppError(code, { message: 'ファイルを読めません', file, cause });
  }
}

/** The entries of a YAML list, each checked. Throws AppError `bad_catalogue` with file, line and text. */
export function readYamlList<T>(file: string, schema: z.ZodType<T>): Entry<T>[] {
  const { document, lines, text } = parseYaml(file);
  const { contents } = document;
  if (contents === null) {
    return [];
  }
  if (!isSeq<Node>(contents)) {
    throw new AppError('bad_catalogue', { message: '「- 」で始まる一覧にしてください', file, line: 1 });
  }
  return contents.items.map((node) => {
    const start = node.range?.[0] ?? 0;
    const { line } = lines.linePos(start);
    return {
      value: check(schema, node.toJS(document), { file, line, source: text }),
      line,
    };
  });
}

/** A YAML mapping, checked. Throws AppError `bad_catalogue`. */
export function readYamlMapping<T>(file: string, schema: z.ZodType<T>): T {
  const { document, text } = parseYaml(file);
  return check(schema, document.toJS(), { file, line: 1, source: text });
}

function parseYaml(file: string) {
  const text = readListedFile(file, 'bad_catalogue');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    const message = `YAMLとして読めません（${error.message}）`;
    throw new AppError('bad_catalogue', { message, file, line, text: lineAt(text, line), cause: error });
  }
  return { document, lines, text };
}

/** The rows of a CSV file with headings, each checked. Throws AppError with file, line and text. */
export function readCsvRows<T>(file: string, schema: z.ZodType<T>, code: ErrorCode): Entry<T>[] {
  const text = readListedFile(file, code);
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parseCsv(text, { columns: true, info: true, skip_empty_lines: true, trim: true }) as never;
  } catch (cause) {
    const line = cause instanceof Error && 'lines' in cause ? Number(cause.lines) : 1;
    const message = `CSVとして読めません（${cause instanceof Error ? cause.message : cause}）`;
    throw new AppError(code, { message, file, line, text: lineAt(text, line), cause });
  }
  return rows.map(({ record, info }) => {
    const line = info.lines;
    return { value: check(schema, record, { file, line, source: text }, code), line };
  });
}

function lineAt(text: string, line: number): string {
  return text.split('\n')[line - 1]?.trim() ?? '';
}

function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { file, line, source }: { file: string; line: number; source: string },
  code: ErrorCode = 'bad_catalogue',
): T {
  const result = schema.safeParse(value, { error: z.locales.ja().localeError });
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  const message = problems.join('、');
  throw new AppError(code, { message, file, line, text: lineAt(source, line), cause: result.error });
}
