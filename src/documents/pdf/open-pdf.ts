import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFPageProxy, TextItem } from 'pdfjs-dist/types/src/display/api.js';
import type { Matrix, PdfPage } from './geometry.ts';
import { rulesOf } from './rules.ts';
import { runsOf } from './runs.ts';

/** Plans have some dozens of pages; a list of pages may name one of them any number of times. */
const MAX_PAGES = 600;

/** A PDF says that it has more pages than any plan. */
export class TooManyPages extends Error {}

/** The pages of a PDF, one at a time. Throws what pdf.js throws for a document that it cannot read. */
export async function* openPdf(bytes: Uint8Array): AsyncGenerator<PdfPage> {
  // Loaded when the first PDF comes: it takes longer to load than most documents to read.
  const { getDocument, OPS, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    // pdf.js takes the buffer for itself, so it gets one of its own.
    data: new Uint8Array(bytes),
    cMapUrl: join(folder, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    if (document.numPages > MAX_PAGES) throw new TooManyPages(`${document.numPages}`);
    for (let number = 1; number <= document.numPages; number++) {
      yield await readPage(await document.getPage(number), OPS);
    }
  } finally {
    await task.destroy();
  }
}

async function readPage(
  page: PDFPageProxy,
  codes: typeof import('pdfjs-dist/legacy/build/pdf.mjs').OPS,
): Promise<PdfPage> {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: number[] = page.getViewport({ scale: 1 }).transform;
  const toPage: Matrix = [a, b, c, d, e, f];
  const [content, drawing] = await Promise.all([
    page.getTextContent({ disableNormalization: true }),
    page.getOperatorList(),
  ]);
  const items = content.items.filter((item): item is TextItem => 'str' in item);
  const picture = [codes.paintImageXObject, codes.paintInlineImageXObject, codes.paintImageMaskXObject];
  const found = {
    number: page.pageNumber,
    runs: runsOf(items, toPage),
    rules: rulesOf(drawing, codes, toPage),
    pictures: drawing.fnArray.some((code) => picture.includes(code)),
  };
  page.cleanup();
  return found;
}
