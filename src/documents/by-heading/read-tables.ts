import type { Cell, Table } from '../formats/form.ts';
import { itemMark, kpiMarkLength } from '../kpi/marks.ts';
import { YEN } from '../kpi/target.ts';
import type { Line } from '../lines.ts';
import { headingOf } from '../outline.ts';
import type { HeadedTable } from '../unread-figures.ts';
import { branchHeadings } from './branch-headings.ts';
import { readCell } from './cell-value.ts';
import { type Context, type Findings, noFindings, type PlanText } from './context.ts';
import type { FacetWords } from './facets.ts';
import { type HeadedColumn, headedSections, joinedText, type Row, type Section } from './headed-table.ts';
import { readLabelledRows, readLabelledText, readListedMeasures } from './labelled-measure.ts';
import { readBudgetTable } from './table-budgets.ts';
import { readKpiTable } from './table-kpis.ts';
import { readMeasureTable } from './table-measures.ts';

/** What the tables of a document say, and what of its text is left to be read as sentences. */
interface ReadTables {
  reading: Findings;
  /** The text of the plan itself: lines outside tables, and rows that no headings explain. */
  lines: Line[];
  /** Lines of tables that were read. */
  tabled: ReadonlySet<number>;
  headed: HeadedTable[];
}

/** Lines above a table that may be its title. */
const CAPTION_LINES = 3;
/** Lines within which a unit that stands above a table is its own. */
const NEAR = 6;
const UNIT_NOTE = /単位\s*(?:は|[:：])?\s*(千円|百万円|万円|円)/;

/** Reads every table of a document in its place: what stands above it says what it is of. */
export function readTables(
  base: Omit<Context, 'caption' | 'section' | 'scale' | 'comparesPlans'>,
  words: FacetWords,
  sectionAt: (line: number) => string[],
): ReadTables {
  const { form, about, catalogue } = base;
  const reading = noFindings();
  const comparesPlans = /新旧|対照|対比/.test(about.title) || form.tables.some(tellsNewFromOld);
  const tabled = new Set<number>();
  /** Lines of measures that were read from their cells; figures in them are read as text. */
  const inBlocks = new Set<number>();
  const headed: HeadedTable[] = [];
  const { branchAt } = branchHeadings(form, catalogue.branches);
  let above: { columns: HeadedColumn[]; to: number } | null = null;
  for (const [index, table] of form.tables.entries()) {
    const caption = captionAbove(table, form.tables[index - 1] ?? null, form.lines);
    const context: Context = {
      ...base,
      about: { ...about, branch: branchAt(table.from) ?? about.branch },
      comparesPlans,
      caption,
      section: sectionAt(table.from),
      scale: scaleNear(table, form.lines, caption),
    };
    const blocks = readLabelledRows(table, words, context);
    reading.measures.push(...blocks);
    if (blocks.length > 0) for (let line = table.from; line <= table.to; line++) inBlocks.add(line);
    const follows =
      above !== null &&
      !form.lines.some(
        ({ number, text }) => number > (above?.to ?? 0) && number < table.from && !/^[-―\d\s]*$/.test(text),
      );
    const sections = headedSections(table, words, follows && above ? above.columns : null);
    headed.push({ table, caption, sections });
    if (sections.length === 0) continue;
    let read = false;
    for (const section of sections) read = readSection(section, context, words, reading) || read;
    if (read) for (let line = table.from; line <= table.to; line++) tabled.add(line);
    above = { columns: sections.at(-1)?.columns ?? [], to: table.to };
  }
  const lines = form.lines.filter(({ number }) => !tabled.has(number));
  const around = { ...base, comparesPlans };
  const loose = lines.filter(({ number }) => !inBlocks.has(number));
  const labelled = about.kind === 'progress_report' ? readLabelledText(loose, words, around) : [];
  reading.measures.push(...(labelled.length > 0 ? labelled : readListedMeasures(loose, around, sectionAt)));
  return { reading, lines, tabled, headed };
}

/** 【新設】, 廃止, 令和6年度で終了: each of the two plans has what the other has not. */
function tellsNewFromOld({ cells }: Table): boolean {
  return cells.some(({ text }) => /新設|廃止|削除|で終了/.test(text) && text.length <= 16);
}

/** Whether a section of a table was read as something. */
function readSection(section: Section, context: Context, words: FacetWords, reading: Findings): boolean {
  const plans = planTexts(section, context);
  if (plans) reading.plans.push(...plans);
  const measures = plans ? null : readMeasureTable(section, context);
  if (measures && measures.length > 0) reading.measures.push(...measures);
  // A column of KPIs may stand beside the amounts.
  const budgets = readBudgetTable(section, context, words);
  if (budgets) {
    reading.budgets.push(...budgets.budgets);
    reading.doubts.push(...budgets.doubts);
  }
  if (plans || budgets) return true;
  const kpis = readKpiTable(section, context, words);
  if (kpis) {
    reading.kpis.push(...kpis.kpis);
    reading.referenceActuals.push(...kpis.referenceActuals);
    reading.counts.push(...kpis.counts);
    if (!measures || measures.length === 0) reading.measures.push(...kpis.measures);
    // Beside next steps, what a KPI came to is its progress.
    for (const { measure } of measures ?? []) {
      const rated = kpis.measures.find((other) => other.measure.source.line === measure.source.line);
      measure.progress ??= rated?.measure.progress ?? null;
    }
    reading.doubts.push(...kpis.doubts);
  }
  return (
    (measures !== null && measures.length > 0) ||
    (kpis !== null && kpis.kpis.length + kpis.referenceActuals.length + kpis.doubts.length > 0)
  );
}

/** Sentences of a plan: they name their indicator themselves. */
const STATES = /以[上下内]|とする|(?:目指|めざ)す|前年度/;

/**
 * Columns of plans beside each other, each of a year or a branch of its own: 新旧対照. Their cells are read as the text
 * of that plan. Null where the columns are not such.
 */
function planTexts({ columns, rows }: Section, { about, section }: Context): PlanText[] | null {
  const marks = columns.filter((column) => rows.some(({ cells }) => hasMark(cells[column.index])));
  const marked = marks.length === 1 ? marks[0] : undefined;
  const plans = columns.filter(
    (column) =>
      (column.holds === 'label' || column.holds === 'text') &&
      (column.role === null ||
        column === marked ||
        column.role === 'target' ||
        (column.role === 'plan' && !ofKpis(columns, column))) &&
      (column.fy !== null || column.branch !== null || isNewOrOld(column) || column === marked) &&
      rows.some(({ cells }) => STATES.test(cells[column.index]?.text ?? '')),
  );
  if (plans.length === 0) return null;
  return plans.flatMap((column): PlanText[] => {
    const branch = column.branch ?? about.branch;
    const fy = column.fy ?? (column === marked ? about.fy : yearOfNewOrOld(column, about.fy));
    if (branch === null || fy === null) return [];
    const lines = rows.flatMap((row) => cellLines(row, column, columns, plans));
    return [{ branch, fy, lines, section }];
  });
}

/** 【KPI】生活習慣病予防健診実施率を62.5%以上とする, on a line of a cell that tells more. */
function hasMark(cell: Cell | undefined): boolean {
  const lines = cell?.text.split('\n') ?? [];
  return (
    lines.length > 1 && lines.some((line) => kpiMarkLength(line) > 0 && kpiMarkLength(line) < line.length)
  );
}

/** Beside a column of KPIs of the same year, the other tells what is done: its sentences set no targets. */
function ofKpis(columns: readonly HeadedColumn[], { index, fy, branch }: HeadedColumn): boolean {
  return columns.some(
    (other) => other.index !== index && other.role === 'target' && other.fy === fy && other.branch === branch,
  );
}

function isNewOrOld({ heading }: HeadedColumn): boolean {
  return /^(?:新|旧|変更後|変更前|改正後|改正前|改定後|改定前|現行|見直し後|見直し前)(?:[(（].*)?$/.test(
    heading.replace(/\s+/g, ''),
  );
}

/** The old plan is last year's only where a heading says so: it may be this year's draft. */
function yearOfNewOrOld({ heading }: HeadedColumn, fy: number | null): number | null {
  return /^(?:新|変更後|改正後|改定後|見直し後)/.test(heading.replace(/\s+/g, '')) ? fy : null;
}

function isSame(text: string): boolean {
  return readCell(text).kind === 'same';
}

/** The lines of a cell; 変更なし says what the other column says. */
function cellLines(
  row: Row,
  column: HeadedColumn,
  columns: readonly HeadedColumn[],
  plans: readonly HeadedColumn[],
): Line[] {
  const own = row.cells[column.index];
  if (!own) return [];
  const other = isSame(own.text)
    ? plans.find(({ index }) => index !== column.index && row.cells[index])
    : undefined;
  const cell = other ? row.cells[other.index] : own;
  if (
    !cell ||
    cell.row !== row.index ||
    /^[(（【]?(?:削除|新設|廃止)[)）】]?$/.test(cell.text.replace(/\s+/g, ''))
  )
    return [];
  // What a row is of stands in the columns before the plans.
  const label = columns
    .filter(({ holds, index }) => holds === 'label' && index < (plans[0]?.index ?? 0))
    .map(({ index }) => joinedText(row.cells[index]))
    .at(-1);
  const lines = cell.text.split('\n').flatMap((text) => sameItem(text, row, column, plans));
  const named =
    label && !lines[0]?.includes(label) && /^(?:\d|対?前年度)/.test(lines[0] ?? '')
      ? [`${label}を${lines[0]}`, ...lines.slice(1)]
      : lines;
  return named.map((text, at) => ({ number: cell.line, text, indented: false, afterBlank: at === 0 }));
}

/** ②変更なし, ■KPI:同左: what item ②, or the KPI, of the other plan says. */
function sameItem(text: string, row: Row, column: HeadedColumn, plans: readonly HeadedColumn[]): string[] {
  const mark = markOf(text);
  if (mark === null || !isSame(text.slice(mark.length))) return [text];
  for (const plan of plans) {
    if (plan.index === column.index || plan.role !== column.role) continue;
    const lines = row.cells[plan.index]?.text.split('\n') ?? [];
    const marks = lines.map(markOf);
    const from = marks.findIndex((own) => own?.style === mark.style && own.ordinal === mark.ordinal);
    if (from < 0) continue;
    const end = marks.findIndex((own, at) => at > from && own?.style === mark.style);
    return lines.slice(from, end < 0 ? undefined : end);
  }
  return [];
}

/** The mark of an item, or of the KPIs of a cell. */
function markOf(text: string): { style: string; ordinal: number; length: number } | null {
  const length = kpiMarkLength(text);
  return length > 0 ? { style: 'KPI', ordinal: 0, length } : itemMark(text);
}

/** The lines right above a table, nearest last: short ones, up to a sentence or another table. */
function captionAbove(table: Table, before: Table | null, lines: readonly Line[]): string {
  const end = lines.findLastIndex(({ number }) => number < table.from);
  const caption: string[] = [];
  for (let at = end; at >= 0 && caption.length < CAPTION_LINES; at--) {
    const line = lines[at];
    if (line && /^(?:※|\*|注|[(（]注)/.test(line.text)) continue;
    if (!line || (before && line.number <= before.to) || line.text.length > 50 || /[。]$/.test(line.text))
      break;
    caption.unshift(line.text);
    if (headingOf(line) !== null || itemMark(line.text) !== null) break;
  }
  return caption.join('\n');
}

/** The unit of amounts that the table's title or a note right below it states. */
function scaleNear(table: Table, lines: readonly Line[], caption: string): number | null {
  const below = lines
    .filter(({ number }) => number > table.to && number <= table.to + 3)
    .map(({ text }) => text);
  const above = lines
    .filter(({ number }) => number < table.from && number >= table.from - NEAR)
    .map(({ text }) => text)
    .toReversed();
  const said = [...above, ...table.cells.filter(({ row }) => row <= 1).map(joinedText), ...below];
  for (const text of [caption, ...said]) {
    const unit =
      UNIT_NOTE.exec(text)?.[1] ?? /[(（](千円|百万円|万円|円)[)）]/.exec(text === caption ? text : '')?.[1];
    if (unit) return YEN[unit] ?? null;
  }
  return null;
}
