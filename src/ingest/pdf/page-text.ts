import type { PdfPage } from './geometry.ts';
import { type PagePart, partsOf } from './page-layout.ts';
import { tableText } from './table-text.ts';
import { paragraphText, usualLeading } from './text-lines.ts';

/** The lines of a page in the order of reading, as the texts of such documents have them. */
export function pageText(page: PdfPage): string[] {
  const parts = partsOf(page);
  const usual = usualLeading(parts.flatMap(blocksIn));
  const text: string[] = [];
  for (const part of parts) {
    const lines = part.kind === 'text' ? paragraphText(part.block, usual) : tableText(part.table, usual);
    if (lines.length > 0) text.push(...(text.length > 0 ? [''] : []), ...lines);
  }
  return text;
}

function blocksIn(part: PagePart) {
  return part.kind === 'text' ? [part.block] : part.table.cells.map((cell) => cell.lines);
}
