import type { DataTableBlock, KnownBlock, RawNumberElement, RawTextElement } from '@slack/web-api';
import type { AnswerCell, Answered, AnswerRow, AnswerTable } from '../../model/answer.ts';
import { formatBranch } from '../../model/branch.ts';
import { formatSource } from '../../model/source.ts';
import { LIMITS } from '../limits.ts';
import { bold, contextLine, literal, plainTextElement, section, sections } from './text.ts';

const CELL_TEXT = 200;
/** What a cell weighs beside its text. */
const CELL_OVERHEAD = 12;

/** From this many branches on, the place of each figure stands in its row, and below only what the documents share. */
const PLACED = 4;
const PLACE = '出典';

/**
 * The table with a column that says where each branch's figure stands; null where its rows are not one figure a
 * branch. A list of 47 places under the table is read by nobody.
 */
export function withPlaces({ table, rows }: Answered): AnswerTable | null {
  if (table === null || rows.length < PLACED || table.rows.length !== rows.length) return null;
  const nameAt = table.columns.findIndex(({ kind }) => kind === 'text');
  const placeOf = new Map(rows.map((row) => [formatBranch(row.branch), placeText(row)]));
  const places = table.rows.map((cells) => placeOf.get(cells[nameAt]?.text ?? ''));
  const isPlaced = placeOf.size === rows.length && places.every((place) => place !== undefined);
  if (!isPlaced || table.columns.some(({ name }) => name === PLACE)) return null;
  return {
    ...table,
    columns: [...table.columns, { name: PLACE, kind: 'text' }],
    rows: table.rows.map((cells, at) => [...cells, { text: places[at] ?? '', value: null }]),
  };
}

function placeText({ source, actualSource }: AnswerRow): string {
  return [
    ...new Set([source, actualSource ?? source].map((one) => formatSource({ ...one, title: '' }).trim())),
  ].join('、');
}

/** A sortable table of the rows that fit, and how many did not. */
export function tableBlocks(table: AnswerTable): KnownBlock[] {
  const rows = fittingRows(table);
  if (rows.length === 0) {
    return [];
  }
  const header = columnsOf(table).map((column) => rawText(column.name));
  const block: DataTableBlock = {
    type: 'data_table',
    caption: plainTextElement(table.caption, LIMITS.header).text,
    rows: [header, ...rows.map((row) => row.map(rawCell))],
    page_size: Math.min(rows.length, 10),
  };
  return [block, ...remainder(table, rows.length)];
}

/** The same rows as lines: names of the columns in bold, then one line a row. */
export function tableLines(table: AnswerTable): KnownBlock[] {
  const rows = fittingRows(table);
  if (rows.length === 0) {
    return [];
  }
  const heading = columnsOf(table).map((column) => column.name.slice(0, CELL_TEXT));
  const lines = rows.map((row) => row.map((cell) => literal(cell.text, CELL_TEXT) || '―').join('｜'));
  return [
    section(bold(table.caption, LIMITS.header)),
    ...sections([bold(heading.join('｜'), LIMITS.field), ...lines]),
    ...remainder(table, rows.length),
  ];
}

function columnsOf(table: AnswerTable): AnswerTable['columns'] {
  return table.columns.slice(0, LIMITS.tableColumns);
}

/** Whole rows of equal length, as many as Slack takes. */
function fittingRows(table: AnswerTable): AnswerCell[][] {
  const width = columnsOf(table).length;
  let room: number = LIMITS.tableText;
  const rows: AnswerCell[][] = [];
  for (const row of table.rows.slice(0, LIMITS.tableRows)) {
    const cells = Array.from({ length: width }, (_, index) => row[index] ?? { text: '', value: null });
    room -= cells.reduce((sum, cell) => sum + Math.min(cell.text.length, CELL_TEXT) + CELL_OVERHEAD, 0);
    if (room < 0) {
      break;
    }
    rows.push(cells);
  }
  return rows;
}

function remainder(table: AnswerTable, shown: number): KnownBlock[] {
  const left = table.rows.length - shown;
  return left > 0 ? [contextLine(`ほか${left}件は表示しきれないため省略しました。`)] : [];
}

function rawText(text: string): RawTextElement {
  return { type: 'raw_text', text: plainTextElement(text, CELL_TEXT).text };
}

function rawCell(cell: AnswerCell): RawTextElement | RawNumberElement {
  const text = rawText(cell.text);
  return cell.value === null ? text : { type: 'raw_number', value: cell.value, text: text.text };
}
