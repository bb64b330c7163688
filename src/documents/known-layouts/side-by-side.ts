import { formatBranch, HEAD_OFFICE } from '../../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import { isKpiListTitle } from '../kpi/marks.ts';
import type { Line } from '../lines.ts';
import { partText } from '../part-text.ts';
import { branchesIn, fiscalYearsIn, headTitle, withoutYears } from './branch-and-year.ts';
import { splitColumns } from './column-split.ts';
import type { DocumentText, LayoutReader, ReadLayout } from './layout.ts';

interface Column {
  branch: string;
  fy: FiscalYear;
}

interface Page {
  columns: [Column, Column];
  lines: Line[];
}

/** Two plans side by side: of two branches, or of two years; a comparison table at the end may pair others. */
export const readSideBySide: LayoutReader = (document) => {
  const title = document.sidecar.title ?? headTitle(document.lines);
  if (!title) return null;
  const headers = columnHeaders(document, title);
  if (!headers) return null;
  const texts = new Map<string, { column: Column; lines: Line[] }>();
  const pages = pagesOf(document.lines, headers);
  const main = pages[0]?.columns;
  if (!main) return null;
  const comparisons = new Map<string, { column: Column; lines: Line[] }>();
  for (const page of pages) {
    if (page.columns.some((column) => !main.some((own) => same(own, column)))) {
      add(comparisons, page.columns[1], page.lines);
      continue;
    }
    const split = splitColumns(page.lines);
    add(texts, page.columns[0], split.left);
    add(texts, page.columns[1], split.right);
  }
  const [first] = main;
  const about = (column: Column) => ({
    file: document.file,
    ...column,
    kind: 'plan' as const,
    title: columnTitle(title, column, first),
  });
  const parts = [
    ...[...texts.values()].map(({ column, lines }) => partText({ ...about(column), lines })),
    ...[...comparisons.values()].map(({ column, lines }) =>
      partText({ ...about(column), lines, comparedWith: first }),
    ),
  ];
  return { name: '二段組の対比', parts, budgets: [] } satisfies ReadLayout;
};

function same(one: Column, other: Column): boolean {
  return one.branch === other.branch && one.fy === other.fy;
}

function add(texts: Map<string, { column: Column; lines: Line[] }>, column: Column, lines: Line[]): void {
  const key = `${column.branch}|${column.fy}`;
  const known = texts.get(key);
  if (known) known.lines.push(...lines);
  else texts.set(key, { column, lines: [...lines] });
}

function columnTitle(title: string, column: Column, main: Column): string {
  if (same(column, main)) return title;
  const name = column.branch === main.branch ? formatFiscalYear(column.fy) : formatBranch(column.branch);
  return `${title}［${name}欄］`;
}

/** What a header line names twice over: two branches or two years. Header lines stand on several pages. */
function columnHeaders(document: DocumentText, title: string): Map<string, [Column, Column]> | null {
  const counts = new Map<string, number>();
  for (const { text } of document.lines) counts.set(dense(text), (counts.get(dense(text)) ?? 0) + 1);
  const headers = new Map<string, [Column, Column]>();
  const titleBranch = document.sidecar.branch ?? branchesIn(title, document.branches)[0];
  const titleYear = document.sidecar.fy ?? fiscalYearsIn(title)[0];
  for (const { text } of document.lines) {
    const key = dense(text);
    if ((counts.get(key) ?? 0) < 2 || headers.has(key) || text.length > 60 || /[。、]/.test(text)) continue;
    const branches = branchesIn(text, document.branches);
    const years = fiscalYearsIn(text);
    const [one = titleBranch, other = one] = branches;
    const [first = titleYear, second = first] = years;
    if (!one || !other || first === undefined || second === undefined) continue;
    if ((one === other && first === second) || !hasTwinHalves(text, branches)) continue;
    headers.set(key, [
      { branch: one, fy: first },
      { branch: other, fy: second },
    ]);
  }
  return headers.size > 0 ? headers : null;
}

/** A header names its two columns in the same words; a running title that happens to name two years does not. */
function hasTwinHalves(text: string, branches: readonly string[]): boolean {
  const names = new RegExp(
    branches.map((name) => (name === HEAD_OFFICE ? name : `${name}支部`)).join('|') || '$^',
    'g',
  );
  const rest = [...dense(withoutYears(text).replace(names, ''))];
  const half = rest.length / 2;
  const differing = rest.slice(0, half).filter((char, index) => char !== rest[index + half]).length;
  return Number.isInteger(half) && differing * 3 <= half;
}

/** A page begins at an indented line that no blank line parts from the page before. */
function pagesOf(lines: readonly Line[], headers: Map<string, [Column, Column]>): Page[] {
  const pages: Page[] = [];
  let columns: [Column, Column] | null = null;
  let page: Line[] = [];
  function close() {
    if (columns && page.length > 0) pages.push({ columns, lines: page });
    page = [];
  }
  for (const line of lines) {
    const header = headers.get(dense(line.text));
    if (header) {
      // Above the first header of a page stand only its running titles.
      if (columns === null || page.length > 4) close();
      page = [];
      columns = header;
      continue;
    }
    if (line.indented && !line.afterBlank) close();
    if (!isKpiListTitle(line.text) && !/^(?:項目|KPI)$/.test(line.text)) page.push(line);
  }
  close();
  return pages;
}

function dense(text: string): string {
  return text.replace(/\s+/g, '');
}
