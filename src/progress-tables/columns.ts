import type { ProgressReport, ReportFigure, ReportRow } from './report.ts';

export interface ReportColumn {
  head: string;
  /** In characters of half width: the share of an A4 landscape page. */
  width: number;
  align: 'left' | 'center' | 'right';
  cell: (row: ReportRow) => string | ReportFigure;
  /** The same for all KPIs of a section, as documents have it, and shown once for neighbours that agree. */
  shared: boolean;
}

/** The columns of the table that branches lay before their councils, with planbot's own mark and the places added. */
export function columnsOf({ heads }: Pick<ProgressReport, 'heads'>): ReportColumn[] {
  const own = { shared: false };
  return [
    { head: 'KPI指標', width: 34, align: 'left', cell: ({ name }) => name, ...own },
    { head: heads.target, width: 17, align: 'right', cell: ({ target }) => target, ...own },
    { head: heads.actual, width: 13, align: 'right', cell: ({ actual }) => actual, ...own },
    { head: '時点', width: 11, align: 'center', cell: ({ asOf }) => asOf, ...own },
    { head: heads.previous, width: 13, align: 'right', cell: ({ previous }) => previous, ...own },
    { head: '評価', width: 14, align: 'left', cell: ({ evaluation }) => evaluation, shared: true },
    { head: '判定\n（計算）', width: 13, align: 'center', cell: ({ mark }) => mark, ...own },
    { head: '今後の取組予定', width: 50, align: 'left', cell: ({ next }) => next, shared: true },
    { head: '出典', width: 21, align: 'left', cell: ({ source }) => source, ...own },
  ];
}

export function cellText(cell: string | ReportFigure): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** How many rows from `index` on agree in a shared column; 0 where the row before says it already. */
export function spanAt({ shared, cell }: ReportColumn, rows: readonly ReportRow[], index: number): number {
  if (!shared) return 1;
  const said = (at: number) => {
    const row = rows[at];
    return row === undefined ? null : cellText(cell(row));
  };
  const own = said(index);
  if (own === said(index - 1)) return 0;
  let end = index + 1;
  while (said(end) === own) end += 1;
  return end - index;
}
