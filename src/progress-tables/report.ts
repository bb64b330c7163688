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
