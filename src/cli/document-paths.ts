import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { AppError } from '../model/errors.ts';

const READABLE = ['.txt', '.pdf'];

/**
 * The documents that paths name: files as given, folders with all that is readable below them, in the order of
 * their names. Throws AppError: `unreadable_file` for a path that is not there or holds nothing, `wrong_use`
 * for two documents of one name, since a document is known by its name.
 */
export function listDocumentPaths(paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    const inside = listPath(path);
    if (inside.length === 0) {
      const message = `取り込める資料（${READABLE.join('、')}）がありません`;
      throw new AppError('unreadable_file', { message, file: path });
    }
    return inside;
  });
  const unique = [...new Set(found)];
  const names = unique.map((path) => basename(path));
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice >= 0) {
    const message = '同じ名前の資料が2つあります。一方の名前を変えてください';
    throw new AppError('wrong_use', { message, file: unique[twice] });
  }
  return unique;
}

function listPath(path: string): string[] {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return listFolder(path);
    return isSpecial(found) ? [] : [path];
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const message = missing ? 'ファイルがありません' : 'ファイルを読めません';
    throw new AppError('unreadable_file', { message, file: path, cause });
  }
}

function listFolder(folder: string): string[] {
  const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1);
  return readdirSync(folder, { withFileTypes: true })
    .sort(byName)
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return listFolder(path);
      }
      const isDocument = READABLE.includes(extname(entry.name).toLowerCase()) && !isSpecial(entry);
      return isDocument ? [path] : [];
    });
}

/** A pipe or a device, which may never end. */
function isSpecial(entry: Dirent | Stats): boolean {
  return entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();
}
