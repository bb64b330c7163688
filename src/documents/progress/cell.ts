import { type JoinedLines, joinWithLines } from '../passages.ts';
import type { Piece } from './columns.ts';

/** What a column of the report says of one measure, and which line of the document each part of it is from. */
export type Cell = JoinedLines;

/** The pieces one below the other; null where they hold no text. */
export function cellOf(pieces: readonly Piece[]): Cell | null {
  const cell: Cell = { text: '', starts: [] };
  for (const [index, { lines }] of pieces.entries()) {
    if (index > 0) cell.text += '\n';
    const { text, starts } = joinWithLines(lines);
    cell.starts.push(...starts.map(({ at, line }) => ({ at: cell.text.length + at, line })));
    cell.text += text;
  }
  return cell.text === '' ? null : cell;
}

/** The document's line that the character at this place of the text is from; null in a cell of no lines. */
export function lineAt({ starts }: Cell, place: number): number | null {
  return starts.findLast(({ at }) => at <= place)?.line ?? null;
}
