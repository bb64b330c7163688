import type { HeadingRole } from '../../model/catalogue.ts';
import type { Cell, Table } from '../formats/form.ts';
import { kpiMarkLength } from '../kpi/marks.ts';
import { budgetStatusIn, isValue, readCell } from './cell-value.ts';
import { below, type Facets, type FacetWords, NO_FACETS, readFacets } from './facets.ts';

/** A column with what its headings and its cells say that it is. */
export interface HeadedColumn extends Facets {
  index: number;
  /** Its headings, outermost first, joined. */
  heading: string;
  /** `label`: names that rows go by; `value`: figures; `text`: sentences; `comparison`: 以上 apart from its figure; `role`: 目標, 実績 row by row; `period`: quarters or months. */
  holds: 'label' | 'value' | 'text' | 'comparison' | 'role' | 'period' | 'nothing';
}

export interface Row {
  /** Index in the table. */
  index: number;
  line: number;
  cells: (Cell | undefined)[];
}

/** Rows under headings of their own: a table may open anew under others. */
export interface Section {
  columns: HeadedColumn[];
  rows: Row[];
  /** Text of the rows above the headings that span the table. */
  caption: string;
}

/** Characters that a heading has at most, its lines joined. */
const MAX_HEADING = 40;
/** Rows that headings take at most. */
const MAX_HEADING_ROWS = 4;
const SENTENCE = /[。、]|とする$|する$|ます$/;

/**
 * A table as rows under headings. Empty where it has no headings that say anything. `above` are the headings of the
 * table before it, of which it is the rest where it has none of its own and as many columns.
 */
export function headedSections(
  table: Table,
  words: FacetWords,
  above: readonly HeadedColumn[] | null,
): Section[] {
  const rows = rowsOf(table);
  const sections: Section[] = [];
  let caption: string[] = [];
  for (let at = 0; at < rows.length; ) {
    const row = rows[at];
    if (!row) break;
    const end = headingEnd(rows, at, words, sections.at(-1) ?? null);
    const next = rows[at + 1];
    if (end > at && isTitle(row) && next && isHeadingRow(next, words, false)) {
      caption.push(distinct(row).map(joinedText).join(' '));
      at++;
      continue;
    }
    if (end > at) {
      const columns = columnsOf(table.columns, rows.slice(at, end), words);
      sections.push({ columns, rows: [], caption: caption.join(' ') });
      caption = [];
      at = end;
      continue;
    }
    const open = sections.at(-1);
    if (open) open.rows.push(row);
    else if (distinct(row).length <= 1) caption.push(distinct(row)[0]?.text ?? '');
    else if (above && above.length === table.columns) {
      sections.push({
        columns: above.map((column) => ({ ...column })),
        rows: [row],
        caption: caption.join(' '),
      });
      caption = [];
    } else return [];
    at++;
  }
  for (const section of sections) settle(section, words);
  return sections.filter(({ rows: own }) => own.length > 0);
}

/** Rows that no headings stand over. */
export function bareSection(count: number, rows: Row[], words: FacetWords): Section {
  const section = { columns: columnsOf(count, [], words), rows, caption: '' };
  settle(section, words);
  return section;
}

export function rowsOf(table: Table): Row[] {
  const rows: Row[] = Array.from({ length: table.rows }, (_, index) => ({
    index,
    line: table.from,
    cells: new Array<Cell | undefined>(table.columns),
  }));
  for (const cell of table.cells) {
    for (let row = cell.row; row <= cell.lastRow; row++) {
      const own = rows[row];
      if (!own) continue;
      for (let column = cell.column; column <= cell.lastColumn; column++) own.cells[column] ??= cell;
      if (row === cell.row) own.line = cell.line;
    }
  }
  return rows.filter(({ cells }) => cells.some((cell) => cell !== undefined));
}

/** The cells of a row, each once, that begin in it or reach into it. */
export function distinct({ cells }: Row): Cell[] {
  return [...new Set(cells.filter((cell) => cell !== undefined))];
}

export function rowText(row: Row): string {
  return distinct(row).map(joinedText).join(' ');
}

export function joinedText(cell: Cell | undefined): string {
  return (cell?.text ?? '').replace(/\n/g, '');
}

/** Index behind the rows of headings that begin here; the same index where none do. */
function headingEnd(rows: readonly Row[], start: number, words: FacetWords, open: Section | null): number {
  const first = rows[start];
  if (!first) return start;
  if (!isHeadingRow(first, words, open !== null))
    return open === null && isBegun(first, rows[start + 1], words) ? start + 2 : start;
  let end = start + 1;
  while (end < rows.length && end - start < MAX_HEADING_ROWS) {
    const row = rows[end];
    // A heading that reaches down into the row says that all of the row are headings.
    const reached = row?.cells.some(
      (cell) =>
        cell !== undefined && cell.row < row.index && cell.row >= first.index && cell.lastRow >= row.index,
    );
    if (!row || !(reached ? isFree(row, words) : isSubheading(row, words))) break;
    end++;
  }
  return end;
}

/** Names that go on in the row below: 生活習慣病 / 予防健診実施率. */
function isBegun(row: Row, next: Row | undefined, words: FacetWords): boolean {
  return (
    next !== undefined &&
    isFree(row, words) &&
    isHeadingRow(next, words, false) &&
    distinct(row).every((cell) => next.cells[cell.column] !== undefined) &&
    distinct(row).some((cell) => {
      const whole = joinedText(cell) + joinedText(next.cells[cell.column]);
      return readFacets(whole, words).indicator !== null;
    })
  );
}

/** 別表 … (単位:千円): set in columns by its spaces alone. */
function isTitle(row: Row): boolean {
  return (
    distinct(row).some((cell) => /^[(（]?\s*単位\s*[:：]?[^)）]/.test(cell.text)) &&
    !distinct(row).some((cell) => cell.lastRow > cell.row)
  );
}

/** No cell holds a figure: months and years are none. */
function isFree(row: Row, words: FacetWords): boolean {
  return distinct(row).every((cell) => {
    const text = joinedText(cell);
    return text.length <= MAX_HEADING && (!isValue(text) || readFacets(text, words).period !== null);
  });
}

/** Right below headings: each of its cells says what the column is of. One at the left alone heads the rows below it. */
function isSubheading(row: Row, words: FacetWords): boolean {
  const own = distinct(row);
  return (
    (own.length > 1 || (own[0]?.column ?? 0) > 0) &&
    isFree(row, words) &&
    own.every((cell) => !SENTENCE.test(joinedText(cell)) && says(readFacets(joinedText(cell), words)))
  );
}

/** Every cell is short and no figure, and most of them say what a column is. Below others all of them must. */
function isHeadingRow(row: Row, words: FacetWords, strict: boolean): boolean {
  const cells = distinct(row);
  if (cells.length < 2) return false;
  const texts = cells.map((cell) => joinedText(cell));
  if (
    texts.some(
      (text) =>
        text.length > MAX_HEADING || SENTENCE.test(text) || (kpiMarkLength(text) > 0 && /を.*と/.test(text)),
    )
  )
    return false;
  if (texts.some((text) => isValue(text) && readFacets(text, words).period === null)) return false;
  // 62.5%以上 is a target; 40歳以上 says of whom the column is.
  if (texts.some((text) => /\d(?![歳才])\D{0,6}以[上下内]/.test(text))) return false;
  const own = cells.filter((cell) => cell.row === row.index);
  const saying = own.filter((cell) => says(readFacets(joinedText(cell), words)));
  if (saying.length === 0) return false;
  if (!strict) return saying.length * 2 >= own.length || saying.some((cell) => hasColumnRole(cell, words));
  return saying.length === own.length && saying.some((cell) => hasColumnRole(cell, words));
}

function says({ endOfYear: _, ...facets }: Facets): boolean {
  return Object.values(facets).some((value) => value !== null && value !== false);
}

function hasColumnRole(cell: Cell, words: FacetWords): boolean {
  const { role, fy, period, otherYears } = readFacets(joinedText(cell), words);
  return role !== null || fy !== null || period !== null || otherYears;
}

function columnsOf(count: number, rows: readonly Row[], words: FacetWords): HeadedColumn[] {
  const levels = rows.map((row, level) => spread(row, rows[level + 1]));
  return Array.from({ length: count }, (_, index): HeadedColumn => {
    const cells = [...new Set(levels.flatMap((level) => level[index] ?? []))];
    const said = cells.map(joinedText);
    // 参考 over 令和6年度実績 says that it is shown beside, not what it is.
    const texts =
      said.length > 1 ? said.filter((text) => !/^[(（]?参考[)）]?$/.test(text.replace(/\s+/g, ''))) : said;
    const whole = readFacets(texts.join(''), words);
    const facets = texts.map((text) => readFacets(text, words)).reduce(below, NO_FACETS);
    // 保健指導 over 被保険者 is 被保険者の保健指導.
    const topic = texts.filter((text) => readFacets(text, words).group === null).join('');
    const ofGroup = facets.group === null ? null : readFacets(`${facets.group}の${topic}`, words).indicator;
    return {
      ...facets,
      // (％以上) says that the figures are set; 40歳以上 says of whom they are.
      role: facets.role ?? (/(?<!\d[歳才])以[上下内][)）]?$/.test(texts.join('')) ? 'target' : null),
      indicator: facets.indicator ?? whole.indicator ?? ofGroup,
      index,
      heading: texts.join(' '),
      holds: 'nothing',
    };
  });
}

/** In text a heading over several columns stands at the first of them: where the row below has more, it reaches on. */
function spread(row: Row, next: Row | undefined): (Cell | undefined)[] {
  if (!next) return row.cells;
  let last: Cell | undefined;
  return Array.from(row.cells, (cell, index) => {
    const under = next.cells[index];
    if (cell !== undefined) {
      last = under !== undefined && under !== cell ? cell : undefined;
      return cell;
    }
    return under !== undefined && last !== undefined ? last : undefined;
  });
}

/** Columns whose headings say that they hold no target and no actual. */
export const ASIDE: readonly HeadingRole[] = [
  'derived',
  'reference',
  'forecast',
  'number',
  'unit',
  'evaluation',
  'schedule',
  'remark',
  'as_of',
  'status',
  'amount',
  'executed',
];
const ROLES_OF_VALUES: readonly HeadingRole[] = [
  'target',
  'actual',
  'forecast',
  'derived',
  'reference',
  'amount',
  'executed',
];
const ROLES_OF_TEXT: readonly HeadingRole[] = ['plan', 'progress', 'next', 'schedule', 'remark'];

/** Rows that say 目標, 実績 and 見込 of one indicator, one below the other. */
const ROLES_OF_ROWS: readonly HeadingRole[] = ['target', 'actual', 'forecast', 'derived', 'reference'];
const COMPARES =
  /^(?:(?:対?前年度?(?:末|実績)?)?(?:以上|以下|以内|未満|超|並み)|と?同値|とする|する|を維持|[―-])(?:[(（]対?前年度?[)）])?$/;
/** 実施, 毎月発信: what stands in a column of figures for a deed is short. */
const MAX_DEED = 10;
const MAX_CROWDED = 24;
const MAX_STATUS = 24;

/** ○, △, A: whatever the heading calls it, such a column evaluates. */
const MARK = /^(?:[○〇◯◎△▲×✕✖]|[SABCD]|[―ー-]|集計中|未評価)$/;

function isMark(text: string): boolean {
  return /^[○〇◯◎△▲×✕✖SABCD]$/.test(text);
}

/** 契約済み(3万枚), 【新規】調達中: how far the spending of a budget is, whatever the heading calls it. */
function isContractStatus(text: string): boolean {
  return text.length <= MAX_STATUS && budgetStatusIn(text) !== null;
}

function isOfValues({ role }: HeadedColumn): boolean {
  return role !== null && ROLES_OF_VALUES.includes(role);
}

/** What the cells say of their columns: a column headed KPI holds names in one table and targets in the other. */
function settle({ columns, rows }: Section, words: FacetWords): void {
  for (const column of columns) {
    const texts = rows
      .filter((row) => distinct(row).length > 1)
      .map(({ cells }) => joinedText(cells[column.index]))
      .filter((text) => text !== '');
    const kinds = texts.map((text) => readCell(text).kind);
    const values = kinds.filter(
      (kind) => kind === 'figure' || kind === 'relative' || kind === 'increment',
    ).length;
    const silent = kinds.filter((kind) => kind === 'none' || kind === 'same' || kind === 'removed').length;
    const deeds = texts.filter((text, at) => kinds[at] === 'deed' && text.length <= MAX_DEED).length;
    const spoken = texts.length - silent;
    // A cell of two figures is one that cannot be read, not a name.
    const crowded = isOfValues(column)
      ? texts.filter((text, at) => kinds[at] === 'text' && /^\d/.test(text) && text.length <= MAX_CROWDED)
          .length
      : 0;
    const share = spoken === 0 ? 0 : (values + deeds + crowded) / spoken;
    const roles = texts
      .map((text) => readFacets(text, words))
      .filter(
        ({ role, indicator }) => role !== null && ROLES_OF_ROWS.includes(role) && indicator === null,
      ).length;
    const long = texts.filter((text) => text.length > 44 || /。/.test(text)).length;
    const branches = texts.filter((text) => readFacets(text, words).branch !== null).length;
    if (texts.length === 0) column.holds = isOfValues(column) ? 'value' : 'nothing';
    else if (texts.filter(isContractStatus).length * 2 >= Math.max(1, spoken)) {
      column.holds = 'nothing';
      column.role = 'status';
    } else if (column.role !== 'target' && texts.every((text) => MARK.test(text)) && texts.some(isMark)) {
      column.holds = 'nothing';
      column.role = 'evaluation';
    } else if (column.role === 'number' || (!isOfValues(column) && isCounting(texts))) {
      column.holds = 'nothing';
      column.role = 'number';
    } else if (column.role === 'as_of') column.holds = 'nothing';
    else if (
      texts.filter((text) => COMPARES.test(text)).length * 2 > texts.length &&
      texts.every((text) => !/\d/.test(text)) &&
      texts.some((text) => !/前年|^[―-]$/.test(text))
    )
      column.holds = 'comparison';
    else if (roles === texts.length && texts.length >= 2) column.holds = 'role';
    else if (texts.length >= 2 && texts.every((text) => readFacets(text, words).period !== null))
      column.holds = 'period';
    else if (branches >= 2 && branches * 2 >= texts.length) {
      column.holds = 'label';
      column.role = 'branch';
    } else if (column.role === 'evaluation' || column.role === 'status' || column.role === 'unit')
      column.holds = 'nothing';
    else if (share >= 0.5 || (spoken === 0 && isOfValues(column))) column.holds = 'value';
    else if (column.role !== null && ROLES_OF_TEXT.includes(column.role)) column.holds = 'text';
    else if (column.role === 'name' || column.role === 'branch') column.holds = 'label';
    else column.holds = long * 3 > texts.length ? 'text' : 'label';
  }
  // Behind the figures stand remarks, not names: but for what says that it is one.
  const first = columns.findIndex(({ holds }) => holds === 'value');
  for (const column of columns) {
    if (column.holds !== 'label' || first < 0 || column.index < first) continue;
    if (column.role !== 'name' && column.role !== 'branch') column.holds = 'text';
  }
}

/** 1, 2, 3 …: numbers of rows, whatever stands above them. */
function isCounting(texts: readonly string[]): boolean {
  const numbers = texts.map((text) => (/^[(（]?(\d{1,3}|[①-⑳])[)）.]?$/.test(text) ? text : null));
  return (
    texts.length > 0 &&
    numbers.every((number) => number !== null) &&
    numbers.every(
      (number, at) =>
        at === 0 || ordinal(number) === ordinal(numbers[at - 1] ?? null) + 1 || ordinal(number) === 1,
    )
  );
}

function ordinal(text: string | null): number {
  const sign = /[①-⑳]/.exec(text ?? '')?.[0];
  return sign ? sign.charCodeAt(0) - 0x245f : Number(/\d+/.exec(text ?? '')?.[0] ?? Number.NaN);
}
