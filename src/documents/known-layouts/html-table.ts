import type { BudgetLine } from '../../model/budget-line.ts';
import type { FiscalYear } from '../../model/fiscal-year.ts';
import { kpiMarkLength } from '../kpi/marks.ts';
import type { Line } from '../lines.ts';
import { partText } from '../part-text.ts';
import { fiscalYearsIn, headTitle, mainBranch } from './branch-and-year.ts';
import { type BudgetCells, pairBudgets } from './html-budgets.ts';
import type { LayoutReader } from './layout.ts';

/** Cells of one year's plan: where its columns begin and end in a row. */
interface YearColumns {
  fy: FiscalYear;
  from: number;
  to: number;
}

/** A table whose cells hold HTML, tabs between them; each year has its plan, its measures and their amounts. */
export const readHtmlTable: LayoutReader = (document) => {
  const { lines, file } = document;
  if (!lines.some((line) => /<(?:p|li|td)\b/i.test(line.text) && line.text.includes('\t'))) return null;
  const branch = document.sidecar.branch ?? mainBranch(lines, document.branches);
  const title = document.sidecar.title ?? headTitle(lines);
  if (!branch || !title) return null;
  const texts = new Map<FiscalYear, Line[]>();
  const cells = new Map<FiscalYear, BudgetCells[]>();
  let years: YearColumns[] = [];
  for (const line of lines) {
    const row = line.text.split('\t');
    const header = yearColumns(row);
    if (header.length > 0) {
      years = header;
      continue;
    }
    if (years.length === 0 || !/<(?:p|li)\b|千円|円$/.test(line.text)) continue;
    for (const year of alignedYears(years, row)) {
      const [plan = '', names = '', ...amounts] = row.slice(year.from, year.to);
      entry(texts, year.fy).push(...planLines(plan, line));
      if (`${names}${amounts.join('')}`.trim() !== '')
        entry(cells, year.fy).push({
          line: line.number,
          names: paragraphs(names),
          amounts: amounts.join(' '),
        });
    }
  }
  const [latest] = [...texts.keys()].sort((a, b) => b - a);
  if (latest === undefined) return null;
  const parts = [...texts].map(([fy, own]) =>
    partText({
      file,
      branch,
      fy,
      kind: 'plan',
      title: fy === latest ? title : `${title}［令和${fy}年度欄］`,
      lines: own,
    }),
  );
  const paired = parts.map((part) => pairBudgets(part, cells.get(part.fy) ?? []));
  const budgets = withPreviousYear(paired.flatMap((own) => own.budgets));
  return { name: 'HTMLセルの対比表', parts, budgets, doubts: paired.flatMap((own) => own.doubts) };
};

function entry<T>(map: Map<FiscalYear, T[]>, fy: FiscalYear): T[] {
  const known = map.get(fy);
  if (known) return known;
  const fresh: T[] = [];
  map.set(fy, fresh);
  return fresh;
}

/** 令和7年度, two empty cells, 令和6年度, …: each year's columns reach to the next year. */
function yearColumns(row: string[]): YearColumns[] {
  if (
    row.length < 2 ||
    row.some((cell) => cell.trim() !== '' && !/^(?:令和\s*(?:元|\d+)|20\d{2})\s*年度$/.test(cell.trim()))
  )
    return [];
  const starts = row.flatMap((cell, from) => fiscalYearsIn(cell).map((fy) => ({ fy, from })));
  return starts.map((start, index) => ({
    ...start,
    to: starts[index + 1]?.from ?? Number.POSITIVE_INFINITY,
  }));
}

/** Where a merged cell shifted the row, a year begins at its plan text: the second running text of the row. */
function alignedYears(years: YearColumns[], row: string[]): YearColumns[] {
  const running = row.flatMap((cell, index) =>
    /。|KPI/.test(cell) && !/^(?:<ul|・)/.test(cell) ? [index] : [],
  );
  if (running.length !== years.length || running.every((index, nth) => index === years[nth]?.from))
    return years;
  return years.map((year, nth) => ({
    ...year,
    from: running[nth] ?? year.from,
    to: running[nth + 1] ?? year.to,
  }));
}

/** Paragraphs as lines; KPI lists and headings that markup ran together are parted. */
function planLines(cell: string, line: Line): Line[] {
  return paragraphs(cell)
    .flatMap((text) => text.split(/(?=[■□]\s*KPI)/))
    .flatMap((text) =>
      kpiMarkLength(text) > 0 || /^\d+\)|^\d-\d+\)/.test(text)
        ? text.split(/\s+(?=(?:\d{1,2}(?:-\d{1,2})?[)）]|[①-⑳]|\(\d{1,2}\)))/)
        : splitHeading(text),
    )
    .map((text) => ({ number: line.number, text: text.trim(), indented: false, afterBlank: true }))
    .filter((own) => own.text !== '');
}

/** A heading and the text that markup ran on behind it; the text may open with a heading of its own. */
function splitHeading(text: string): string[] {
  const both = /^((?:[(（]\d+[)）]|\d+|[①-⑳])\s*\S{3,40}?)\s+(?=\S{6}|[①-⑳ア-ン]\s)(.+)$/.exec(text);
  return both?.[1] && both[2] && !/[。、]/.test(both[1]) ? [both[1], ...splitHeading(both[2])] : [text];
}

/** Last year's amount of an item that both years hold under one name. */
function withPreviousYear(budgets: BudgetLine[]): BudgetLine[] {
  const amounts = new Map(budgets.map((item) => [`${item.fy}|${bareName(item.name)}`, item.amountYen]));
  return budgets.map((item) => ({
    ...item,
    previousAmountYen: amounts.get(`${item.fy - 1}|${bareName(item.name)}`) ?? null,
  }));
}

function bareName(name: string): string {
  return name
    .replace(/^\(新\)\s*/, '')
    .replace(/\s+/g, '')
    .replace(/及び/g, 'および');
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** Cells hold a small subset of HTML: p, ul, li, b, br. What is between block tags is a paragraph. */
export function paragraphs(cell: string): string[] {
  return cell
    .split(/(?=<(?:p|li)\b)|<\/(?:p|li|ul|ol)>|<br\s*\/?>|<\/?[uo]l\b[^>]*>/i)
    .map((piece) =>
      piece
        .replace(/<[^<>]*>/g, '')
        .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
}
