import { isOpen, plain } from '../lines.ts';
import type { Cell, Table } from './form.ts';

/** A piece of a line that wide gaps part from the rest of it; lengths in any unit that all lines share. */
export interface Segment {
  left: number;
  right: number;
  text: string;
}

export interface SegmentedLine {
  number: number;
  /** An empty line stands before it. */
  afterBlank: boolean;
  /** A rule or the edge of a frame does. */
  afterRule: boolean;
  segments: Segment[];
}

/** A cell of figures or of what stands in their place. */
const FIGURE = /^[△▲]?\d[\d,.]*\D{0,14}$|^[―\-○△×◎ABCDS]$|前年度/;
/** A cell that is a figure and nothing else, or what stands for one. */
export const SPACED_FIGURE =
  /^(?:[△▲]?\d[\d,.]*(?:%|円|千円|日|事業所|社|人|件|ポイント)?(?:以上|以下|以内)?|対?前年度以[上下]|[―\-○△×◎ABCDS])$/;
const BEGINS_AN_ITEM = /^[■◆◎●▶【・※(（①-⑳]/;
/** Lines between two rows of a table that hold the rest of a wrapped cell. */
const MAX_WRAPPED = 2;

/**
 * The tables that lines form by standing below one another. A table is taken only where each piece of it has one
 * column: what could be of two columns is left as running text.
 */
export function alignedTables(lines: readonly SegmentedLine[]): Table[] {
  const tables: Table[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = groupEnd(lines, at);
    const table = end > at + 1 ? tableOf(lines.slice(at, end)) : null;
    if (table) tables.push(table);
    at = table ? end : at + 1;
  }
  return tables;
}

/** Index behind the last line of the rows that begin here. Lines are near where no number is left out between them. */
function groupEnd(lines: readonly SegmentedLine[], start: number): number {
  if ((lines[start]?.segments.length ?? 0) < 2) return start;
  let end = start + 1;
  let wrapped = 0;
  for (let at = end; at < lines.length; at++) {
    const line = lines[at];
    const before = lines[at - 1];
    if (!line || !before || (line.afterBlank && !goesOn(line, lines.slice(start, at)))) break;
    if (line.segments.length >= 2) {
      end = at + 1;
      wrapped = 0;
    } else if (
      at === end &&
      isRest(line, lines.slice(start, at)) &&
      endsHere(lines[at + 1], lines.slice(start, at))
    ) {
      return at + 1;
    } else if (++wrapped > MAX_WRAPPED || !isRest(line, lines.slice(start, at))) break;
  }
  return end;
}

/** The rest of a table's last row: behind it the text stops. */
function endsHere(next: SegmentedLine | undefined, above: readonly SegmentedLine[]): boolean {
  if (next === undefined || BEGINS_AN_ITEM.test(next.segments[0]?.text ?? '')) return true;
  return (next.afterBlank || next.afterRule) && !goesOn(next, above);
}

/** Empty lines part the rows of some tables: then the next row's cells begin where those above do. */
function goesOn({ segments }: SegmentedLine, above: readonly SegmentedLine[]): boolean {
  const starts = new Set(above.flatMap((line) => line.segments.map(({ left }) => left)));
  return segments.length >= 3 && segments.every(({ left }) => starts.has(left));
}

/** The rest of a wrapped cell is short and begins where a column does. */
function isRest({ segments: [only] }: SegmentedLine, above: readonly SegmentedLine[]): boolean {
  if (!only || /。$/.test(only.text)) return false;
  const starts = above.flatMap(({ segments }) => segments.map(({ left }) => left));
  if (BEGINS_AN_ITEM.test(only.text) && only.left <= Math.min(...starts) + 2) return false;
  const rights = above.map(({ segments }) => segments.at(-1)?.right ?? 0);
  return starts.some((left) => Math.abs(left - only.left) <= 2) && only.right <= Math.max(...rights);
}

function tableOf(lines: readonly SegmentedLine[]): Table | null {
  const columns = columnsOf(lines);
  if (columns === null) return null;
  const { place, count } = columns;
  const figures = lines.filter(({ segments }) =>
    segments.slice(1).some(({ text }) => FIGURE.test(plain(text))),
  );
  const first = lines[0]?.segments ?? [];
  const isHeaded =
    count >= 3 && first.length >= 3 && first.every(({ text }) => text.length <= 20) && lines.length >= 4;
  if ((figures.length === 0 && !isHeaded) || lines.length < 2) return null;
  const cells: Cell[] = [];
  let row = -1;
  let begins = 0;
  let opening: SegmentedLine | undefined;
  for (const [at, line] of lines.entries()) {
    const goesOn = opening !== undefined && isWrapped(line, opening, cells[begins]?.text ?? '');
    if (!goesOn) {
      begins = cells.length;
      row++;
      opening = line;
    }
    for (const [index, segment] of line.segments.entries()) {
      const column = place[at]?.[index] ?? 0;
      const text = plain(segment.text).trim();
      const above = goesOn ? cells.findLast((cell) => cell.row === row && cell.column === column) : undefined;
      if (above) above.text += text;
      else cells.push({ row, lastRow: row, column, lastColumn: column, text, line: line.number });
    }
  }
  const [from = 1, to = from] = [lines[0]?.number, lines.at(-1)?.number];
  return { cells, rows: row + 1, columns: count, from, to };
}

/** Several cells of a row of figures go on below it: each piece stands below the beginning of one, and none is a figure. A name alone goes on where its bracket is open. */
function isWrapped({ segments }: SegmentedLine, opening: SegmentedLine, name: string): boolean {
  const isFigure = ({ text }: Segment) => SPACED_FIGURE.test(plain(text).replace(/\s+/g, ''));
  return (
    (segments.length >= 2 || isOpen(name) || (segments[0]?.left ?? 0) > (opening.segments[0]?.right ?? 0)) &&
    segments.length < opening.segments.length &&
    opening.segments.some(isFigure) &&
    segments.every(
      (segment) =>
        !isFigure(segment) && opening.segments.some(({ left }) => Math.abs(left - segment.left) <= 2),
    )
  );
}

interface Places {
  /** By line and segment. */
  place: number[][];
  count: number;
}

function columnsOf(lines: readonly SegmentedLine[]): Places | null {
  const count = lines[0]?.segments.length ?? 0;
  if (count >= 2 && lines.every(({ segments }) => segments.length === count)) {
    return { place: lines.map(({ segments }) => segments.map((_, index) => index)), count };
  }
  return byBands(lines, bandsOf(lines)) ?? byMode(lines);
}

/** Stretches that some piece covers, from the left; what no line covers parts columns. */
function bandsOf(lines: readonly SegmentedLine[]): { left: number; right: number }[] {
  const pieces = lines.flatMap(({ segments }) => segments).sort((a, b) => a.left - b.left);
  const bands: { left: number; right: number }[] = [];
  for (const { left, right } of pieces) {
    const last = bands.at(-1);
    if (last && left < last.right) last.right = Math.max(last.right, right);
    else bands.push({ left, right });
  }
  return bands;
}

function byBands(
  lines: readonly SegmentedLine[],
  bands: readonly { left: number; right: number }[],
): Places | null {
  const place = lines.map(({ segments }) =>
    segments.map(({ left, right }) => bands.findIndex((band) => left < band.right && right > band.left)),
  );
  const clear = place.every((columns) => columns.every((column, at) => column > (columns[at - 1] ?? -1)));
  return clear && bands.length >= 2 ? { place, count: bands.length } : null;
}

/** Long names reach into the next column: where most lines have as many pieces, the bands of those alone count. */
function byMode(lines: readonly SegmentedLine[]): Places | null {
  const counts = new Map<number, number>();
  for (const { segments } of lines) counts.set(segments.length, (counts.get(segments.length) ?? 0) + 1);
  const [count = 0, times = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  if (count < 2 || times * 2 < lines.length) return null;
  const whole = lines.filter(({ segments }) => segments.length === count);
  const bands = Array.from({ length: count }, (_, column) => ({
    left: Math.min(...whole.map(({ segments }) => segments[column]?.left ?? 0)),
    right: Math.max(...whole.map(({ segments }) => segments[column]?.right ?? 0)),
  }));
  const place: number[][] = [];
  for (const { segments } of lines) {
    if (segments.length === count) {
      place.push(segments.map((_, index) => index));
      continue;
    }
    const own = segments.map((segment) => nearest(segment, bands));
    if (own.some((column, at) => column <= (own[at - 1] ?? -1))) return null;
    place.push(own);
  }
  return { place, count };
}

function nearest({ left, right }: Segment, bands: readonly { left: number; right: number }[]): number {
  const middle = (left + right) / 2;
  const distances = bands.map((band) =>
    middle < band.left ? band.left - middle : middle > band.right ? middle - band.right : 0,
  );
  return distances.indexOf(Math.min(...distances));
}
