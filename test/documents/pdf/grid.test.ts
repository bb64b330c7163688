import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/documents/pdf/geometry.ts';
import { gridsOf } from '../../../src/documents/pdf/grid.ts';

/** Rules of a table, drawn cell by cell as word processors do. */
function drawn(xs: readonly number[], ys: readonly number[]): Rule[] {
  const rules: Rule[] = [];
  for (const x of xs)
    for (const [index, y] of ys.slice(1).entries())
      rules.push({ vertical: true, at: x, from: ys[index] ?? y, to: y });
  for (const y of ys)
    for (const [index, x] of xs.slice(1).entries())
      rules.push({ vertical: false, at: y, from: xs[index] ?? x, to: x });
  return rules;
}

const places = fc
  .array(fc.integer({ min: 12, max: 90 }), { minLength: 2, maxLength: 6 })
  .map((steps) =>
    [0, ...steps].map((_, index) => steps.slice(0, index).reduce((all, step) => all + step, 20)),
  );

describe('gridsOf', () => {
  it('finds every cell of a table, however its rules are cut and ordered', () => {
    fc.assert(
      fc.property(places, places, fc.integer(), (xs, ys, seed) => {
        const rules = drawn(xs, ys).sort((a, b) => ((a.at * 7 + a.from * 13 + seed) % 5) - (b.at % 3));
        const [grid, ...others] = gridsOf(rules);
        expect(others).toEqual([]);
        expect(grid?.cells).toHaveLength((xs.length - 1) * (ys.length - 1));
        expect(
          grid?.cells.every((cell) => cell.row === cell.lastRow && cell.column === cell.lastColumn),
        ).toBe(true);
      }),
    );
  });

  it('keeps two tables apart', () => {
    const rules = [...drawn([10, 60, 120], [10, 40]), ...drawn([10, 60, 120], [80, 100, 140])];
    expect(gridsOf(rules).map((grid) => grid.cells.length)).toEqual([2, 4]);
  });

  it('sees a merged cell where a wall is missing', () => {
    const rules = drawn([0, 50, 100], [0, 30, 60]).filter(
      (rule) => !(rule.vertical && rule.at === 50 && rule.from === 0),
    );
    const [grid] = gridsOf(rules);
    expect(grid?.cells.map(({ row, column, lastColumn }) => [row, column, lastColumn])).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [1, 1, 1],
    ]);
  });

  it.each([
    ['a frame', drawn([0, 100], [0, 100])],
    ['an underline', [{ vertical: false, at: 10, from: 0, to: 90 }]],
    ['nothing', []],
  ])('takes %s for no table', (_, rules) => {
    expect(gridsOf(rules)).toEqual([]);
  });

  it('closes a table that is open at its sides', () => {
    const rules = drawn([0, 50, 100], [0, 30, 60]).filter(({ vertical, at }) => !vertical || at === 50);
    expect(gridsOf(rules)[0]?.cells).toHaveLength(4);
  });
});
