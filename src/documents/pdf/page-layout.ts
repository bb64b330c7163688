import { blocksOf, type TextBlock } from './free-columns.ts';
import type { PdfPage, Run } from './geometry.ts';
import { type Grid, type GridCell, gridsOf } from './grid.ts';
import { pdfLines, type TextLine } from './text-lines.ts';

export interface RuledCell extends GridCell {
  lines: TextLine[];
}

export interface RuledTable {
  /** The left border of each column. */
  lefts: number[];
  /** Cells by row and column, empty ones too. */
  cells: RuledCell[];
}

/** What a page is made of, in the order of reading. */
export type PagePart = { kind: 'text'; block: TextBlock } | { kind: 'table'; table: RuledTable };

/** Parts a page into its ruled tables and the text around them. */
export function partsOf(page: PdfPage): PagePart[] {
  const tables: { grid: Grid; runs: Map<GridCell, Run[]> }[] = gridsOf(page.rules).map((grid) => ({
    grid,
    runs: new Map(),
  }));
  const free: Run[] = [];
  for (const run of page.runs) {
    const home = cellAround(run, tables);
    if (home) home.runs.set(home.cell, [...(home.runs.get(home.cell) ?? []), run]);
    else free.push(run);
  }
  // A frame around one text is no table.
  const framed = tables.filter(({ runs }) => runs.size < 2);
  for (const { runs } of framed) free.push(...[...runs.values()].flat());
  const ruled = tables
    .filter(({ runs }) => runs.size >= 2)
    .sort((a, b) => a.grid.top - b.grid.top || a.grid.left - b.grid.left);
  const parts: PagePart[] = [];
  let rest = free;
  for (const { grid, runs } of ruled) {
    parts.push(...textParts(rest.filter((run) => run.baseline <= grid.top)));
    rest = rest.filter((run) => run.baseline > grid.top);
    const cells = grid.cells.map((cell) => ({ ...cell, lines: pdfLines(runs.get(cell) ?? []) }));
    parts.push({ kind: 'table', table: { lefts: grid.lefts, cells } });
  }
  return [...parts, ...textParts(rest)];
}

function textParts(runs: readonly Run[]): PagePart[] {
  return blocksOf(runs).map((block) => ({ kind: 'text', block }));
}

/** The smallest cell that holds the middle of the text: frames may lie around tables. */
function cellAround<T extends { grid: Grid }>(
  run: Run,
  tables: readonly T[],
): (T & { cell: GridCell }) | undefined {
  const x = (run.left + run.right) / 2;
  const y = (run.top + run.bottom) / 2;
  const around = tables.flatMap((table) =>
    table.grid.cells
      .filter((cell) => x >= cell.left && x <= cell.right && y >= cell.top && y <= cell.bottom)
      .map((cell) => ({ ...table, cell })),
  );
  return around.sort((a, b) => area(a.cell) - area(b.cell))[0];
}

function area(cell: GridCell): number {
  return (cell.right - cell.left) * (cell.bottom - cell.top);
}
