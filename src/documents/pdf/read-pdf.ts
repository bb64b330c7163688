import { AppError } from '../../model/errors.ts';
import type { IngestedDocument } from '../../model/plan-document.ts';
import type { Source } from '../../model/source.ts';
import { notTaken } from '../lines.ts';
import type { PdfPage } from './geometry.ts';
import { openPdf, TooManyPages } from './open-pdf.ts';
import { pagesText } from './page-text.ts';

/** A PDF as text, in the shape of the text documents: one printed line a line. */
export interface PdfText {
  text: string;
  pages: PdfPage[];
  /** The page, counted from 1, of a 1-based line of the text. */
  pageOfLine(line: number): number;
  /** Pages that show pictures and no text: what they say is not known. */
  picturePages: number[];
}

/** Some programs write a little before the mark of the beginning and behind that of the end; a cut-off file ends anywhere. */
const START_WITHIN = 1024;
const END_WITHIN = 4096;
const DAMAGED = 'PDFとして読み取れません（壊れているか、途中で切れています）';

/** Whether a file says of itself that it is a PDF. */
export function isPdf(bytes: Uint8Array): boolean {
  return holds(bytes.subarray(0, 8), '%PDF-');
}

/**
 * Reads the text layer of a PDF. Throws AppError `unreadable_file` for one that is damaged, locked,
 * or holds no text that can be read.
 */
export async function readPdf(bytes: Uint8Array, path: string): Promise<PdfText> {
  if (!holds(bytes.subarray(0, START_WITHIN), '%PDF-') || !holds(bytes.subarray(-END_WITHIN), '%%EOF'))
    throw refusal(DAMAGED, path);
  const pages: PdfPage[] = [];
  try {
    for await (const page of openPdf(bytes)) pages.push(page);
  } catch (cause) {
    const locked = cause instanceof Error && cause.name === 'PasswordException';
    if (cause instanceof TooManyPages)
      throw refusal(`ページが多すぎます（${cause.message}ページ）`, path, cause);
    const message = locked
      ? 'パスワードで保護されたPDFです（保護を解除してから取り込んでください）'
      : DAMAGED;
    throw refusal(message, path, cause);
  }
  checkReadable(pages, path);
  return textOfPages(pages);
}

function checkReadable(pages: readonly PdfPage[], path: string): void {
  const text = pages.flatMap((page) => page.runs.map((run) => run.text)).join('');
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const unknown = text.match(/[\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0;
  if (unknown > letters)
    throw refusal('文字を取り出せないPDFです（文字コードの対応が埋め込まれていません）', path);
  const wordless = pages.every((page) => page.runs.every((run) => !/\p{L}/u.test(run.text)));
  if (wordless)
    throw refusal('文字のない（画像だけの）PDFです（文字認識をしてから取り込んでください）', path);
}

function textOfPages(pages: readonly PdfPage[]): PdfText {
  const lines: string[] = [];
  const starts: number[] = [];
  for (const own of pagesText(pages)) {
    starts.push(lines.length + 1);
    // A page begins at an indented line that no blank line parts from the page before: see `toLines`.
    const [first = '', ...rest] = own;
    if (own.length > 0) lines.push(` ${first}`, ...rest);
  }
  return {
    text: lines.join('\n'),
    pages: [...pages],
    pageOfLine: (line) => pages[starts.findLastIndex((start) => start <= line)]?.number ?? 1,
    picturePages: pages.filter((page) => page.pictures && page.runs.length === 0).map((page) => page.number),
  };
}

/** The document with the page of each figure and passage; pages that are pictures alone stand among its doubts. */
export function withPages(
  document: IngestedDocument,
  { pageOfLine, picturePages }: Pick<PdfText, 'pageOfLine' | 'picturePages'>,
): IngestedDocument {
  const paged = <T extends { source: Source }>(row: T): T => ({
    ...row,
    source: { ...row.source, page: pageOfLine(row.source.line) },
  });
  return {
    ...document,
    kpis: document.kpis.map(paged),
    referenceActuals: document.referenceActuals.map(paged),
    measures: document.measures.map(paged),
    budgets: document.budgets.map(paged),
    commitments: document.commitments.map(paged),
    counts: document.counts.map(paged),
    passages: document.passages.map((passage) => ({ ...passage, page: pageOfLine(passage.from) })),
    doubts: [
      ...document.doubts,
      ...picturePages.map((page) =>
        notTaken(document.file, { number: 1, text: `${page}ページ` }, PICTURE_PAGE),
      ),
    ],
  };
}

/** What is told of a page that shows pictures and no text. */
export const PICTURE_PAGE = '画像だけのページで、文字を読み取れません';

function holds(bytes: Uint8Array, mark: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(mark);
}

function refusal(message: string, file: string, cause?: unknown): AppError {
  return new AppError('unreadable_file', { message, file, cause });
}
