import { cellText, type ReportColumn, spanAt } from './columns.ts';
import type { ReportRow } from './report.ts';

/** Excel allows no more, in points. */
const HIGHEST = 409;
const LEADING = 1.45;
const PADDING = 4;

/** Heights in points at which every cell shows all its lines; a cell over several rows may use them all. */
export function rowHeights(
  rows: readonly ReportRow[],
  columns: readonly ReportColumn[],
  size: number,
): number[] {
  const heights = rows.map(() => 0);
  const spans = columns.flatMap((column) =>
    rows.flatMap((row, index) => {
      const span = spanAt(column, rows, index);
      const lines = linesOf(cellText(column.cell(row)), column.width);
      return span === 0 ? [] : [{ index, span, wanted: lines * size * LEADING + PADDING }];
    }),
  );
  for (const { index, span, wanted } of spans.sort((a, b) => a.span - b.span)) {
    const there = heights.slice(index, index + span).reduce((sum, height) => sum + height, 0);
    const more = Math.max(0, wanted - there) / span;
    for (let at = index; at < index + span; at += 1) heights[at] = (heights[at] ?? 0) + more;
  }
  return heights.map((height) => Math.min(HIGHEST, Math.round(height)));
}

/** Columns are measured in characters of half width; a kanji takes two. */
function linesOf(text: string, width: number): number {
  return text
    .split('\n')
    .map((line) => Math.max(1, Math.ceil(halfWidths(line) / (width - 1))))
    .reduce((sum, lines) => sum + lines, 0);
}

function halfWidths(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u0020-\u007e\uff61-\uff9f]/.test(sign) ? 1.1 : 2), 0);
}
