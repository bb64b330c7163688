import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { loadAll, YAMLException } from 'js-yaml';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../model/errors.ts';

/** One entry of a file, with the 1-based line where it starts. */
export interface Entry<T> {
  value: T;
  line: number;
}

/** The text of a file that planbot is delivered with. Throws AppError with the given code. */
function readListedFile(file: string, code: ErrorCode): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new AppError(code, { message: 'ファイルを読めません', file, cause });
  }
}

/** The entries of a YAML list, each checked. Throws AppError `bad_catalogue` with file, line and text. */
export function readYamlList<T>(file: string, schema: z.ZodType<T>): Entry<T>[] {
  const text = readListedFile(file, 'bad_catalogue');
  const entries = parseYaml(file, text) ?? [];
  if (!Array.isArray(entries)) {
    throw new AppError('bad_catalogue', { message: '「- 」で始まる一覧にしてください', file, line: 1 });
  }
  const lines = entryLines(text);
  return entries.map((entry: unknown, index) => {
    const line = lines[index] ?? 1;
    return { value: check(schema, entry, { file, line, source: text }), line };
  });
}

/** A YAML mapping, checked. Throws AppError `bad_catalogue`. */
export function readYamlMapping<T>(file: string, schema: z.ZodType<T>): T {
  const text = readListedFile(file, 'bad_catalogue');
  return check(schema, parseYaml(file, text), { file, line: 1, source: text });
}

/** 1-based lines at which the entries of a list begin: those of its dashes. */
function entryLines(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (/^-(?:\s|$)/.test(line) ? [index + 1] : []));
}

function parseYaml(file: string, text: string): unknown {
  try {
    return loadAll(text)[0];
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const line = (cause.mark?.line ?? 0) + 1;
    const message = `YAMLとして読めません（${cause.reason}）`;
    throw new AppError('bad_catalogue', { message, file, line, text: lineAt(text, line), cause });
  }
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

/** Made once: a table has a thousand rows. */
const IN_JAPANESE = { error: z.locales.ja().localeError };

function lineAt(text: string, line: number): string {
  return text.split('\n')[line - 1]?.trim() ?? '';
}

function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { file, line, source }: { file: string; line: number; source: string },
  code: ErrorCode = 'bad_catalogue',
): T {
  const result = schema.safeParse(value, IN_JAPANESE);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  const message = problems.join('、');
  throw new AppError(code, { message, file, line, text: lineAt(source, line), cause: result.error });
}
