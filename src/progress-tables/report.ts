import type { FiscalYear, Quarter } from '../model/fiscal-year.ts';

/** A cell that a spreadsheet holds as a number, shown with the words around it: 88.3 as 88.3％以上. */
export interface ReportFigure {
  /** As printed; ― where nothing is known. */
  text: string;
  /** Null where the cell is words. */
  value: number | null;
  /** A spreadsheet's number format that shows `value` as `text`; null where there is no value. */
  format: string | null;
}

export interface ReportRow {
  /** The KPI as plans name it, with the proviso of its target on a line of its own. */
  name: string;
  target: ReportFigure;
  actual: ReportFigure;
  /** ４月時点; ― where there is no actual. */
  asOf: string;
  previous: ReportFigure;
  /** ○△×― as the report or staff give it: ①○ ②△; ― where they give none. */
  evaluation: string;
  /** What planbot computes: 達成 ✓, 遅れ ▲ …. */
  mark: string;
  /** What is to be done next, an item a line; ― where nothing is said. */
  next: string;
  /** [1] 126行目; a line each where target, actual and last year's figure stand apart. */
  source: string;
}

/** KPIs of one section, in the order of the plan. */
export interface ReportSection {
  /** Below the pillar; empty where the plan has none. */
  heading: string;
  rows: ReportRow[];
}

/** One of the plan's main parts. */
export interface ReportPillar {
  heading: string;
  sections: ReportSection[];
}

/** The table of a branch's KPIs as of a quarter, for the members of its council. */
export interface ProgressReport {
  /** 令和7年度 第1四半期 KPIの進捗状況（東京支部）. */
  title: string;
  branch: string;
  fy: FiscalYear;
  /** Null where nothing was reported yet. */
  quarter: Quarter | null;
  /** Below the title: as-of dates, day of making. */
  subtitle: string;
  /** Of the columns that name the years. */
  heads: { target: string; actual: string; previous: string };
  pillars: ReportPillar[];
  notes: string[];
  /** [1] and the document. */
  documents: string[];
}

/** What is not known, and said so. */
export const NOTHING = '―';

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
