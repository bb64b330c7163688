import type { HeadingRole } from '../../model/catalogue.ts';
import type { Cell, Table } from '../form/form.ts';
import type { MeasureLine } from '../progress/measures.ts';
import { type Context, sourceAt } from './context.ts';
import { type FacetWords, readFacets } from './facets.ts';
import { distinct, joinedText, type Row, rowsOf } from './headed-table.ts';
import { joinedCell, ratingOf } from './table-measures.ts';

/** Characters of a label at most: 今後の取組予定. */
const MAX_LABEL = 20;
const LABELS: ReadonlySet<HeadingRole> = new Set(['plan', 'progress', 'evaluation', 'next']);

/**
 * A measure as a table of its own: each cell has its label before it (進捗評価, 実施状況, 今後の取組予定), and what it is
 * about stands in the first cell or right above. Null where a cell has no such label, or none of progress or next steps.
 */
export function readLabelledMeasure(table: Table, words: FacetWords, context: Context): MeasureLine | null {
  const { branch, fy } = context.about;
  const block = labelledCells(rowsOf(table), words);
  if (block === null || branch === null || fy === null) return null;
  const { title, cells } = block;
  const progress = joinedCell(cells.get('progress'));
  const next = joinedCell(cells.get('next'));
  const heading = title ?? headingAbove(table, context);
  const plan = cells.get('plan')?.text ?? heading ?? '';
  if ((!cells.has('progress') && !cells.has('next')) || cells.size < 2 || plan === '') return null;
  const section = context.section.filter((above) => above !== heading);
  const measure = {
    branch,
    fy,
    section: heading === null ? section : [...section, heading],
    number: '',
    plan,
    progress: progress?.text ?? null,
    evaluation: ratingOf(joinedText(cells.get('evaluation'))),
    next: next?.text ?? null,
    source: sourceAt(context, table.from),
  };
  return { measure, progress, next };
}

interface Block {
  /** Of the first cell, where it is no label. */
  title: string | null;
  cells: Map<HeadingRole, Cell | undefined>;
}

function labelledCells(rows: readonly Row[], words: FacetWords): Block | null {
  const cells = new Map<HeadingRole, Cell | undefined>();
  let title: string | null = null;
  for (const row of rows) {
    const own = distinct(row);
    for (let at = 0; at < own.length; at++) {
      const role = labelOf(own[at], words);
      if (role !== null && !cells.has(role)) {
        cells.set(role, own[at + 1]);
        at++;
      } else if (role === null && cells.size === 0 && title === null) title = joinedText(own[at]);
      else return null;
    }
  }
  return { title, cells };
}

function labelOf(cell: Cell | undefined, words: FacetWords): HeadingRole | null {
  const label = joinedText(cell);
  const { role } = readFacets(label, words);
  return label.length <= MAX_LABEL && role !== null && LABELS.has(role) ? role : null;
}

/** The line right above the table. */
function headingAbove(table: Table, { form }: Context): string | null {
  const above = form.lines.findLast(({ number }) => number < table.from);
  const isInTable = form.tables.some(
    ({ from, to }) => above !== undefined && above.number >= from && above.number <= to,
  );
  return above === undefined || isInTable || /。$/.test(above.text) ? null : above.text.trim();
}
