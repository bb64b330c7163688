import { writeFile } from 'node:fs/promises';
import { AppError } from '../model/errors.ts';

/** Writes the file of --out. AppError `unwritable_file` names it. */
export async function writeOut(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    const message = 'ファイルに書き込めません。フォルダーと権限を確かめてください';
    throw new AppError('unwritable_file', { message, file: path, cause });
  }
}
