import type { FiscalYear } from '../model/fiscal-year.ts';
import type { DocumentKind } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import { splitItems } from './kpi/clauses.ts';
import type { Line } from './lines.ts';
import { outline } from './outline.ts';

/** The text of one branch's plan of one year, in reading order, with its own lines alone. */
export interface PartText {
  file: string;
  branch: string;
  fy: FiscalYear;
  kind: DocumentKind;
  title: string;
  lines: Line[];
  /** Set where the lines are a table that compares this year with another: what that year's plan states is not of this one. */
  comparedWith?: { branch: string; fy: FiscalYear } | undefined;
  /** Headings above the line at an index, outermost first. */
  sectionAt(index: number): string[];
}

/** Where a row of a part stands; pages are told of later. */
export function sourceIn({ file, title }: Pick<PartText, 'file' | 'title'>, line: number): Source {
  return { file, line, page: null, title };
}

export function partText(about: Omit<PartText, 'sectionAt'>): PartText {
  const lines = about.lines.flatMap((line) => splitItems(line.text).map((text) => ({ ...line, text })));
  const paths = outline(lines);
  return { ...about, lines, sectionAt: (index) => paths[index] ?? [] };
}
