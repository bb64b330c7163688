import type { Passage } from '../model/passage.ts';
import { isBullet, isNote, itemMark, kpiMarkLength } from './kpi/marks.ts';
import { isPageNumber, type Line } from './lines.ts';
import { headingOf } from './outline.ts';
import type { PartText } from './part-text.ts';

/** Characters from which on the next item opens a passage of its own. */
const ENOUGH = 160;
/** Characters that no passage passes, so that it is shown whole. */
const MOST = 480;

/** The text of a part as passages, cut at headings and items and never through a sentence where it can be helped. */
export function passagesOf(part: PartText): Passage[] {
  return cutPassages(part, part.lines, (index) => part.sectionAt(index));
}

interface OpenPassage {
  lines: Line[];
  length: number;
  section: string[];
}

/** Passages of some lines of a part; `sectionAt` tells the headings above the line at an index. */
export function cutPassages(
  part: PartText,
  lines: readonly Line[],
  sectionAt: (index: number) => string[],
): Passage[] {
  const passages: Passage[] = [];
  let open: OpenPassage | null = null;
  for (const [index, line] of lines.entries()) {
    if (isPageNumber(line.text)) continue;
    if (open && cutsBefore(line, open)) {
      passages.push(...closed(part, open));
      open = null;
    }
    open ??= { lines: [], length: 0, section: sectionAt(index) };
    open.lines.push(line);
    open.length += line.text.length;
    if (headingOf(line) !== null) open.section = sectionAt(index);
  }
  return open ? [...passages, ...closed(part, open)] : passages;
}

/** A heading alone says nothing that the next passage's path does not say. */
function closed(part: PartText, { lines, section }: OpenPassage): Passage[] {
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last || lines.every((line) => headingOf(line) !== null)) return [];
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
      text: joinLines(lines),
    },
  ];
}

function cutsBefore(line: Line, open: OpenPassage): boolean {
  if (open.lines.every((own) => headingOf(own) !== null)) return false;
  if (open.length + line.text.length > MOST) return true;
  if (headingOf(line) !== null || kpiMarkLength(line.text) > 0) return true;
  return open.length >= ENOUGH && opensItem(line.text) && !isNote(line.text);
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
export function joinWithLines(lines: readonly Line[]): JoinedLines {
  const begun: JoinedLines['starts'] = [];
  let text = '';
  for (const line of lines) {
    const own = line.text.replace(/\t/g, ' ').replace(/\s+/g, ' ');
    const starts =
      text === '' ||
      opensItem(own) ||
      isNote(own) ||
      kpiMarkLength(own) > 0 ||
      headingOf(line) !== null ||
      /[。」』]$/.test(text) ||
      endsHeading(text);
    if (starts && text !== '') text += '\n';
    begun.push({ at: text.length, line: line.number });
    text += own;
  }
  return { text, starts: begun };
}

function endsHeading(text: string): boolean {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return headingOf({ number: 0, text: last, indented: false, afterBlank: false }) !== null;
}
