import { type JoinedLines, joinWithLines } from '../passages.ts';
import type { Piece } from './columns.ts';

/** What a column of the report says of one measure, its pieces one below the other; null where they hold no text. */
export function columnText(pieces: readonly Piece[]): JoinedLines | null {
  const cell: JoinedLines = { text: '', starts: [] };
  for (const [index, { lines }] of pieces.entries()) {
    if (index > 0) cell.text += '\n';
    const { text, starts } = joinWithLines(lines);
    cell.starts.push(...starts.map(({ at, line }) => ({ at: cell.text.length + at, line })));
    cell.text += text;
  }
  return cell.text === '' ? null : cell;
}

/** The document's line that the character at this place of the text is from; null in a cell of no lines. */
export function lineAt({ starts }: JoinedLines, place: number): number | null {
  return starts.findLast(({ at }) => at <= place)?.line ?? null;
}
