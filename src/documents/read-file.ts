import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { AppError, inOneLine } from '../model/errors.ts';
import { decode } from './decode.ts';
import type { DocumentForm } from './formats/form.ts';
import { isPdf, type PdfText, readPdf } from './pdf/read-pdf.ts';

/** Files larger than this are no plans; the size is looked at before a byte is read. */
const MAX_BYTES = 20 * 1024 * 1024;
/** Characters of a line that no plan's text passes; tokenising takes time by the square of a word's length. */
const MAX_LINE = 20_000;
const MAX_LINES = 100_000;

/** What can be read, by the ends of file names. */
export const READABLE = ['.txt', '.pdf', '.docx', '.xlsx', '.pptx', '.html', '.htm', '.md', '.csv'] as const;

export interface FileText {
  file: string;
  bytes: Uint8Array;
  /** The text of a text document or PDF, for layouts that only lines tell; null where the format has cells of its own. */
  text: string | null;
  form: () => DocumentForm | Promise<DocumentForm>;
  /** Set where the document has pages. */
  pdf: PdfText | null;
}

/** A document of any format that planbot reads. Throws AppError `unreadable_file`, which names the format where it reads none such. */
export async function readDocumentFile(path: string): Promise<FileText> {
  return readDocument(await readBytes(path), path);
}

/** The same of a file that is not on disk, by its name. What the bytes say goes before what the name says. */
export async function readDocument(bytes: Uint8Array, path: string): Promise<FileText> {
  const file = inOneLine(basename(path));
  if (bytes.length > MAX_BYTES) throw tooLarge(bytes.length, path);
  const end = extname(path).toLowerCase();
  const cells = (form: FileText['form']): FileText => ({ file, bytes, text: null, form, pdf: null });
  if (isPdf(bytes) || end === '.pdf') {
    const pdf = await readPdf(bytes, path);
    const { pdfForm } = await import('./pdf/pdf-form.ts');
    return { file, bytes, text: pdf.text, form: () => pdfForm(pdf.pages), pdf };
  }
  if (begins(bytes, [0x50, 0x4b])) return cells(await officeForm(bytes, path));
  refuseForeign(bytes, path);
  const text = decode(bytes, path);
  checkLines(text, path);
  const { readTextForm, readCsvForm } = await import('./formats/text.ts');
  if (end === '.csv') return cells(() => readCsvForm(text, path));
  if (/^\.x?html?$/.test(end) || /^\s*(?:<!doctype html|<html)/i.test(text)) {
    const { readHtml } = await import('./formats/html.ts');
    return cells(() => readHtml(text));
  }
  return { file, bytes, text, form: () => readTextForm(text), pdf: null };
}

async function officeForm(bytes: Uint8Array, path: string): Promise<FileText['form']> {
  const { entryNames } = await import('./formats/zip.ts');
  const names = entryNames(bytes);
  const has = (name: RegExp) => names.some((own) => name.test(own));
  if (has(/^word\/document\d*\.xml$/)) {
    const { readDocx } = await import('./formats/docx.ts');
    return () => readDocx(bytes, path);
  }
  if (has(/^xl\/workbook\.xml$/)) {
    const { readXlsx } = await import('./formats/xlsx.ts');
    return () => readXlsx(bytes, path);
  }
  if (has(/^ppt\/presentation\.xml$/)) {
    const { readPptx } = await import('./formats/pptx.ts');
    return () => readPptx(bytes, path);
  }
  const open = has(/^content\.xml$/) && has(/^mimetype$/);
  const message = open
    ? 'LibreOfficeの形式（.odt、.ods など）です。.docx、.xlsx かPDFで保存してください'
    : names.length === 0
      ? 'WordやExcelのファイルとして読めません（壊れているか、途中で切れています）'
      : 'ZIPなどの圧縮ファイルです。中の資料を取り出してから取り込んでください';
  throw new AppError('unreadable_file', { message, file: path });
}

const OLD_OFFICE: Record<string, string> = {
  '.doc': 'Wordの古い形式（.doc）です。.docx かPDFで保存してください',
  '.xls': 'Excelの古い形式（.xls）です。.xlsx で保存してください',
  '.ppt': 'PowerPointの古い形式（.ppt）です。.pptx かPDFで保存してください',
  '.jtd': '一太郎の文書です。.docx かPDFで保存してください',
  '.msg': 'メールのファイルです。添付の資料を取り出してから取り込んでください',
};

/** First bytes of PNG, JPEG, TIFF and GIF files. */
const PICTURES = ['\x89PNG', '\xff\xd8\xff', 'II*\0', 'MM\0*', 'GIF8'];

/** Formats that cannot be read, told by their first bytes: each with what to do about it. */
function refuseForeign(bytes: Uint8Array, path: string): void {
  const end = extname(path).toLowerCase();
  const refuse = (message: string) => new AppError('unreadable_file', { message, file: path });
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    if (/^\.(?:docx|xlsx|pptx)$/.test(end)) {
      throw refuse(
        'パスワードで保護されているか、古い形式のファイルです。保護を解除し、今の形式で保存し直してください',
      );
    }
    throw refuse(OLD_OFFICE[end] ?? 'WordやExcelの古い形式です。.docx、.xlsx かPDFで保存してください');
  }
  if (begins(bytes, [0x7b, 0x5c, 0x72, 0x74, 0x66]))
    throw refuse('リッチテキスト（.rtf）です。.docx かPDFで保存してください');
  if (PICTURES.some((mark) => begins(bytes, [...Buffer.from(mark, 'latin1')]))) {
    throw refuse('画像（スキャン）のファイルです。文字のあるPDFかWord・Excelの資料を用意してください');
  }
  if (/^\.(?:docx|xlsx|pptx)$/.test(end))
    throw refuse('WordやExcelのファイルとして読めません（壊れているか、途中で切れています）');
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function checkLines(text: string, path: string): void {
  let start = 0;
  for (let line = 1; start <= text.length; line++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end - start > MAX_LINE) {
      const message = `1行が長すぎます（${end - start}文字。上限は${MAX_LINE}文字です）`;
      throw new AppError('unreadable_file', { message, file: path, line });
    }
    if (line > MAX_LINES) {
      throw new AppError('unreadable_file', {
        message: `行が多すぎます（上限は${MAX_LINES}行です）`,
        file: path,
      });
    }
    start = end + 1;
  }
}

/** The size is looked at first, and no more than the limit is read: a file may grow, or say nothing of its size. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw tooLarge(size, path);
    const file = await open(path);
    try {
      const bytes = new Uint8Array(Math.min(MAX_BYTES, size) + 1);
      let read = 0;
      for (let got = -1; got !== 0 && read < bytes.length; read += got) {
        ({ bytesRead: got } = await file.read(bytes, read, bytes.length - read));
      }
      return bytes.slice(0, read);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('unreadable_file', { message: '読み込めません', file: path, cause });
  }
}

function tooLarge(size: number, file: string): AppError {
  const message = `大きすぎます（${Math.round(size / 1048576)}MB。上限は20MBです）`;
  return new AppError('unreadable_file', { message, file });
}
