import { cluster, type Rectangle, type Rule } from './geometry.ts';

/** Rules this near are one, and rules that miss each other by no more still meet. */
const NEAR = 3;

/** A cell of a ruled table; merged cells span rows and columns, both inclusive. */
export interface GridCell extends Rectangle {
  row: number;
  lastRow: number;
  column: number;
  lastColumn: number;
}

export interface Grid extends Rectangle {
  /** The left border of each column. */
  lefts: number[];
  /** In the order of reading: by row, then by column. */
  cells: GridCell[];
}

/** The tables that rules draw: each set of rules that meet one another, with at least two cells. */
export function gridsOf(rules: readonly Rule[]): Grid[] {
  return components(joined(rules))
    .flatMap(gridOf)
    .filter((grid) => grid.cells.length > 1);
}

/** Tables are drawn cell by cell: pieces of one line become one rule again. */
function joined(rules: readonly Rule[]): Rule[] {
  const found: Rule[] = [];
  const ordered = rules.toSorted((a, b) => a.from - b.from);
  const open: Rule[] = [];
  for (const rule of ordered) {
    const near = open.find(
      (own) =>
        own.vertical === rule.vertical &&
        Math.abs(own.at - rule.at) <= NEAR / 2 &&
        rule.from <= own.to + NEAR,
    );
    if (near) near.to = Math.max(near.to, rule.to);
    else {
      const own = { ...rule };
      open.push(own);
      found.push(own);
    }
  }
  return found;
}

function meet(one: Rule, other: Rule): boolean {
  if (one.vertical === other.vertical) return false;
  return (
    one.at >= other.from - NEAR &&
    one.at <= other.to + NEAR &&
    other.at >= one.from - NEAR &&
    other.at <= one.to + NEAR
  );
}

function components(rules: readonly Rule[]): Rule[][] {
  const waiting = new Set(rules);
  const found: Rule[][] = [];
  for (const first of rules) {
    if (!waiting.delete(first)) continue;
    const group = [first];
    for (const rule of group) {
      for (const other of waiting) {
        if (!meet(rule, other)) continue;
        waiting.delete(other);
        group.push(other);
      }
    }
    found.push(group);
  }
  return found;
}

function gridOf(rules: readonly Rule[]): Grid[] {
  const upright = rules.filter((rule) => rule.vertical);
  const level = rules.filter((rule) => !rule.vertical);
  if (upright.length === 0 || level.length === 0) return [];
  // Tables may be open at their sides: the ends of the other rules are borders too.
  const xs = cluster([...upright.map(({ at }) => at), ...level.flatMap(({ from, to }) => [from, to])], NEAR);
  const ys = cluster([...level.map(({ at }) => at), ...upright.flatMap(({ from, to }) => [from, to])], NEAR);
  const columns = xs.length - 1;
  const rows = ys.length - 1;
  const wallRight = (row: number, column: number) =>
    crosses(upright, xs[column + 1] ?? 0, middle(ys[row], ys[row + 1]));
  const wallBelow = (row: number, column: number) =>
    crosses(level, ys[row + 1] ?? 0, middle(xs[column], xs[column + 1]));
  const cells: GridCell[] = [];
  const taken = new Set<number>();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (taken.has(row * columns + column)) continue;
      let lastColumn = column;
      while (lastColumn + 1 < columns && !wallRight(row, lastColumn)) lastColumn++;
      let lastRow = row;
      while (lastRow + 1 < rows && !wallBelow(lastRow, column)) lastRow++;
      for (let r = row; r <= lastRow; r++)
        for (let c = column; c <= lastColumn; c++) taken.add(r * columns + c);
      const [left = 0, right = 0, top = 0, bottom = 0] = [
        xs[column],
        xs[lastColumn + 1],
        ys[row],
        ys[lastRow + 1],
      ];
      cells.push({ row, lastRow, column, lastColumn, left, right, top, bottom });
    }
  }
  const [left = 0, top = 0] = [xs[0], ys[0]];
  return [{ left, right: xs.at(-1) ?? 0, top, bottom: ys.at(-1) ?? 0, lefts: xs.slice(0, -1), cells }];
}

function middle(one = 0, other = 0): number {
  return (one + other) / 2;
}

function crosses(rules: readonly Rule[], at: number, through: number): boolean {
  return rules.some((rule) => Math.abs(rule.at - at) <= NEAR && rule.from <= through && rule.to >= through);
}
