import type { PdfPage } from './geometry.ts';
import { type PagePart, partsOf } from './page-layout.ts';
import { tableText } from './table-text.ts';
import { paragraphText, usualLeading } from './text-lines.ts';

/** What stands above a table and says the unit of its figures: 広報関連予算（単位：円）. */
const UNIT_CAPTION = /[(（]\s*単位\s*[:：]\s*\S{1,3}\s*[)）]$/;

/**
 * The lines of a page in the order of reading, as the texts of such documents have them: the caption with the unit
 * follows its table.
 */
export function pageText(page: PdfPage): string[] {
  const parts = partsOf(page);
  const usual = usualLeading(parts.flatMap(blocksIn));
  const text: string[] = [];
  let caption: string[] = [];
  for (const [index, part] of parts.entries()) {
    const lines = part.kind === 'text' ? paragraphText(part.block, usual) : tableText(part.table, usual);
    const own = part.kind === 'table' ? [...lines, ...caption] : lines;
    caption = [];
    if (parts[index + 1]?.kind === 'table' && UNIT_CAPTION.test(own.at(-1) ?? '')) {
      caption = ['', own.pop() ?? ''];
    }
    if (own.length > 0) text.push(...(text.length > 0 ? [''] : []), ...own);
  }
  return text;
}

function blocksIn(part: PagePart) {
  return part.kind === 'text' ? [part.block] : part.table.cells.map((cell) => cell.lines);
}
