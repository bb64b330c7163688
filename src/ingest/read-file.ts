import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { AppError } from '../model/errors.ts';
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
  const file = basename(path);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new AppError('unreadable_file', { message: '読み込めません', file: path, cause });
  }
  if (bytes.length > MAX_BYTES)
    throw new AppError('unreadable_file', {
      message: `大きすぎます（${Math.round(bytes.length / 1048576)}MB。上限は20MBです）`,
      file: path,
    });
  if (isPdf(bytes) || extname(path).toLowerCase() === '.pdf') {
    const pdf = await readPdf(bytes, path);
    return { file, text: pdf.text, bytes, pdf };
  }
  return { file, text: decode(bytes, path), bytes, pdf: null };
}

/** Exported for tests of encodings. */
export function decode(bytes: Uint8Array, path: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\u0000')) return text;
    } catch {
      // Not of this encoding: the next one is tried, and none left is the fault.
    }
  }
  throw new AppError('unreadable_file', {
    message: '文字コードを判別できません（UTF-8またはShift_JISの文書を用意してください）',
    file: path,
  });
}
