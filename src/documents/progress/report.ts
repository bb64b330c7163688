import type { BudgetLine } from '../../model/budget-line.ts';
import type { Indicator } from '../../model/indicator.ts';
import type { Kpi } from '../../model/kpi.ts';
import type { Commitment, Count, Measure } from '../../model/measure.ts';
import type { Passage } from '../../model/passage.ts';
import type { IndicatorNames } from '../kpi/indicator-names.ts';
import type { Line } from '../lines.ts';
import type { PartText } from '../part-text.ts';
import { budgetTable } from './budget-table.ts';
import { readColumns } from './columns.ts';
import { commitmentsOf, contractEnds, plannedVisits } from './commitments.ts';
import { countTable } from './count-table.ts';
import { kpiTable } from './kpi-table.ts';
import { measuresOf } from './measures.ts';
import { pagesOf } from './pages.ts';
import { columnPassages, tablePassages } from './report-passages.ts';

export interface Report {
  kpis: Kpi[];
  measures: Measure[];
  budgets: BudgetLine[];
  commitments: Commitment[];
  counts: Count[];
  passages: Passage[];
}

/** What the tables are called where a passage of theirs is shown. */
const TABLE_NAMES = { kpi: 'KPI', budget: '予算', counts: '件数' } as const;

/** All that a progress report states, table by table. Tables of figures belong to the section of the measures above them. */
export function readReport(part: PartText, names: IndicatorNames, indicators: readonly Indicator[]): Report {
  const report: Report = { kpis: [], measures: [], budgets: [], commitments: [], counts: [], passages: [] };
  let section: string[] = [];
  for (const page of pagesOf(part.lines)) {
    if (page.kind === 'measures') {
      const columns = readColumns(page.lines);
      const outer = sectionOf(page.chapter, columns.headings, section);
      section = sectionOf(page.chapter, columns.innerHeadings, outer);
      const rows = measuresOf(part, columns, section, outer);
      report.measures.push(...rows.map(({ measure }) => measure));
      report.commitments.push(...rows.flatMap((row) => commitmentsOf(row)));
      report.passages.push(...columnPassages(part, columns, section));
      continue;
    }
    if (page.kind === 'kpi') report.kpis.push(...kpiTable(part, page, section, names, indicators));
    else if (page.kind === 'budget') {
      const budgets = budgetTable(part, page);
      report.budgets.push(...budgets);
      report.commitments.push(...contractEnds(budgets));
    } else {
      const counts = countTable(part, page);
      report.counts.push(...counts);
      report.commitments.push(...plannedVisits(counts, section));
    }
    const path = [...section, TABLE_NAMES[page.kind]];
    report.passages.push(...tablePassages(part, page.lines, path));
  }
  return report;
}

const LEVELS = [/^[ⅠⅡⅢⅣⅤ]/, /^(?:\(\s*\d+\s*\)|\d+\s*\))/, /^[ⅰ-ⅹ]/];

/** Chapter and headings; a page that repeats only its inner heading keeps the outer ones. */
function sectionOf(chapter: string, headings: readonly Line[], before: readonly string[]): string[] {
  const path: (string | undefined)[] =
    before[0] === chapter ? LEVELS.map((level) => before.slice(1).find((title) => level.test(title))) : [];
  for (const title of joinHeadings(headings)) {
    const depth = LEVELS.findIndex((level) => level.test(title));
    if (depth < 0) continue;
    path[depth] = title;
    path.length = depth + 1;
  }
  return [chapter, ...path.filter((title) => title !== undefined)].filter((title) => title !== '');
}

function joinHeadings(headings: readonly Line[]): string[] {
  const titles: string[] = [];
  for (const line of headings) {
    if (LEVELS.some((level) => level.test(line.text)) || titles.length === 0) titles.push(line.text);
    else titles.push(`${titles.pop() ?? ''}${line.text}`);
  }
  return titles;
}
