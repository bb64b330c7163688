import { readFile } from 'node:fs/promises';
import { loadAll } from 'js-yaml';
import { z } from 'zod';
import { AppError } from '../model/errors.ts';
import { FiscalYear } from '../model/fiscal-year.ts';
import { DocumentKind } from '../model/plan-document.ts';

/** What a person states about a document in `NAME.yml` beside it. */
export const Sidecar = z.strictObject({
  title: z.string().min(1).optional(),
  kind: DocumentKind.optional(),
  /** 東京, also where it is written 東京支部. */
  branch: z
    .string()
    .transform((name) => name.trim().replace(/支部$/, ''))
    .pipe(z.string().min(1))
    .optional(),
  fy: FiscalYear.optional(),
});
export type Sidecar = z.infer<typeof Sidecar>;

/** The sidecar of a document, `x.txt.yml` or `x.yml`; empty where there is none. */
export async function readSidecar(documentPath: string): Promise<Sidecar> {
  const whole = `${documentPath}.yml`;
  const short = documentPath.replace(/\.[^./\\]+$/, '.yml');
  for (const path of short === documentPath ? [whole] : [whole, short]) {
    const text = await readIfThere(path);
    if (text !== null) return parseSidecar(text, path);
  }
  return {};
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new AppError('unreadable_file', { message: '読み込めません', file: path, cause });
  }
}

function parseSidecar(text: string, path: string): Sidecar {
  let value: unknown;
  try {
    [value] = loadAll(text);
  } catch (cause) {
    throw new AppError('unreadable_file', { message: 'YAMLとして読めません', file: path, cause });
  }
  const parsed = Sidecar.safeParse(value ?? {}, { error: z.locales.ja().localeError });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('unreadable_file', {
    message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    file: path,
    text,
  });
}
