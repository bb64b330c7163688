import type { HeadingRole } from '../model/catalogue.ts';
import type { Indicator } from '../model/indicator.ts';
import type { Kpi, ReferenceActual } from '../model/kpi.ts';
import type { Count } from '../model/measure.ts';
import type { Doubt, IngestedDocument } from '../model/plan-document.ts';
import { fitsUnit, readCell } from './by-heading/cell-value.ts';
import { type FacetWords, readFacets } from './by-heading/facets.ts';
import {
  ASIDE,
  bareSection,
  distinct,
  joinedText,
  type Row,
  rowsOf,
  type Section,
} from './by-heading/headed-table.ts';
import { NOT_A_BRANCH, NOT_A_NAME } from './by-heading/placed-cells.ts';
import type { Cell, Table } from './formats/form.ts';
import { isOtherGoal } from './kpi/marks.ts';
import { targetExpressions } from './kpi/target.ts';
import { isPageNumber, type Line, notTaken } from './lines.ts';

/** What reading gave: rows, those that the document states again among them, and doubts. */
export type Outcome = Pick<IngestedDocument, 'budgets' | 'counts' | 'doubts'> & {
  kpis: readonly Kpi[];
  referenceActuals: readonly ReferenceActual[];
};

/** A table with what stands above it, and the sections that its headings part it into: none where they say nothing. */
export interface HeadedTable {
  table: Table;
  caption: string;
  sections: readonly Section[];
}

interface Place {
  file: string;
  words: FacetWords;
  indicators: readonly Indicator[];
}

const MAX_CROWDED = 24;

/**
 * A figure beside an indicator or a branch that is neither in a row nor in a doubt is a doubt: whatever read the
 * document, what it holds is compared with what came of it.
 */
export function unreadFigures(
  lines: readonly Line[],
  tables: readonly HeadedTable[],
  outcome: Outcome,
  place: Place,
): Doubt[] {
  const told = toldFigures(outcome);
  const unread = [
    ...tables.flatMap((table) => unreadCells(table, told, place)),
    ...unreadLines(lines, told, outcome, place),
  ];
  // The parts of a compilation may share lines.
  return [...new Map(unread.map((doubt) => [`${doubt.line} ${doubt.text}`, doubt])).values()];
}

/** By line, the figures of the rows and doubts that cite it. */
type Told = Map<number, string[]>;

const RELATIVE = '前年度';

function toldFigures({ kpis, referenceActuals, budgets, counts, doubts }: Outcome): Told {
  const told: Told = new Map();
  const tell = (line: number, figures: readonly string[]) =>
    told.set(line, [...(told.get(line) ?? []), ...figures]);
  for (const row of [...kpis, ...referenceActuals, ...counts]) tell(row.source.line, figuresOf(row));
  for (const { source, amountYen, executedYen, previousAmountYen } of budgets) {
    const yen = [amountYen, executedYen, previousAmountYen].filter((own) => own !== null);
    tell(
      source.line,
      yen.flatMap((own) => [own, own / 1e3, own / 1e4, own / 1e6].map(String)),
    );
  }
  for (const { line, text } of doubts) tell(line, figuresIn(text));
  return told;
}

function figuresOf(row: Kpi | ReferenceActual | Count): string[] {
  if (!('target' in row)) return row.value === null ? [] : [String(row.value)];
  const { target, actual } = row;
  const values = [target.value, actual?.value ?? null, actual?.previousValue ?? null];
  return [
    ...values.filter((value) => value !== null).map(String),
    ...(target.relative === null ? [] : [RELATIVE]),
    ...(actual?.value === null ? figuresIn(actual.text) : []),
  ];
}

/** The figures of a text as numbers are written, and last year's where it is held against that. */
function figuresIn(text: string): string[] {
  const digits = text.match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
  return [
    ...digits.map((own) => String(Number(own.replaceAll(',', '')))),
    ...(/前年/.test(text) ? [RELATIVE] : []),
  ];
}

/** A cell that holds a figure, as `toldFigures` writes it. */
interface FigureCell {
  cell: Cell;
  figure: string;
  /** 以上, 以下 stand beside it. */
  sets: boolean;
  /** Its row says so. */
  forecast: boolean;
  /** Its column or row says that it is no target and no actual of the year. */
  aside: boolean;
}

/** Each figure that is told accounts for one cell, of its own line first. */
function unreadCells({ table, caption, sections }: HeadedTable, told: Told, { file, words }: Place): Doubt[] {
  const headed = new Set(sections.flatMap(({ rows }) => rows.map(({ index }) => index)));
  const loose = rowsOf(table).filter(({ index }) => !headed.has(index));
  const rows = [...sections, bareSection(table.columns, loose, words)].flatMap((section) =>
    section.rows.map((row) => {
      const names = distinct(row).map(joinedText);
      const cells = figureCells(
        row,
        section,
        names.map((name) => readFacets(name, words).role),
      );
      return { row, columns: section.columns, names, cells };
    }),
  );
  const known: string[][] = [];
  for (let line = table.from; line <= table.to; line++) known[line] = [...(told.get(line) ?? [])];
  const isTaken = ({ cell: { line }, figure }: FigureCell, row: Row) =>
    takes([known[row.line] ?? [], known[line] ?? []], figure);
  // What is no target and no actual comes last: it must not stand for the one beside it that is.
  const taken = new Set<FigureCell>();
  for (const aside of [false, true]) {
    const open = rows.map(({ row, cells }) => ({ row, cells: cells.filter((cell) => cell.aside === aside) }));
    for (const { row, cells } of open) for (const cell of cells) if (isTaken(cell, row)) taken.add(cell);
    for (const cell of open.flatMap(({ cells }) => cells))
      if (!taken.has(cell) && takes(Object.values(known), cell.figure)) taken.add(cell);
  }
  const above = readFacets(caption.replaceAll('\n', ' '), words);
  let isOfNamed = false;
  return rows.flatMap(({ row, columns, names, cells }): Doubt[] => {
    const isNamed = names
      .map((name) => readFacets(name, words))
      .some(({ indicator, branch }) => indicator ?? branch);
    // Below an empty cell the name above goes on.
    isOfNamed = isNamed || (isOfNamed && row.cells[0] === undefined);
    const named = isOfNamed || above.indicator !== null;
    const isRead = cells.some((cell) => taken.has(cell));
    if (!isRead && taken.size > 0 && cells.every(({ forecast }) => forecast)) return [];
    if (!isRead && names.some((name) => NOT_A_BRANCH.test(name) || NOT_A_NAME.test(name))) return [];
    const unread = cells.filter((own) => {
      const { role = null, indicator = null, branch = null } = columns[own.cell.column] ?? {};
      if (taken.has(own) || (isRead && own.aside)) return false;
      return named || own.sets || role === 'target' || (indicator ?? branch) !== null;
    });
    if (unread.length === 0) return [];
    const roles = unread.map(({ cell }) => columns[cell.column]?.role ?? null);
    const label = names.filter((name) => !unread.some(({ cell }) => joinedText(cell) === name)).slice(0, 2);
    const said = unread.map(({ cell }) =>
      `${columns[cell.column]?.heading ?? ''} ${joinedText(cell)}`.trim(),
    );
    const reason = roles.every((role) => role !== null && ASIDE.includes(role))
      ? '目標の列がありません'
      : roles.some((role) => role !== null)
        ? UNREAD
        : named
          ? '目標か実績か、見出しから分かりません'
          : '表の数値が何のものか、見出しから分かりません';
    return [notTaken(file, { number: row.line, text: [...new Set([...label, ...said])].join(' ') }, reason)];
  });
}

/** Takes a figure out of the first list that holds it. */
function takes(lists: Iterable<string[]>, figure: string): boolean {
  for (const list of lists) {
    const at = list.indexOf(figure);
    if (at < 0) continue;
    list.splice(at, 1);
    return true;
  }
  return false;
}

function figureCells(row: Row, { columns }: Section, roles: (HeadingRole | null)[]): FigureCell[] {
  const isForecast = roles.some((role) => role === 'forecast' || role === 'derived');
  const isTarget = roles.includes('target');
  return distinct(row).flatMap((cell): FigureCell[] => {
    const text = joinedText(cell);
    const { role = null, period = null } = columns[cell.column] ?? {};
    if (cell.row !== row.index || role === 'number' || !/\d|前年/.test(text)) return [];
    const figure = figureIn(text);
    const aside = isForecast || (role !== null && ASIDE.includes(role)) || (isTarget && period !== null);
    return figure === null
      ? []
      : [{ cell, figure, sets: /以[上下内]/.test(text), forecast: isForecast, aside }];
  });
}

/** The figure of a cell; null where it is another kind of number, or a sentence. */
function figureIn(text: string): string | null {
  const value = readCell(text);
  if (value.kind === 'relative') return value.op !== null || value.value !== null ? RELATIVE : null;
  if (value.kind === 'increment') return String(value.value);
  if (value.kind === 'figure')
    return value.counter === '歳' || /^0\d/.test(text) ? null : String(value.value);
  const isCrowded = value.kind === 'text' && text.length <= MAX_CROWDED && CROWDED.test(text);
  return isCrowded ? (figuresIn(text)[0] ?? null) : null;
}

/** More than one figure, or one with what else is said of it. */
const CROWDED = /^\D{0,6}\d[\d,.]*(?:%|以[上下内]|\s*[(（/→])/;
/** 【実績】38.5%: of what, the lines above say. */
const LABELLED = /^[・■□○●]?\s*[【〈《([]?(?:年度)?(?:実績|目標|KPI)値?(?:[】〉》)\]]|\s*[:：])/;
/** It is set as a target, of whatever. */
const IS_SET = /以[上下内](?:と(?:する|します|し[、て])|を(?:目指|めざ|目標|維持))/;
/** (令和6年度目標は26.0%以上): another year's target beside the one that is stated. */
const TARGET_ASIDE = /[(（][^()（）]*(?:年度|同)[^()（）]*\d[^()（）]*以[上下内][^()（）]*[)）]/g;
const UNREAD = '指標と数値がありますが、目標とも実績とも読み取れません';
/** A statement may begin so many lines above its figure. */
const MAX_STATEMENT_LINES = 8;
/** Empty lines may part a name from its figure. */
const MAX_GAP = 3;

function unreadLines(
  lines: readonly Line[],
  told: Told,
  { kpis, referenceActuals }: Outcome,
  { file, words: { names }, indicators }: Place,
): Doubt[] {
  const stated = new Map<number, string[]>();
  for (const { source, stated: text } of kpis)
    stated.set(source.line, [
      ...(stated.get(source.line) ?? []),
      ...figuresIn((text ?? '').replace(TARGET_ASIDE, '')),
    ]);
  const sentences = lines.flatMap(({ number, text }) =>
    isPageNumber(text)
      ? []
      : text.split(/(?<=。)(?![)）」』])|(?=[①-⑳])/).map((own) => ({ number, text: own.trim() })),
  );
  return sentences.flatMap(({ number, text }, at): Doubt[] => {
    if (!/\d|前年/.test(text)) return [];
    const dense = text.replace(/[\s()（）]+/g, '');
    const expressions = targetExpressions(dense);
    const isRelative = /前年度?(?:末|実績)?以[上下]/.test(dense);
    if (expressions.length === 0 && !isRelative) return [];
    const above = sentences.slice(Math.max(0, at - MAX_GAP), at).findLast((own) => own.text !== '');
    const goesOn = above !== undefined && above.number >= number - MAX_GAP;
    const nameOf = (own: string) => names.named(own, { unit: null, counter: null, deed: false });
    const own = nameOf(text);
    const id = own ?? (goesOn && /以[上下内]/.test(dense) ? nameOf(above.text + text) : null);
    const known = indicators.find((own) => own.id === id);
    if (!known && !LABELLED.test(text) && !IS_SET.test(dense)) return [];
    const figures = [
      ...expressions
        .filter(({ unit }) => !known || fitsUnit(known, unit, null))
        .map(({ value }) => String(value)),
      ...(isRelative ? [RELATIVE] : []),
    ];
    const near = Array.from({ length: MAX_STATEMENT_LINES + 2 }, (_, back) => number + 1 - back).flatMap(
      (line) => [...(told.get(line) ?? []), ...(stated.get(line) ?? [])],
    );
    const again = [
      ...kpis.filter(({ indicator }) => indicator === id),
      ...referenceActuals.filter(({ indicator }) => indicator === id),
    ].flatMap(figuresOf);
    if (figures.every((figure) => near.includes(figure) || again.includes(figure))) return [];
    if (!known || !IS_SET.test(dense) || isOtherGoal(text) || kpis.some(({ indicator }) => indicator === id))
      return [notTaken(file, { number, text }, UNREAD)];
    const whole = own === null && above ? { ...above, text: above.text + text } : { number, text };
    return [notTaken(file, { ...whole, text: whole.text.replace(/\s+/g, '') }, 'KPIの印がない目標です')];
  });
}
