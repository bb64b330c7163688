import { isPageNumber, type Line } from '../lines.ts';
import { headingOf } from '../outline.ts';
import { type ItemMark, isBullet, isNote, isOtherGoal, itemMark, kpiMarkLength } from './marks.ts';
import { parseTarget, type StatedTarget } from './target.ts';

/** One KPI as the plan states it, its lines joined and its mark left out. */
export interface Statement {
  /** Line that names the indicator. */
  line: number;
  text: string;
  /** Index into the lines it was read from, of its first line. */
  index: number;
  /** How many lines it was read from. */
  lines: number;
  /** First statement of its KPI list, where it is not that itself. */
  blockHead: string | null;
}

/** Whether a text that no KPI mark opens states a KPI all the same. */
export type Accepts = (text: string, target: StatedTarget) => boolean;

/** How far behind its predecessor an item of the same list may follow, in lines that hold text. */
const REACH = 14;
const MAX_STATEMENT_LINES = 8;

/** A statement that says all: what follows on the next line is no part of it. */
const COMPLETE =
  /(?:とする|とします|にする|とすること|(?:目指|めざ)す|(?<!月)以[上下内]|維持(?:する)?|実施(?:する)?|(?:を|に)行う|発信する|配信する|推進する|努める|取り組む|100%|\d(?:事業所|社|%))[。.]?(?:\s*[(（【].*[)）】])?\s*[。.]?$/;
/** What goes on with a sentence that a line break cut: after 以上, within 実施率. */
const TAIL =
  /^(?:とする|とします|にする|をとする|する|上とする|下とする|とす|とすること|の?場合|以[上下内]|(?:率|割合)[をにはの(（]|を)/;

/** A heading that says no more than that KPIs follow. */
const LABEL = /^(?:KPI|重要業績評価指標|数値目標|成果目標|目標|指標)$/i;

interface Block {
  statements: Statement[];
  last: ItemMark | null;
  /** The bullet that its first item opened with: a list goes on with it. */
  bullet: string | null;
  accepts: Accepts;
}

/** All KPI statements of one plan, in order. */
export function findStatements(lines: readonly Line[], accepts: Accepts): Statement[] {
  const found: Statement[] = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    if (!line || kpiMarkLength(line.text) === 0) {
      index++;
      continue;
    }
    const block: Block = { statements: [], last: null, bullet: null, accepts };
    index = readBlock(lines, index, block);
    found.push(...block.statements);
  }
  return found;
}

/** Statements of a table that sets no marks: each sentence that names an indicator and sets its target. */
export function findUnmarked(lines: readonly Line[], accepts: Accepts): Statement[] {
  const found: Statement[] = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    const opens =
      line !== undefined && !isNote(line.text) && !endsNote(lines, index) && !isHeading(lines, index);
    const read = opens ? readAccepted(lines, index, accepts) : null;
    if (read) {
      // What a bare 「KPI」 heads begins below it, whatever title stands above.
      const { statement } = read;
      const head = lines
        .slice(index, index + statement.lines - 1)
        .findLastIndex(({ text }) => LABEL.test(text.trim()));
      const later = head < 0 ? null : readAccepted(lines, index + head + 1, accepts);
      found.push((later ?? read).statement);
      index = read.next;
    } else {
      index++;
    }
  }
  return found;
}

function readAccepted(lines: readonly Line[], index: number, accepts: Accepts) {
  const block: Block = { statements: [], last: null, bullet: null, accepts };
  const text = lines[index]?.text ?? '';
  const read = readStatement(lines, index, text, itemMark(text), block);
  const target = read ? parseTarget(read.statement.text) : null;
  return read && target && accepts(read.statement.text, target) ? read : null;
}

/** A title or heading over a whole sentence; one that the next line goes on with is the beginning of a statement. */
function isHeading(lines: readonly Line[], index: number): boolean {
  const [line, next] = [lines[index], lines[index + 1]];
  if (!line || !next || !endsSentence(next.text) || endsSentence(line.text)) return false;
  return next.afterBlank || headingOf(line) !== null;
}

/** What a wrapped footnote says on its next line: no statement begins with the ending of a word. */
function endsNote(lines: readonly Line[], index: number): boolean {
  const above = lines[index - 1]?.text ?? '';
  return isNote(above) && !/[。)）]$/.test(above) && /^[ぁ-ん]/.test(lines[index]?.text ?? '');
}

/** Reads one KPI list from its mark on; the index of the first line that is not its own. */
function readBlock(lines: readonly Line[], start: number, block: Block): number {
  const first = lines[start];
  if (!first) return start + 1;
  const head = first.text.slice(kpiMarkLength(first.text)).trim();
  let index = head === '' ? start + 1 : start;
  let text = head;
  let end = index;
  while (index < lines.length) {
    const line = lines[index];
    if (!line) break;
    if (index !== start) {
      if (kpiMarkLength(line.text) > 0) break;
      text = line.text;
    }
    const mark = itemMark(text);
    if (index !== start && isOtherGoal(text)) break;
    const opens =
      index === start ||
      block.statements.length === 0 ||
      (mark ? continues(block.last, mark) : !isBullet(text) || text[0] === block.bullet);
    const statement = opens ? readStatement(lines, index, text, mark, block) : null;
    if (statement) {
      block.statements.push(statement.statement);
      block.last = mark ?? block.last;
      block.bullet ??= isBullet(text) ? (text[0] ?? null) : null;
      index = statement.next;
      end = index;
      continue;
    }
    if (index === start) return start + 1;
    if (isNote(text) || isPageNumber(text)) {
      index++;
      continue;
    }
    const resumed = resume(lines, index, block);
    if (resumed === null) break;
    index = resumed;
  }
  return Math.max(end, start + 1);
}

/** A list may open below a statement that sums it up. Offices slip in their numbering: a number may stand twice. */
function continues(last: ItemMark | null, mark: ItemMark): boolean {
  if (!last) return mark.ordinal <= 1;
  if (mark.ordinal === 0) return true;
  return mark.style === last.style && (mark.ordinal === last.ordinal + 1 || mark.ordinal === last.ordinal);
}

/** Another section's text may stand between two items: where the next number of the list follows, it goes on there. */
function resume(lines: readonly Line[], from: number, block: Block): number | null {
  const last = block.last;
  if (!last || last.ordinal === 0) return null;
  for (let index = from; index < Math.min(lines.length, from + REACH); index++) {
    const text = lines[index]?.text ?? '';
    if (kpiMarkLength(text) > 0) return null;
    const mark = itemMark(text);
    if (!mark || mark.style !== last.style || mark.ordinal !== last.ordinal + 1) continue;
    const statement = readStatement(lines, index, text, mark, block);
    if (statement && /以[上下内]と|とする/.test(statement.statement.text)) return index;
  }
  return null;
}

/** Joins the lines of one statement; null where it holds no target. */
function readStatement(
  lines: readonly Line[],
  index: number,
  text: string,
  mark: ItemMark | null,
  block: Block,
): { statement: Statement; next: number } | null {
  let joined = mark ? text.slice(mark.length) : text;
  const bullet = /^[・•○〇●-]\s*/.exec(joined);
  if (bullet) joined = joined.slice(bullet[0].length);
  if (joined === '' || isNote(joined)) return null;
  let next = index + 1;
  let complete = isComplete(joined);
  for (let taken = 1; taken < MAX_STATEMENT_LINES && next < lines.length; ) {
    const line = lines[next];
    if (!line || kpiMarkLength(line.text) > 0) break;
    if (isPageNumber(line.text)) {
      next++;
      continue;
    }
    const follows = complete ? TAIL.test(line.text) || isProviso(line.text) : joinsOn(line.text, joined);
    if (!follows) {
      if (!complete && isNote(line.text)) {
        next++;
        continue;
      }
      break;
    }
    joined += line.text;
    complete = isComplete(joined) || isProviso(line.text);
    next++;
    taken++;
  }
  const compacted = joined.replace(/\s+/g, '');
  const target = parseTarget(compacted);
  if (!target || (target.op === 'do' && !complete)) return null;
  if (block.statements.length > 0 && !block.accepts(compacted, target)) return null;
  const statement = {
    line: lines[index]?.number ?? 0,
    text: compacted,
    index,
    lines: next - index,
    blockHead: block.statements[0]?.text ?? null,
  };
  return { statement, next };
}

function isComplete(text: string): boolean {
  return endsSentence(text) || COMPLETE.test(text.replace(/\s+/g, ''));
}

/** A full stop outside brackets: (診療報酬返還金を除く。 goes on. */
function endsSentence(text: string): boolean {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0;
  return /。$/.test(text) && count(/[(（]/g) === count(/[)）]/g);
}

function isProviso(text: string): boolean {
  return /^[(（]?(?:ただし|但し|一般競争入札件数|入札件数|前年度において|場合は)/.test(text);
}

/** Whether a line goes on with an unfinished statement rather than opening something of its own. */
function joinsOn(text: string, soFar: string): boolean {
  if (itemMark(text) && !/^[※*]/.test(text))
    return /^\d/.test(text) === false ? false : /[^。]$/.test(soFar) && !itemMarkOpens(text);
  return !isBullet(text) && !/^[【《＜<]/.test(text) && (!isNote(text) || /^※\s*$/.test(text));
}

function itemMarkOpens(text: string): boolean {
  const mark = itemMark(text);
  return mark !== null && mark.style !== 'number';
}
