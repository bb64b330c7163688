import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { AppError } from '../model/errors.ts';
import { decode } from './decode.ts';
import { isPdf, type PdfText, readPdf } from './pdf/read-pdf.ts';

const MAX_BYTES = 20 * 1024 * 1024;

export interface FileText {
  file: string;
  text: string;
  bytes: Uint8Array;
  /** Set where the document has pages. */
  pdf: PdfText | null;
}

/** A PDF, or a text file in UTF-8, with or without its mark, UTF-16 with its mark, or Shift_JIS. */
export async function readDocumentFile(path: string): Promise<FileText> {
  return readDocument(await readBytes(path), path);
}

/** The same of a file that is not on disk, by its name. */
export async function readDocument(bytes: Uint8Array, path: string): Promise<FileText> {
  const file = basename(path);
  if (isPdf(bytes) || extname(path).toLowerCase() === '.pdf') {
    const pdf = await readPdf(bytes, path);
    return { file, text: pdf.text, bytes, pdf };
  }
  return { file, text: decode(bytes, path), bytes, pdf: null };
}

/** The size is looked at first: a huge file must not fill the memory. */
async function readBytes(path: string): Promise<Uint8Array> {
  let size: number;
  try {
    size = (await stat(path)).size;
    if (size <= MAX_BYTES) return await readFile(path);
  } catch (cause) {
    throw new AppError('unreadable_file', { message: '読み込めません', file: path, cause });
  }
  const message = `大きすぎます（${Math.round(size / 1048576)}MB。上限は20MBです）`;
  throw new AppError('unreadable_file', { message, file: path });
}
