import type { Evaluation } from '../../model/measure.ts';
import { ENCLOSED } from '../kpi/marks.ts';
import type { Line } from '../lines.ts';

/** What one column says of one numbered measure; number 0 for text that no number opens. */
export interface Piece {
  /** The numbers it is for: ①②④ opens one text for three measures. */
  numbers: number[];
  lines: Line[];
}

/** The four columns of one page, taken apart again: text from a PDF prints them one after another. */
export interface Columns {
  headings: Line[];
  /** Headings between the text that introduces a page's measures and the measures. */
  innerHeadings: Line[];
  plan: Piece[];
  progress: Piece[];
  evaluations: { sign: Evaluation; line: number }[];
  next: Piece[];
}

const NUMBERS = /^([①-⑳]+)\s*/;
const HEADING = /^(?:[ⅠⅡⅢⅣⅤ]\s*[.)]|[ⅰ-ⅹ]\s*[.)]|\(\s*\d+\s*\)|\d+\s*\))\s*\S/;
/** ⅰ)被保険者: whose measures follow. */
const INNER_HEADING = /^[ⅰ-ⅹ]\s*[.)]\s*[^。]+$/;
const SENTENCE = /[。]|(?:する|した|図る|行う|める|よう)$/;
const SIGN = /^([○〇△×―-])(?:\s+(.+))?$/;
/** The evaluation of the only measure of a page, at the end of its progress. */
const TRAILING_SIGN = /^(.+\S)\s+([○〇△×―])$/;
/** ① ― ― text: the progress of ① is none, then its evaluation, then what comes next. */
const NOTHING_DONE = /^([①-⑳])\s*[―-]\s+([○〇△×―])(?:\s+(.+))?$/;
/** Reports tell what was done in the past tense or as a state; plans say what will be done. */
const DONE = /(?:た|いる|済み?|ところである)(?:\s*[(（][^()（）]*[)）])?\s*[。．]?$/;

type Stage = 'plan' | 'progress' | 'evaluation' | 'next';

interface Reader {
  stage: Stage;
  columns: Columns;
  lastNumber: number;
}

/** Reads the lines of one page of 事業計画・実施状況・評価・今後の取組予定. */
export function readColumns(lines: readonly Line[]): Columns {
  const reader: Reader = {
    stage: 'plan',
    columns: { headings: [], innerHeadings: [], plan: [], progress: [], evaluations: [], next: [] },
    lastNumber: 0,
  };
  for (const [index, line] of lines.entries()) readLine(reader, line, index, lines);
  return reader.columns;
}

function readLine(reader: Reader, line: Line, index: number, lines: readonly Line[]): void {
  const { columns } = reader;
  if (reader.stage === 'plan' && columns.plan.length === 0 && isHeading(line, columns, index, lines)) {
    columns.headings.push(line);
    return;
  }
  if (reader.stage === 'plan' && reader.lastNumber === 0 && INNER_HEADING.test(line.text)) {
    columns.innerHeadings.push(line);
    return;
  }
  const nothing = NOTHING_DONE.exec(line.text);
  if (nothing && reader.stage !== 'next') {
    columns.progress.push({ numbers: numbersOf(nothing[1] ?? ''), lines: [{ ...line, text: '―' }] });
    readSign(reader, line, nothing[2] ?? '', nothing[3]);
    return;
  }
  const sign = SIGN.exec(line.text);
  if (sign && reader.stage !== 'next' && (reader.stage !== 'plan' || columns.plan.length > 0)) {
    readSign(reader, line, sign[1] ?? '', sign[2]);
    return;
  }
  const trailing = TRAILING_SIGN.exec(line.text);
  if (
    trailing?.[1] &&
    trailing[2] &&
    (reader.stage === 'progress' || (reader.stage === 'plan' && reader.lastNumber === 0))
  ) {
    if (reader.stage === 'plan')
      columns.progress.push({ numbers: [], lines: [{ ...line, text: trailing[1] }] });
    else columns.progress.at(-1)?.lines.push({ ...line, text: trailing[1] });
    readSign(reader, line, trailing[2], undefined);
    return;
  }
  if (reader.stage === 'evaluation') reader.stage = stillReports(columns, line) ? 'progress' : 'next';
  const numbers = numbersOf(NUMBERS.exec(line.text)?.[1] ?? '');
  if (reader.stage === 'plan' && opensProgress(reader, line, numbers, index, lines)) {
    reader.stage = 'progress';
    reader.lastNumber = 0;
  }
  const column =
    reader.stage === 'plan' ? columns.plan : reader.stage === 'progress' ? columns.progress : columns.next;
  const open = column.at(-1);
  if (numbers.length > 0 || !open) {
    column.push({
      numbers,
      lines: [{ ...line, text: line.text.replace(NUMBERS, '') }].filter((own) => own.text !== ''),
    });
    reader.lastNumber = numbers.at(-1) ?? 0;
  } else {
    open.lines.push(line);
  }
}

function readSign(reader: Reader, line: Line, sign: string, rest: string | undefined): void {
  reader.stage = 'evaluation';
  reader.columns.evaluations.push({ sign: evaluationOf(sign), line: line.number });
  if (rest === undefined) return;
  reader.stage = 'next';
  const text = { ...line, text: rest };
  readLine(reader, text, 0, [text]);
}

/** Where an evaluation stood within the progress (② ― ―), the next measure's progress follows it. */
function stillReports(columns: Columns, line: Line): boolean {
  const number = numbersOf(NUMBERS.exec(line.text)?.[1] ?? '')[0];
  const reported = columns.progress.flatMap((piece) => piece.numbers);
  const planned = columns.plan.flatMap((piece) => piece.numbers);
  if (number === undefined || !planned.includes(number)) return false;
  return (
    !reported.includes(number) &&
    reported.includes(number - 1) &&
    columns.evaluations.length < planned.indexOf(number) + 1
  );
}

function evaluationOf(sign: string): Evaluation {
  if (sign === '△' || sign === '×') return sign;
  return sign === '―' || sign === '-' ? '―' : '○';
}

/** ①④ of 1 and 4. */
export function enclosed(numbers: readonly number[]): string {
  return numbers.map((number) => ENCLOSED[number - 1] ?? '').join('');
}

function numbersOf(signs: string): number[] {
  return [...signs].map((sign) => ENCLOSED.indexOf(sign) + 1);
}

/** Headings open a page; a long one goes on over the line break. */
function isHeading(line: Line, columns: Columns, index: number, lines: readonly Line[]): boolean {
  if (HEADING.test(line.text) && !line.text.includes('。')) return true;
  const before = lines[index - 1];
  const isTail =
    columns.headings.at(-1) === before && before !== undefined && !line.afterBlank && line.text.length <= 14;
  return isTail && before.text.length >= 18 && !SENTENCE.test(line.text) && !NUMBERS.test(line.text);
}

/**
 * Where the second column begins: the numbers start over, or, where there are none,
 * a paragraph tells of what was done, as a list or in the past tense.
 */
function opensProgress(
  reader: Reader,
  line: Line,
  numbers: number[],
  index: number,
  lines: readonly Line[],
): boolean {
  const first = numbers[0];
  if (first !== undefined) return reader.lastNumber > 0 && first <= reader.lastNumber;
  if (reader.columns.plan.length === 0) return false;
  if (line.text === '―') return true;
  if (!line.afterBlank) return false;
  const paragraph = paragraphFrom(index, lines);
  return /^[•・]/.test(line.text) ? DONE.test(paragraph) || reader.lastNumber === 0 : DONE.test(paragraph);
}

function paragraphFrom(index: number, lines: readonly Line[]): string {
  let text = lines[index]?.text ?? '';
  for (let next = index + 1; next < lines.length && lines[next]?.afterBlank === false; next++) {
    const own = lines[next]?.text ?? '';
    if (SIGN.test(own) || NUMBERS.test(own)) break;
    text += own;
  }
  return text.replace(/^.*。(?=.)/, '');
}
