import { type CsvError, parse as parseCsv } from 'csv-parse/sync';
import { AppError } from '../../model/errors.ts';
import { isPageNumber, type Line, plain, toLines } from '../lines.ts';
import { alignedTables, type SegmentedLine, SPACED_FIGURE } from './aligned.ts';
import { type DocumentForm, linesOf, type Table, tableOfRows } from './form.ts';

/** A text document: its own lines; tables are what tabs, bars or spaces set in columns. */
export function readTextForm(text: string): DocumentForm {
  const drawn = text.split(/\r\n|\n|\r/);
  const raw = drawn.map(withoutBoxes);
  const lines = toLines(raw.join('\n')).map(withoutMarkdown);
  const tables = [...tabTables(raw), ...barTables(drawn)];
  const taken = linesOf(tables);
  const free = raw.flatMap((line, index): SegmentedLine[] =>
    taken.has(index + 1) || line.trim() === ''
      ? []
      : [
          {
            number: index + 1,
            segments: segmentsOf(line),
            afterBlank: drawn[index - 1]?.trim() === '',
            afterRule: raw[index - 1]?.trim() === '',
          },
        ],
  );
  tables.push(...alignedTables(free));
  tables.push(...spacedTables(raw, tables));
  return textForm(
    lines,
    tables.sort((a, b) => a.from - b.from),
  );
}

/** A CSV file: rows of more than one cell are a table, the others its titles and notes. */
export function readCsvForm(text: string, path: string): DocumentForm {
  const bare = text.replace(/^\uFEFF/, '');
  const delimiter = /^[^\n,]*\t/.test(bare) ? '\t' : ',';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const options = { bom: true, info: true, relax_column_count: true, delimiter } as const;
    records = parseCsv(bare, options) as unknown as typeof records;
  } catch (cause) {
    const line = Number((cause as CsvError).lines) || undefined;
    const message = 'CSVとして読めません（引用符「"」が閉じていないなど）';
    throw new AppError('unreadable_file', { message, file: path, line, cause });
  }
  const lines: Line[] = [];
  const tables: Table[] = [];
  let open: { number: number; cells: string[] }[] = [];
  const close = () => {
    if (open.length > 0) tables.push(tableOfRows(open));
    open = [];
  };
  let number = 1;
  for (const { record, info } of records) {
    const cells = record.map((cell) => plain(cell.replace(/[\r\n]+/g, ' ')).trim());
    const filled = cells.filter((cell) => cell !== '');
    if (filled.length > 1 || (filled.length === 1 && open.length > 0)) open.push({ number, cells });
    else close();
    if (filled.length > 0)
      lines.push({ number, text: filled.join('\t'), indented: false, afterBlank: number === 1 });
    number = info.lines + 1;
  }
  close();
  return textForm(lines, tables);
}

function textForm(lines: Line[], tables: Table[]): DocumentForm {
  return { lines, tables, pageOf: () => null, placeOf: () => null, unread: [] };
}

/** -----, =====: a rule of typed signs. */
const RULE = /^[\s\u3000]*([-=_―ー‐–—－＝＿*])\1{4,}[\s\u3000]*$/;

/** Frames and rules that are drawn with signs, as wide as they are. */
function withoutBoxes(line: string): string {
  if (RULE.test(line)) return '';
  if (!/[\u2500-\u257f]/.test(line)) return line;
  return line.replace(/^(\s*)[\u2502\u2503|]|[\u2502\u2503|](\s*)$|[\u2500-\u257f]{1,}/g, (run) =>
    '\u3000'.repeat(run.length),
  );
}

/** ## 1 健診, **62.5%**: the signs of Markdown are no text. */
function withoutMarkdown(line: Line): Line {
  if (isPageNumber(line.text) || !/^#{1,6}\s|\*\*|^[-*+]\s/.test(line.text)) return line;
  const text = line.text
    .replace(/^#{1,6}\s+/, '')
    .replace(/^[*+-]\s+/, '・')
    .replace(/\*\*(.+?)\*\*/g, '$1');
  return text === '' ? line : { ...line, text };
}

/** Lines with tabs that follow one another; between them, lines of their own names: 【健診】, the first half of a name. */
function tabTables(raw: readonly string[]): Table[] {
  const isRow = (line: string | undefined) => line?.includes('\t') === true && line.trim() !== '';
  const isName = (line: string) => line.trim() !== '' && line.trim().length <= MAX_NAME && !/。$/.test(line);
  return runsOf(raw, (line, at) => isRow(line) || (isName(line) && isRow(raw[at - 1]) && isRow(raw[at + 1])))
    .filter((run) => run.length >= 2)
    .map((run) =>
      tableOfRows(
        withoutBreaks(run.map((number) => ({ number, cells: cellsOf((raw[number - 1] ?? '').split('\t')) }))),
      ),
    );
}

/** A line break within a cell parts its row: together the two lines have the cells of one. */
function withoutBreaks(
  lines: readonly { number: number; cells: string[] }[],
): { number: number; cells: string[] }[] {
  const width = Math.max(...lines.map(({ cells }) => cells.length));
  const rows: { number: number; cells: string[] }[] = [];
  if (lines.filter(({ cells }) => cells.length === width).length * 2 < lines.length) return [...lines];
  for (const { number, cells } of lines) {
    const above = rows.at(-1);
    if (
      above &&
      above.cells.length > 1 &&
      cells.length > 1 &&
      above.cells.length + cells.length === width + 1
    )
      above.cells.push(`${above.cells.pop()}${cells[0]}`, ...cells.slice(1));
    else rows.push({ number, cells: [...cells] });
  }
  return rows;
}

/** | 指標 | 目標 |, │指標│目標│: the tables of Markdown, and those whose frames are drawn with signs. */
function barTables(drawn: readonly string[]): Table[] {
  return runsOf(drawn, (line) => BARRED.test(line) || FRAME.test(line))
    .map((run) => run.filter((number) => !FRAME.test(drawn[number - 1] ?? '')))
    .filter((run) => run.length >= 2)
    .map((run) =>
      tableOfRows(
        run
          .map((number) => ({ number, cells: cellsOf(barredCells(drawn[number - 1] ?? '')) }))
          .filter(({ cells }) => !cells.every((cell) => /^[:―-]*$/.test(cell))),
      ),
    );
}

/** A line of several cells: a frame around one is no table. */
const BARRED = /^\s*[|｜│┃][^|｜│┃]*[|｜│┃].*[|｜│┃]\s*$/;
/** ├────┼──┤ */
const FRAME = /^\s*[\u2500-\u257f]+(?:\s*[\u2500-\u257f]+)*\s*$/;

function barredCells(line: string): string[] {
  return line
    .trim()
    .replace(/^[|｜│┃]|[|｜│┃]$/g, '')
    .split(/[|｜│┃]/);
}

function cellsOf(cells: readonly string[]): string[] {
  return cells.map((cell) =>
    plain(cell)
      .replace(/\*\*(.+?)\*\*/g, '$1')
      .trim(),
  );
}

/** Numbers of the lines that follow one another and hold the condition. */
function runsOf(raw: readonly string[], holds: (line: string, at: number) => boolean): number[][] {
  const runs: number[][] = [];
  let before = -1;
  for (const [index, line] of raw.entries()) {
    if (!holds(line, index)) continue;
    if (before === index - 1) runs.at(-1)?.push(index + 1);
    else runs.push([index + 1]);
    before = index;
  }
  return runs;
}

/** Columns of a screen that a text takes: full-width signs take two. */
function widthOf(text: string): number {
  return [...text].reduce((width, sign) => width + (WIDE.test(sign) ? 2 : 1), 0);
}

const WIDE =
  /[\u1100-\u115f\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2190-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** Pieces of a line that two or more spaces part, at the columns of a screen: full-width signs take two. */
function segmentsOf(line: string): SegmentedLine['segments'] {
  const segments: SegmentedLine['segments'] = [];
  let column = 0;
  let end = 0;
  let open: { left: number; right: number; text: string } | null = null;
  for (const sign of line) {
    const width = widthOf(sign);
    const blank = sign === ' ' || sign === '\u3000' || sign === '\t';
    if (!blank) {
      if (open && column - end < 2) open.text += ' '.repeat(column - end) + sign;
      else {
        open = { left: column, right: column, text: sign };
        segments.push(open);
      }
      end = column + width;
      open.right = end;
    }
    column += width;
  }
  return segments.flatMap(figuresOf);
}

/** Figures that a single space parts stand in columns that are filled to their edge. */
function figuresOf(segment: SegmentedLine['segments'][number]): SegmentedLine['segments'] {
  const words = segment.text.split(' ');
  if (words.length < 2 || !words.every((word) => SPACED_FIGURE.test(plain(word)))) return [segment];
  let left = segment.left;
  return words.map((text) => {
    const right = left + widthOf(text);
    const own = { left, right, text };
    left = right + 1;
    return own;
  });
}

const FEWEST_ROWS = 3;
/** Characters of a name that stands on a line of its own between rows. */
const MAX_NAME = 30;

/** Rows whose cells a single space parts: taken where several lines have as many cells, and figures but for their names. */
function spacedTables(raw: readonly string[], tables: readonly Table[]): Table[] {
  const taken = linesOf(tables);
  const cells = raw.map((line, index) => (taken.has(index + 1) ? [] : plain(line).trim().split(/\s+/)));
  const found: Table[] = [];
  for (let at = 0; at < cells.length; ) {
    const count = cells[at]?.length ?? 0;
    let end = at;
    while (count >= 3 && cells[end]?.length === count) end++;
    const rows = cells.slice(at, end);
    const figures = rows.filter(
      (row) => row.slice(1).filter((cell) => SPACED_FIGURE.test(cell)).length >= count - 2,
    );
    if (rows.length >= FEWEST_ROWS && figures.length >= rows.length - 2 && figures.length > 0)
      found.push(tableOfRows(rows.map((own, index) => ({ number: at + index + 1, cells: own }))));
    at = Math.max(end, at + 1);
  }
  return found;
}
