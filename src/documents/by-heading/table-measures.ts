import type { FiscalYear } from '../../model/fiscal-year.ts';
import { Rating } from '../../model/measure.ts';
import type { Cell } from '../formats/form.ts';
import { itemMark } from '../kpi/marks.ts';
import type { JoinedLines } from '../passages.ts';
import type { MeasureLine } from '../progress/measures.ts';
import { findWhen, type Written } from '../progress/when.ts';
import { type Context, sourceAt } from './context.ts';
import { type HeadedColumn, joinedText, type Section } from './headed-table.ts';

const SIGNS: Record<string, string> = {
  〇: '○',
  '◯': '○',
  '◎': '○',
  '-': '―',
  ー: '―',
  '✕': '×',
  '✖': '×',
  x: '×',
  X: '×',
};

/** What an evaluation's cell says: a sign, or a grade from S to D. Null for any other. */
export function ratingOf(text: string): Rating | null {
  const sign = text.replace(/\s+/g, '').replace(/[(（].*[)）]$/, '');
  return Rating.safeParse(SIGNS[sign] ?? sign).data ?? null;
}

/**
 * The measures of a table of plan, progress, evaluation and next steps. Null where it has no column of progress or next
 * steps beside one of plans. Each column stays by itself: next steps never run into what was done.
 */
export function readMeasureTable({ columns, rows }: Section, context: Context): MeasureLine[] | null {
  const next = columns.find(({ role, holds }) => role === 'next' && holds !== 'nothing');
  const schedule = columns.find(({ role }) => role === 'schedule');
  // Contracts with their times: what has amounts too is a budget.
  const isCosted = columns.some(({ role }) => role === 'amount' || role === 'executed');
  const progress =
    columns.find(({ role, holds }) => role === 'progress' && holds !== 'nothing') ??
    (schedule && !isCosted ? columns.find(({ role }) => role === 'status') : undefined);
  const evaluation = columns.find(({ role }) => role === 'evaluation');
  const plan = planColumn(columns);
  const { branch, fy } = context.about;
  if ((!progress && !next) || !plan || branch === null || fy === null) return null;
  let heading: string | null = null;
  let last = '';
  return rows.flatMap((row): MeasureLine[] => {
    const cell = row.cells[plan.index];
    const of = (column: HeadedColumn | undefined) => (column ? row.cells[column.index] : undefined);
    const done = joinedCell(of(progress));
    const times = joinedText(of(schedule));
    const isOpen = next === undefined && times !== '' && !IS_DONE.test(joinedText(of(progress)));
    const todo = isOpen
      ? joinedCell(of(schedule))
      : timedCell(sameAs(last, of(next)), times, fy, context.about.written);
    last = joinedText(of(next)) || last;
    const rating = ratingOf(joinedText(of(evaluation)));
    if (!cell || cell.text === '') return [];
    if (cell.lastColumn - cell.column + 1 >= columns.length || (!done && !todo && rating === null)) {
      heading = joinedText(cell);
      return [];
    }
    const text = plan.holds === 'label' ? joinedText(cell) : cell.text;
    const mark = itemMark(text);
    const groups = columns
      .filter(({ holds, index }) => holds === 'label' && index !== plan.index)
      .map(({ index }) => joinedText(row.cells[index]))
      .filter((text) => text !== '');
    const measure = {
      branch,
      fy,
      section: [...context.section, ...(heading === null ? [] : [heading]), ...groups],
      number: mark && mark.style === 'enclosed' ? text.slice(0, mark.length).trim() : '',
      plan: mark && mark.style === 'enclosed' ? text.slice(mark.length) : text,
      progress: done?.text ?? null,
      evaluation: rating,
      next: todo?.text ?? null,
      source: sourceAt(context, row.line, cell.column),
    };
    return measure.plan === '' ? [] : [{ measure, progress: done, next: todo }];
  });
}

function planColumn(columns: readonly HeadedColumn[]): HeadedColumn | undefined {
  const filled = columns.filter(({ holds }) => holds === 'label' || holds === 'text');
  return (
    filled.find(({ role }) => role === 'plan') ??
    filled.filter(({ role }) => role === 'name' || role === 'target').at(-1) ??
    filled.find(({ role }) => role === null)
  );
}

export function joinedCell(cell: Cell | undefined): JoinedLines | null {
  return cell === undefined || cell.text === ''
    ? null
    : { text: cell.text, starts: [{ at: 0, line: cell.line }] };
}

/** What a column of times gives is still to come, unless the row says that it is over. */
const IS_DONE = /た。?$|完了|終了|(?<!契約|発注|調達|依頼)済/;

/** 同（２回目） names what the row above it names. */
function sameAs(above: string, cell: Cell | undefined): Cell | undefined {
  const thing = above.replace(/(?:[(（][^()（）]*[)）])?。?$/, '');
  return cell && { ...cell, text: cell.text.replace(/^(?:同上?|〃)(?=[(（]|$)/, thing) };
}

const ITEM = /(?=[①-⑳])/;

/**
 * Next steps, each with the time that a column of its own gives it: by its number, or the only one the only time. Of
 * several sentences it is of the first that names no time itself; 左記 names none.
 */
function timedCell(
  cell: Cell | undefined,
  schedule: string,
  fy: FiscalYear,
  written: Written | null,
): JoinedLines | null {
  const next = joinedCell(cell);
  const isTime = (text: string) => findWhen(text, fy, written).length > 0;
  const times = new Map(
    schedule
      .split(ITEM)
      .map((time) => [numberOf(time), withoutNumber(time)] as const)
      .filter(([, time]) => isTime(time)),
  );
  if (next === null) return null;
  const steps = next.text.split(ITEM).map((step) => {
    const time = times.get(numberOf(step));
    const sentences = step.split(/(?<=。)/);
    const own = sentences.findIndex((sentence) => !isTime(sentence));
    if (time === undefined || own < 0) return step;
    const timed = (sentence: string) => sentence.replace(/(?=。?\s*$)/, `(${time})`);
    return sentences.map((sentence, at) => (at === own ? timed(sentence) : sentence)).join('');
  });
  return { ...next, text: steps.join('') };
}

function numberOf(item: string): number {
  const mark = itemMark(item);
  return mark?.style === 'enclosed' ? mark.ordinal : 0;
}

/** 7/11 in a column of times is a day, wherever it stands. */
function withoutNumber(time: string): string {
  const words = numberOf(time) === 0 ? time : time.slice(itemMark(time)?.length);
  return words.trim().replace(/(\d{1,2})\/(\d{1,2})/, '$1月$2日');
}
