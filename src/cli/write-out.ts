import { writeFile } from 'node:fs/promises';
import { AppError } from '../model/errors.ts';

/**
 * Writes the file of --out; one that is there only where that was said with --force, since somebody may have worked
 * on it. AppError `unwritable_file` names it.
 */
export async function writeOut(path: string, content: string | Uint8Array, force = false): Promise<void> {
  try {
    await writeFile(path, content, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const message = isThere
      ? 'すでにあります。置きかえるときは --force を付けてください'
      : 'ファイルに書き込めません。フォルダーと権限を確かめてください';
    throw new AppError('unwritable_file', { message, file: path, cause });
  }
}
