import { open, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../../model/errors.ts';
import { isThere, moveIntoPlace } from '../../keep-file.ts';
import { copyDatabase, isIntact, rowsIn } from './files.ts';
import { sqliteFault } from './sqlite.ts';

/** Ids of people are in it: for the account that made it alone. */
const OWNER_ONLY = 0o600;

/**
 * Writes the store as it is at one moment into one file, while others go on working with it. Resolves its bytes
 * when it has been read through and stands in its place. Throws AppError `unwritable_file` or `store_unavailable`.
 */
export async function backUpStore(options: {
  /** The store's database file. */
  from: string;
  to: string;
  overwrite: boolean;
}): Promise<number> {
  const { from, to, overwrite } = options;
  if (['', '-wal', '-shm'].some((part) => resolve(to) === `${resolve(from)}${part}`)) {
    throw unwritable(to, '使用中のデータそのものです。ほかのファイル名にしてください');
  }
  if (!(await isThere(dirname(resolve(to))))) {
    throw unwritable(to, 'フォルダーがありません');
  }
  if (!overwrite && (await isThere(to))) {
    throw unwritable(to, 'すでにあります。上書きするには --force をつけてください');
  }
  if (overwrite && (await isThere(to)) && countsIn(from) === 0 && countsIn(to) > 0) {
    throw unwritable(to, 'データが空のため、中身のある控えを置きかえません。別のファイル名にしてください');
  }
  const unfinished = `${to}.part`;
  try {
    await rm(unfinished, { force: true });
    // Made here first, so that nobody else reads it and a folder that takes no files is told of as such.
    await (await open(unfinished, 'wx', OWNER_ONLY)).close();
    await copyDatabase(from, unfinished);
    if (!isIntact(unfinished)) {
      const message = 'データベースのファイルが壊れているため、控えを作れません';
      throw new AppError('store_unavailable', { message, file: from });
    }
    await moveIntoPlace(unfinished, to);
    return (await stat(to)).size;
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw isOfFiles(cause) ? unwritable(to, 'ファイルに書けません', cause) : sqliteFault(cause, from);
  }
}

/** Rows that somebody would miss; 0 for what is no store of ours. */
function countsIn(file: string): number {
  try {
    return rowsIn(file, ['document', 'reported_figure', 'member', 'reminder_message', 'audit_entry']);
  } catch {
    return 0;
  }
}

/** A fault of the file system, whose codes are words like EACCES. */
function isOfFiles(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code));
}

function unwritable(file: string, message: string, cause?: unknown): AppError {
  return new AppError('unwritable_file', { message, file, cause });
}
