import type { DataTableBlock, KnownBlock, RawNumberElement, RawTextElement } from '@slack/web-api';
import type { AnswerCell, Answered, AnswerRow, AnswerTable, Chart } from '../../model/answer.ts';
import { formatBranch } from '../../model/branch.ts';
import { formatSource } from '../../model/source.ts';
import { LIMITS } from '../limits.ts';
import {
  bold,
  type ChartBlock,
  contextLine,
  literal,
  plainString,
  plainTextElement,
  section,
  sections,
} from './blocks.ts';

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

type Series = ChartBlock['chart']['series'];

/**
 * Slack's own chart, or null where Slack would refuse it: more series or points than it draws,
 * names that are not unique after cutting, or series over different labels.
 */
export function chartBlock(chart: Chart): ChartBlock | null {
  const series = chart.series.map(({ name, points }) => ({
    name: plainString(name, LIMITS.chartLabel),
    data: points.map(({ label, value }) => ({ label: plainString(label, LIMITS.chartLabel), value })),
  }));
  const categories = series[0]?.data.map((point) => point.label) ?? [];
  if (!isDrawable(series, categories)) {
    return null;
  }
  const axis = chart.unit === '' ? {} : { y_label: plainString(chart.unit, LIMITS.axisLabel) };
  return {
    type: 'data_visualization',
    title: plainTextElement(chart.title, LIMITS.chartTitle).text,
    chart: { type: chart.kind, series, axis_config: { categories, ...axis } },
  };
}

function isDrawable(series: Series, categories: string[]): boolean {
  const counts = series.length >= 1 && series.length <= LIMITS.chartSeries;
  const points = categories.length >= 1 && categories.length <= LIMITS.chartPoints;
  return (
    counts &&
    points &&
    isUnique(series.map((one) => one.name)) &&
    isUnique(categories) &&
    series.every((one) => one.data.map((point) => point.label).join('\n') === categories.join('\n'))
  );
}

function isUnique(names: string[]): boolean {
  return names.every((name) => name !== '') && new Set(names).size === names.length;
}

/** The chart's figures as lines, a series each. */
export function chartLines(chart: Chart): KnownBlock[] {
  const lines = chart.series.map(({ name, points }) => {
    const figures = points.map(
      ({ label, value }) => `${label} ${value.toLocaleString('ja-JP')}${chart.unit}`,
    );
    return `${bold(name, LIMITS.header)} ${literal(figures.join('、'), LIMITS.field)}`;
  });
  return sections([bold(chart.title, LIMITS.header), ...lines]);
}
