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
  const passages: Passage[] = [];
  let open: { lines: Line[]; length: number; section: string[] } | null = null;
  function close() {
    const first = open?.lines[0];
    const last = open?.lines.at(-1);
    if (!open || !first || !last) return;
    // A heading alone says nothing that the next passage's path does not say.
    if (open.lines.some((line) => headingOf(line) === null)) {
      const { file, title, branch, fy } = part;
      passages.push({
        file,
        title,
        branch,
        fy,
        section: open.section,
        from: first.number,
        to: last.number,
        page: null,
        text: joinLines(open.lines),
      });
    }
    open = null;
  }
  for (const [index, line] of part.lines.entries()) {
    if (isPageNumber(line.text)) continue;
    const heading = headingOf(line) !== null;
    const section = part.sectionAt(index);
    const onlyHeadings: boolean =
      open !== null && (open as { lines: Line[] }).lines.every((own) => headingOf(own) !== null);
    if (open && cutsBefore(line, open, heading, onlyHeadings)) close();
    open ??= { lines: [], length: 0, section };
    open.lines.push(line);
    open.length += line.text.length;
    if (heading) open.section = section;
  }
  close();
  return passages;
}

function cutsBefore(
  line: Line,
  open: { lines: Line[]; length: number },
  heading: boolean,
  onlyHeadings: boolean,
): boolean {
  if (onlyHeadings) return false;
  if (open.length + line.text.length > MOST) return true;
  if (heading || kpiMarkLength(line.text) > 0) return true;
  return open.length >= ENOUGH && opensItem(line.text) && !isNote(line.text);
}

function opensItem(text: string): boolean {
  return isBullet(text) || itemMark(text) !== null || /^[【《＜<]/.test(text);
}

/** Lines that a page's width broke are one sentence again; items keep lines of their own. */
export function joinLines(lines: readonly Line[]): string {
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
    text += starts && text !== '' ? `\n${own}` : own;
  }
  return text;
}

function endsHeading(text: string): boolean {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return headingOf({ number: 0, text: last, indented: false, afterBlank: false }) !== null;
}
