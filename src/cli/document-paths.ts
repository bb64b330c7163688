import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { READABLE } from '../documents/read-file.ts';
import { AppError } from '../model/errors.ts';

/** Formats of plans that are refused by their own sentence. */
const NAMED: readonly string[] = ['.doc', '.xls', '.ppt', '.jtd', '.rtf', '.odt', '.ods'];
/** What an open office program or the system leaves beside files. */
const NOT_OWN = /^(?:~\$|\.)/;

interface ListedPaths {
  paths: string[];
  /** Files in folders that are of no format of documents. */
  passedOver: string[];
}

/**
 * The documents that paths name: files as given, folders with all that is readable below them, in the order of
 * their names. Throws AppError: `unreadable_file` for a path that is not there or holds nothing, `wrong_use`
 * for two documents of one name, since a document is known by its name.
 */
export function listDocumentPaths(paths: readonly string[]): ListedPaths {
  const passedOver: string[] = [];
  const found = paths.flatMap((path) => {
    const inside = listPath(path, passedOver);
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
  return { paths: unique, passedOver };
}

function listPath(path: string, passedOver: string[]): string[] {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return listFolder(path, passedOver);
    return isSpecial(found) ? [] : [path];
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const message = missing ? 'ファイルがありません' : 'ファイルを読めません';
    throw new AppError('unreadable_file', { message, file: path, cause });
  }
}

function listFolder(folder: string, passedOver: string[]): string[] {
  const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1);
  return readdirSync(folder, { withFileTypes: true })
    .sort(byName)
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return listFolder(path, passedOver);
      }
      const end = extname(entry.name).toLowerCase();
      if (isSpecial(entry)) return [];
      if (READABLE.some((own) => own === end)) return NOT_OWN.test(entry.name) ? [] : [path];
      if (NAMED.includes(end)) return [path];
      if (end !== '.yml' && !NOT_OWN.test(entry.name)) passedOver.push(path);
      return [];
    });
}

/** A pipe or a device, which may never end. */
function isSpecial(entry: Dirent | Stats): boolean {
  return entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();
}
