import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import { cellText, columnsOf, type ReportColumn, spanAt } from './columns.ts';
import { printSetup } from './print-setup.ts';
import type { ProgressReport, ReportFigure, ReportRow, ReportSection } from './report.ts';
import { rowHeights } from './row-heights.ts';

const FONT = 'BIZ UDPゴシック';
const SIZE = 9;
const BORDER = { borderStyle: 'thin', borderColor: '#444444' } as const;
/** Title, as-of dates, heads. */
const HEAD_ROW = 3;
const SHEET = 'KPI進捗';

type Row = (CellObject | null)[];

/** A sheet that prints on A4 landscape with its head on every page. Figures are numbers, words are never formulas. */
export async function reportXlsx(report: ProgressReport): Promise<Uint8Array> {
  const columns = columnsOf(report);
  const across = (text: string, style: CellObject = {}): Row => [
    { ...words(text), columnSpan: columns.length, alignVertical: 'center', ...style },
    ...columns.slice(1).map(() => null),
  ];
  const data = [
    across(report.title, { fontSize: 14, fontWeight: 'bold', height: 24 }),
    across(report.subtitle, { height: 16 }),
    columns.map(({ head }) => headCell(head)),
    ...report.pillars.flatMap(({ heading, sections }) => [
      across(heading, { ...BORDER, fontWeight: 'bold', backgroundColor: '#EEF2F6', height: 18 }),
      ...sections.flatMap((section) => [
        ...(section.heading === ''
          ? []
          : [across(section.heading, { ...BORDER, backgroundColor: '#F8F9FB', height: 16 })]),
        ...sectionRows(section, columns),
      ]),
    ]),
    columns.map(() => null),
    ...report.notes.map((note) => across(`※${note}`, { fontSize: 8, height: 13 })),
    ...report.documents.map((document) => across(`出典 ${document}`, { fontSize: 8, height: 13 })),
  ];
  return writeExcelFile(
    data,
    {
      sheet: SHEET,
      columns: columns.map(({ width }) => ({ width })),
      orientation: 'landscape',
      stickyRowsCount: HEAD_ROW,
    },
    {
      fontFamily: FONT,
      fontSize: SIZE,
      features: [printSetup({ sheet: SHEET, headRow: HEAD_ROW, foot: report.title })],
    },
  ).toBuffer();
}

function headCell(head: string): CellObject {
  return {
    ...words(head),
    ...BORDER,
    align: 'center',
    alignVertical: 'center',
    wrap: true,
    fontWeight: 'bold',
    backgroundColor: '#DBE5EF',
    height: 28,
  };
}

function sectionRows({ rows }: ReportSection, columns: readonly ReportColumn[]): Row[] {
  const heights = rowHeights(rows, columns, SIZE);
  return rows.map((row, index) =>
    columns.map((column) => bodyCell(column, rows, row, index, heights[index] ?? SIZE * 2)),
  );
}

function bodyCell(
  column: ReportColumn,
  rows: readonly ReportRow[],
  row: ReportRow,
  index: number,
  height: number,
): CellObject | null {
  const span = spanAt(column, rows, index);
  if (span === 0) return null;
  const over = span === 1 ? {} : { rowSpan: span };
  const style = { ...BORDER, align: column.align, alignVertical: 'top', wrap: true, height } as const;
  return { ...content(column.cell(row)), ...style, ...over };
}

function content(cell: string | ReportFigure): CellObject {
  if (typeof cell === 'string' || cell.value === null || cell.format === null) return words(cellText(cell));
  return { value: cell.value, type: Number, format: cell.format };
}

/** What Excel would take for a formula, a number or a date when somebody edits the cell. */
const MISTAKABLE = /^\s*[=+\-@＝＋－＠\d]/;

/** Text stays text, also when it is edited. Not all is marked so: Excel shows long marked text as ####. */
function words(text: string): CellObject {
  return { value: text, type: String, ...(MISTAKABLE.test(text) ? { format: '@' } : {}) };
}
