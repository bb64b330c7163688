import type { PdfPage } from './geometry.ts';
import { type PagePart, partsOf, type RuledTable } from './page-layout.ts';
import { tableText } from './table-text.ts';
import { paragraphText, usualLeading } from './text-lines.ts';
import { isYearTable, yearTableText } from './year-table.ts';

/** What stands above a table and says the unit of its figures: 広報関連予算（単位：円）. */
const UNIT_CAPTION = /[(（]\s*単位\s*[:：]\s*\S{1,3}\s*[)）]$/;

/** Columns of one table stand at one place on all its pages, but for the breadth of a rule. */
const SAME_PLACE = 4;

/** What the pages before leave open: a table of years goes on over the page without its header. */
interface Above {
  yearTable: RuledTable | null;
}

/**
 * The lines of each page in the order of reading, as the texts of such documents have them: the caption with the
 * unit follows its table.
 */
export function pagesText(pages: readonly PdfPage[]): string[][] {
  const above: Above = { yearTable: null };
  return pages.map((page) => pageText(page, above));
}

function pageText(page: PdfPage, above: Above): string[] {
  const parts = partsOf(page);
  const usual = usualLeading(parts.flatMap(blocksIn));
  const text: string[] = [];
  let caption: string[] = [];
  for (const [index, part] of parts.entries()) {
    const lines = partText(part, usual, above);
    const own = part.kind === 'table' ? [...lines, ...caption] : lines;
    caption = [];
    if (parts[index + 1]?.kind === 'table' && UNIT_CAPTION.test(own.at(-1) ?? '')) {
      caption = ['', own.pop() ?? ''];
    }
    if (own.length > 0) text.push(...(text.length > 0 ? [''] : []), ...own);
  }
  return text;
}

function partText(part: PagePart, usual: number, above: Above): string[] {
  if (part.kind === 'text') return paragraphText(part.block, usual);
  const { table } = part;
  const goesOn = above.yearTable !== null && sameColumns(above.yearTable, table);
  above.yearTable = isYearTable(table) || goesOn ? table : null;
  return above.yearTable ? yearTableText(table) : tableText(table, usual);
}

function sameColumns(one: RuledTable, other: RuledTable): boolean {
  return (
    one.lefts.length === other.lefts.length &&
    one.lefts.every((left, index) => Math.abs(left - (other.lefts[index] ?? 0)) <= SAME_PLACE)
  );
}

function blocksIn(part: PagePart) {
  return part.kind === 'text' ? [part.block] : part.table.cells.map((cell) => cell.lines);
}
