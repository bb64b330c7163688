import type { HeadingRole } from '../../model/catalogue.ts';
import type { Rating } from '../../model/measure.ts';
import type { Cell, Table } from '../formats/form.ts';
import { itemMark, kpiMarkLength } from '../kpi/marks.ts';
import { parseTarget } from '../kpi/target.ts';
import type { Line } from '../lines.ts';
import { headingOf } from '../outline.ts';
import type { JoinedLines } from '../passages.ts';
import type { MeasureLine } from '../progress/measures.ts';
import { type Context, sourceAt } from './context.ts';
import { type FacetWords, readFacets } from './facets.ts';
import { distinct, joinedText, rowsOf } from './headed-table.ts';
import { joinedCell, ratingOf } from './table-measures.ts';

/** Characters of a label at most: 今後の取組予定. */
const MAX_LABEL = 20;
const LABELS: ReadonlySet<HeadingRole> = new Set(['plan', 'progress', 'evaluation', 'next']);

/**
 * Measures below each other in one table, each a block of rows: what it is about reaches down beside them, and each row
 * has a label before its words.
 */
export function readLabelledRows(table: Table, words: FacetWords, context: Context): MeasureLine[] {
  const { branch, fy } = context.about;
  if (branch === null || fy === null) return [];
  const blocks = new Map<Cell, Map<HeadingRole, Cell>>();
  for (const row of rowsOf(table)) {
    const own = distinct(row);
    const at = own.findIndex((cell) => labelOf(joinedText(cell), words) !== null);
    const name = own.slice(0, Math.max(0, at)).findLast((cell) => cell.lastRow > cell.row);
    const [label, said] = [own[at], own[at + 1]];
    const role = label === undefined ? null : labelOf(joinedText(label), words);
    if (name === undefined || role === null || said === undefined) continue;
    blocks.set(name, (blocks.get(name) ?? new Map<HeadingRole, Cell>()).set(role, said));
  }
  if (blocks.size < 2) return [];
  return [...blocks].flatMap(([name, cells]): MeasureLine[] => {
    const progress = joinedCell(cells.get('progress'));
    const next = joinedCell(cells.get('next'));
    if (!progress && !next) return [];
    const heading = joinedText(name);
    const measure = {
      branch,
      fy,
      section: [...context.section, heading],
      number: '',
      plan: cells.get('plan')?.text ?? heading,
      progress: progress?.text ?? null,
      evaluation: ratingOf((cells.get('evaluation')?.text ?? '').split('\n')[0] ?? ''),
      next: next?.text ?? null,
      source: sourceAt(context, name.line, name.column),
    };
    return [{ measure, progress, next }];
  });
}

function labelOf(label: string, words: FacetWords): HeadingRole | null {
  const { role: read } = readFacets(label.replace(IN_BRACKETS, '$1'), words);
  // 計画 heads figures in a table; as a label it stands before words.
  const role = read === 'target' && label.endsWith('計画') ? 'plan' : read;
  return label.length <= MAX_LABEL && role !== null && LABELS.has(role) ? role : null;
}

const IN_BRACKETS = /^[【〔[〈<]\s*(.+?)\s*[】〕\]〉>]$/;

/** 【今後の予定】, (2)今後の取組, 今後の予定：…: a label alone in its line, in brackets, or before a colon, a bar or the next cell. */
const LABELLED =
  /^(?:[・○●◆■□※]|[(]?\d{1,2}[).]|[①-⑳])?\s*(?:[【〔[〈<]\s*(?<inside>[^】〕\]〉>]{1,20}?)\s*[】〕\]〉>]\s*:?|(?<bare>[^:|。\t]{1,20}?)\s*(?:[:|\t]|$))\s*(?<rest>.*)$/;
/** A bar before what goes on from the line above. */
const BAR = /^\s*\|\s*/;
/** 計　画: set apart to fill its column. */
const SET_APART = /^(\p{L})\s+(\p{L})$/u;
const LONGEST_TITLE = 48;

interface LabelledLine {
  line: Line;
  role: HeadingRole | null;
  /** What stands behind the label in its line. */
  rest: string;
  rating: Rating | null;
}

/** (4)集団健診　評価:○: a title with its evaluation behind it, or in the cells beside it. */
const RATED_TITLE = /^(.*\S)\s+(?:進捗)?評価\s*:?\s*(\S)$/;

/**
 * The measures of running text that sets what comes next under a label, and what was done, each below its title. One
 * such label alone is no layout.
 */
export function readLabelledText(
  lines: readonly Line[],
  words: FacetWords,
  context: Omit<Context, 'caption' | 'section' | 'scale'>,
): MeasureLine[] {
  const { branch, fy } = context.about;
  if (branch === null || fy === null) return [];
  const labelled = lines.map((read): LabelledLine => {
    const [, title, sign = ''] = RATED_TITLE.exec(read.text) ?? [];
    const rating = ratingOf(sign);
    if (title !== undefined && rating !== null)
      return { line: { ...read, text: title }, role: null, rest: title, rating };
    const line = read;
    const { inside, bare, rest = '' } = LABELLED.exec(line.text)?.groups ?? {};
    const role = labelOf((inside ?? bare ?? '').replace(SET_APART, '$1$2'), words);
    return { line, role, rest: role === null ? line.text.replace(BAR, '') : rest, rating: null };
  });
  const found: MeasureLine[] = [];
  let title: LabelledLine | null = null;
  let cells = new Map<HeadingRole, JoinedLines>();
  let role: HeadingRole | null = null;
  let isBarred = false;
  const close = () => {
    const progress = cells.get('progress') ?? null;
    const next = cells.get('next') ?? null;
    if (title !== null && next) {
      const { text, number } = title.line;
      const mark = itemMark(text)?.length ?? 0;
      const measure = {
        branch,
        fy,
        section: [text],
        number: '',
        plan: cells.get('plan')?.text ?? text.slice(mark),
        progress: progress?.text ?? null,
        evaluation: title.rating ?? ratingOf(cells.get('evaluation')?.text ?? ''),
        next: next.text,
        source: sourceAt(context, number),
      };
      found.push({ measure, progress, next });
    }
    cells = new Map();
    role = null;
  };
  for (const [index, own] of labelled.entries()) {
    const { role: next = null } = labelled[index + 1] ?? {};
    // What is numbered like a title, or stands right above the first label of its kind.
    const isTitled = isNumbered(own.line.text) || (next !== null && (role === null || cells.has(next)));
    if (own.role === null && (headingOf(own.line) !== null || (isTitled && isName(own.line.text)))) {
      close();
      title = own;
    } else if (own.role !== null) {
      role = own.role;
      isBarred = own.line.text.includes('|');
      if (own.rest !== '') cells.set(role, joined(cells.get(role), own));
    } else if (role !== null && endsBlock(own.line.text, isBarred)) {
      close();
      title = null;
    } else if (role !== null) cells.set(role, joined(cells.get(role), own));
  }
  close();
  return found.length > 1 ? found : [];
}

/** ・5月に送った, ① 案内を置く: an item of a list. */
const ITEM = /^(?:[・•○〇●◎▪◆-]|[①-⑳])\s*(?=[\p{L}\p{N}「])/u;
const SAYS_DEED = /(?:[うくぐすつぶむるた]|ます)。?$/;
const SAID_DONE = /(?:た|いる|済み?)(?:[(（][^()（）]*[)）])?。?$/;

/** The items of lists below a heading, each a measure: of a report what was done under it. What sets a KPI is none. */
export function readListedMeasures(
  lines: readonly Line[],
  context: Omit<Context, 'caption' | 'section' | 'scale'>,
  sectionAt: (line: number) => string[],
): MeasureLine[] {
  const { branch, fy, kind } = context.about;
  const items: { line: Line; cell: JoinedLines }[] = [];
  let open = false;
  for (const line of lines) {
    const mark = kpiMarkLength(line.text) > 0 || headingOf(line) !== null ? null : ITEM.exec(line.text);
    const last = items.at(-1);
    open = mark !== null || (open && !/。$/.test(last?.cell.text ?? '') && isPlain(line));
    if (mark) items.push({ line, cell: joined(undefined, { line, rest: line.text.slice(mark[0].length) }) });
    else if (open && last) last.cell = joined(last.cell, { line, rest: line.text });
  }
  return items.flatMap(({ line, cell }): MeasureLine[] => {
    const section = sectionAt(line.number);
    const heading = section.at(-1);
    const dense = cell.text.replace(/\s+/g, '');
    const target = parseTarget(dense);
    const isKpi = target !== null && target.op !== 'do' && context.names.accepts(dense, target);
    if (branch === null || fy === null || heading === undefined || isKpi || !SAYS_DEED.test(dense)) return [];
    const done = kind === 'progress_report' && SAID_DONE.test(dense) ? cell : null;
    const measure = {
      branch,
      fy,
      section,
      number: '',
      plan: done ? heading : cell.text,
      progress: done?.text ?? null,
      evaluation: null,
      next: null,
      source: sourceAt(context, line.number),
    };
    return [{ measure, progress: done, next: null }];
  });
}

/** It may go on with the line above it. */
function isPlain(line: Line): boolean {
  return (
    !line.afterBlank &&
    kpiMarkLength(line.text) === 0 &&
    itemMark(line.text) === null &&
    headingOf(line) === null
  );
}

/** A row of a table is of no label above it, nor is a line without the bar that the others have. */
function endsBlock(text: string, isBarred: boolean): boolean {
  return text.includes('\t') || (isBarred && !BAR.test(text));
}

function isNumbered(text: string): boolean {
  const style = itemMark(text)?.style;
  return /^\d{1,2}\s+\D/.test(text) || (style !== undefined && style !== 'sign' && style !== 'enclosed');
}

/** Words that name something, and say nothing of it. */
function isName(text: string): boolean {
  return (
    text.length <= LONGEST_TITLE && /\p{L}{2}/u.test(text) && !/(?:。|する|ます|した|いる|予定)$/.test(text)
  );
}

function joined(
  above: JoinedLines | undefined,
  { rest, line }: Pick<LabelledLine, 'rest' | 'line'>,
): JoinedLines {
  // A sentence may go on over the line; an item does not.
  const isNew =
    above === undefined || above.text.endsWith('。') || itemMark(rest) !== null || /^[・•]/.test(rest);
  const text = above === undefined ? rest : `${above.text}${isNew ? '\n' : ''}${rest}`;
  const starts = [...(above?.starts ?? []), { at: text.length - rest.length, line: line.number }];
  return { text, starts };
}
