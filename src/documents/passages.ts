import type { BudgetLine } from '../model/budget-line.ts';
import type { Passage } from '../model/passage.ts';
import { isBullet, isNote, itemMark, kpiMarkLength } from './kpi/marks.ts';
import { isPageNumber, type Line } from './lines.ts';
import { headingOf } from './outline.ts';
import type { PartText } from './part-text.ts';

/** Characters from which on the next item opens a passage of its own. */
const ENOUGH = 160;
/** Characters that no passage passes but for one long line, so that it is shown whole. */
const MOST = 340;

/** A sentence that goes on over its lines is not cut before this. */
const MOST_WITH_REST = 480;

/** The text of a part as passages, cut at headings and items and never through a sentence where it can be helped. */
export function passagesOf(part: PartText): Passage[] {
  return cutPassages(part, part.lines, (index) => part.sectionAt(index));
}

/** The items of a budget column beside a plan, each of its rows one passage: an item says what is done. */
export function passagesOfBudgets(budgets: readonly BudgetLine[]): Passage[] {
  const rows = new Map<string, Passage>();
  for (const { branch, fy, section, name, amountText, source } of budgets) {
    const { file, title, line, page } = source;
    const key = JSON.stringify([file, branch, fy, section, line]);
    const text = `・${name} 予算額: ${amountText}`;
    const row = rows.get(key);
    if (row) row.text += `\n${text}`;
    else
      rows.set(key, {
        file,
        title,
        branch,
        fy,
        section: [...section.split(' > ').filter(Boolean), '予算'],
        from: line,
        to: line,
        page,
        text,
      });
  }
  return [...rows.values()];
}

interface OpenPassage {
  lines: Line[];
  length: number;
  section: string[];
  /** Styles of its items, outermost first. */
  items: string[];
}

type IsHeading = (line: Line) => boolean;

const isPlanHeading: IsHeading = (line) => headingOf(line) !== null;

/**
 * Passages of some lines of a part; `sectionAt` tells the headings above the line at an index. In the columns of a
 * table no line is a heading: what looks like one is an item that the column's width broke.
 */
export function cutPassages(
  part: PartText,
  lines: readonly Line[],
  sectionAt: (index: number) => string[],
  isHeading: IsHeading = isPlanHeading,
): Passage[] {
  const passages: Passage[] = [];
  let open: OpenPassage | null = null;
  for (const [index, line] of lines.entries()) {
    if (isPageNumber(line.text)) continue;
    if (open && cutsBefore(line, open, isHeading)) {
      passages.push(...closed(part, open, isHeading));
      open = null;
    }
    open ??= { lines: [], length: 0, section: sectionAt(index), items: [] };
    open.lines.push(line);
    open.length += line.text.length;
    const style = itemStyle(line.text);
    if (style !== null && !isHeading(line) && !open.items.includes(style)) open.items.push(style);
    if (isHeading(line)) open.section = sectionAt(index);
  }
  return open ? [...passages, ...closed(part, open, isHeading)] : passages;
}

/** A heading alone says nothing that the next passage's path does not say. */
function closed(part: PartText, { lines, section }: OpenPassage, isHeading: IsHeading): Passage[] {
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last || lines.every(isHeading)) return [];
  const { file, title, branch, fy } = part;
  return [
    {
      file,
      title,
      branch,
      fy,
      section,
      from: first.number,
      to: last.number,
      page: null,
      text: joinWithLines(lines, isHeading).text,
    },
  ];
}

function cutsBefore(line: Line, open: OpenPassage, isHeading: IsHeading): boolean {
  if (open.lines.every(isHeading)) return false;
  if (isHeading(line) || kpiMarkLength(line.text) > 0) return true;
  const style = itemStyle(line.text);
  if (style === null || isNote(line.text)) return open.length + line.text.length > MOST_WITH_REST;
  if (open.length + line.text.length > MOST) return true;
  // Sub-items stay with the item that they stand under.
  const isInner = open.items.length > 0 && style !== open.items[0];
  return open.length >= ENOUGH && !isInner;
}

/** What an item opens with: items of one style are on one level. Null for a line that opens none. */
function itemStyle(text: string): string | null {
  const mark = itemMark(text);
  if (mark) return mark.style === 'sign' ? text.charAt(0) : mark.style;
  return opensItem(text) ? text.charAt(0) : null;
}

function opensItem(text: string): boolean {
  return /^第\d+回/.test(text) || isBullet(text) || itemMark(text) !== null || /^[【《＜<]/.test(text);
}

/** Lines made one text, and where in it each line of the document begins. */
export interface JoinedLines {
  text: string;
  /** In order; `at` counts from 0 as the text's characters do. */
  starts: { at: number; line: number }[];
}

/** Lines that a page's width broke are one sentence again; items keep lines of their own. */
export function joinLines(lines: readonly Line[]): string {
  return joinWithLines(lines).text;
}

/** As `joinLines`, for those who show where a part of the text stands. */
function joinWithLines(lines: readonly Line[], isHeading: IsHeading = isPlanHeading): JoinedLines {
  const begun: JoinedLines['starts'] = [];
  let text = '';
  for (const line of lines) {
    const own = line.text.replace(/\t/g, ' ').replace(/\s+/g, ' ');
    const starts =
      text === '' ||
      opensItem(own) ||
      isNote(own) ||
      kpiMarkLength(own) > 0 ||
      isHeading(line) ||
      /[。」』]$/.test(text) ||
      endsHeading(text, isHeading);
    if (starts && text !== '') text += '\n';
    begun.push({ at: text.length, line: line.number });
    text += own;
  }
  return { text, starts: begun };
}

function endsHeading(text: string, isHeading: IsHeading): boolean {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return isHeading({ number: 0, text: last, indented: false, afterBlank: false });
}

/** What a column of the report says of one measure, its pieces one below the other; null where they hold no text. */
export function columnText(pieces: readonly { lines: readonly Line[] }[]): JoinedLines | null {
  const cell: JoinedLines = { text: '', starts: [] };
  for (const [index, { lines }] of pieces.entries()) {
    if (index > 0) cell.text += '\n';
    const { text, starts } = joinWithLines(lines);
    cell.starts.push(...starts.map(({ at, line }) => ({ at: cell.text.length + at, line })));
    cell.text += text;
  }
  return cell.text === '' ? null : cell;
}

/** The document's line that the character at this place of the text is from; null in a cell of no lines. */
export function lineAt({ starts }: JoinedLines, place: number): number | null {
  return starts.findLast(({ at }) => at <= place)?.line ?? null;
}
