import type { Run } from './geometry.ts';
import { pdfLines, type TextLine, textOf } from './text-lines.ts';

/** A gap this wide, in heights of the font, may part two columns. */
const GUTTER = 1.2;
/** Once it parts one line, it may be narrower in the next: full lines reach far into it. */
const NARROWEST = 0.4;
/** So many lines must leave the gap free, for chance leaves gaps too. */
const FEWEST_LINES = 3;
/** Lines of running text are at least so long, in heights of the font; figures and headings are shorter. */
const PROSE_WIDTH = 12;
/** Of two columns' lines so many are running text. */
const PROSE_SHARE = 0.4;

/** 宮城支部事業計画案, 本部事業計画案, 令和７年度 全国健康保険協会神奈川支部: what stands over a column. */
const HEADER = /^(?:令和\s*[\d０-９元]+\s*年度|20\d\d年度|[^。、]*(?:支部|本部)[^。、]{0,10}$)/;
const MAX_HEADER = 30;

/** Lines to be read one after another: the text across the page, or one column of it. */
export type TextBlock = TextLine[];

/**
 * Text that no rules part, as blocks in the order of reading. Where two columns of running text stand side by side,
 * the left one comes first; a table without rules stays as it is, a row a line.
 */
export function blocksOf(runs: readonly Run[]): TextBlock[] {
  const blocks: TextBlock[] = [];
  let across: TextBlock = [];
  const lines = pdfLines(runs);
  for (let at = 0; at < lines.length; ) {
    const columns = columnsFrom(lines, at);
    if (columns) {
      blocks.push(across, columns.left, columns.right);
      across = [];
      at = columns.end;
    } else {
      const line = lines[at];
      if (line) across.push(line);
      at++;
    }
  }
  return [...blocks, across].filter((block) => block.length > 0);
}

interface Columns {
  left: TextBlock;
  right: TextBlock;
  /** Index of the first line below them. */
  end: number;
}

/** The two columns that begin at a line; null where it opens none. */
function columnsFrom(lines: readonly TextLine[], start: number): Columns | null {
  const first = lines[start];
  if (!first || isColumnHeader(first)) return null;
  const above = lines[start - 1];
  const announced = above !== undefined && isColumnHeader(above);
  for (const gap of gapsOf(first)) {
    let { from, to } = gap;
    let end = start;
    for (; end < lines.length; end++) {
      const line = lines[end];
      const free = line && narrowed(line, from, to);
      if (!free) break;
      [from, to] = free;
    }
    const columns = split(lines.slice(start, end), (from + to) / 2);
    if (announced || (isProse(columns.left) && isProse(columns.right))) return { ...columns, end };
  }
  return null;
}

function gapsOf(line: TextLine): { from: number; to: number }[] {
  return line.runs.slice(1).flatMap((run, index) => {
    const from = line.runs[index]?.right ?? run.left;
    return run.left - from >= GUTTER * line.size ? [{ from, to: run.left }] : [];
  });
}

/** The widest part of the gap that a line leaves free; null where it runs across. */
function narrowed(line: TextLine, from: number, to: number): [number, number] | null {
  let widest: [number, number] = [from, from];
  let free = from;
  for (const { left, right } of [...line.runs, { left: to, right: to }]) {
    const end = Math.min(left, to);
    if (end - free > widest[1] - widest[0]) widest = [free, end];
    free = Math.max(free, right);
  }
  return widest[1] - widest[0] >= NARROWEST * line.size ? widest : null;
}

/** The line over two columns that says whose plan, or of which year, each is: a row of its own, no text of theirs. */
function isColumnHeader(line: TextLine): boolean {
  const [gap] = gapsOf(line);
  if (!gap) return false;
  const sides = [
    line.runs.filter((run) => run.left < gap.to),
    line.runs.filter((run) => run.left >= gap.to),
  ].map((runs) => textOf({ ...line, runs }));
  return sides.every((text) => text.length <= MAX_HEADER && HEADER.test(text));
}

function split(lines: readonly TextLine[], at: number): { left: TextBlock; right: TextBlock } {
  const runs = lines.flatMap((line) => line.runs);
  return {
    left: pdfLines(runs.filter((run) => run.left < at)),
    right: pdfLines(runs.filter((run) => run.left >= at)),
  };
}

/** Cells side by side are no running text, however wide they are together. */
function isProse(block: TextBlock): boolean {
  const long = block.filter(
    (line) => gapsOf(line).length === 0 && line.right - line.left >= PROSE_WIDTH * line.size,
  );
  return block.length >= FEWEST_LINES && long.length >= PROSE_SHARE * block.length;
}
