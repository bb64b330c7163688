import { isBullet, itemMark, kpiMarkLength } from '../kpi/marks.ts';
import { plain } from '../lines.ts';
import type { RuledCell, RuledTable } from './page-layout.ts';
import { type TextLine, textOf } from './text-lines.ts';

/** A line that ends so many heights of its font before the others of its cell ends a paragraph. */
const ENDS_EARLY = 2.5;
/** Characters that the name of a column has at most. */
const MAX_HEAD = 16;
const YEAR = /^(?:令和\s*(?:\d+|元)|20\d\d)\s*年度$/;

/** Whether a table sets two years beside each other, each with columns of its own: plan, measures, amounts. */
export function isYearTable(table: RuledTable): boolean {
  const top = table.cells.filter((cell) => cell.row === 0).map((cell) => plain(whole(cell.lines)));
  const years = top.filter((text) => text !== '');
  return (
    years.length >= 2 && table.lefts.length >= 2 * years.length && years.every((text) => YEAR.test(text))
  );
}

/**
 * A table of years as the texts of such documents print it, which `readHtmlTable` takes apart: a row a line,
 * a tab between columns, the paragraphs of a cell marked up.
 */
export function yearTableText(table: RuledTable): string[] {
  const numbers = [...new Set(table.cells.map((cell) => cell.row))].sort((a, b) => a - b);
  let heads = true;
  return numbers.flatMap((row) => {
    const cells = table.cells.filter((cell) => cell.row === row);
    if (cells.every((cell) => cell.lines.length === 0)) return [];
    heads &&= cells.every(isHead);
    const columns = table.lefts.map((_, column) => {
      const lines = cells.find((cell) => cell.column === column)?.lines ?? [];
      return heads ? whole(lines) : markedUp(lines);
    });
    return [columns.join('\t')];
  });
}

/** The names of columns are bare: they are no plan and no measure. */
function isHead(cell: RuledCell): boolean {
  const text = plain(whole(cell.lines));
  return text.length <= MAX_HEAD && !opensParagraph(text) && !/[。円%]/.test(text);
}

function markedUp(lines: readonly TextLine[]): string {
  return paragraphs(lines)
    .map((text) => `<p>${escaped(text)}</p>`)
    .join(' ');
}

function paragraphs(lines: readonly TextLine[]): string[] {
  const margin = Math.max(...lines.map((line) => line.right));
  const found: string[] = [];
  let ended = true;
  for (const line of lines) {
    const text = textOf(line);
    if (ended || opensParagraph(plain(text))) found.push(text);
    else found.push(`${found.pop() ?? ''}${text}`);
    ended = margin - line.right > ENDS_EARLY * line.size || /\d\s*[百十]?[千万]?円$/.test(plain(text));
  }
  return found;
}

function opensParagraph(text: string): boolean {
  return (
    kpiMarkLength(text) > 0 || isBullet(text) || itemMark(text) !== null || /^(?:[【《]|\(新\))/.test(text)
  );
}

function whole(lines: readonly TextLine[]): string {
  return lines.map(textOf).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
