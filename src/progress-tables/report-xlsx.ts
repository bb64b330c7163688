import type { Feature } from 'write-excel-file/node';
import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import {
  findElement,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  replaceElement,
  sanitizeTextContent,
} from 'write-excel-file/utility';
import {
  cellText,
  columnsOf,
  type ProgressReport,
  type ReportColumn,
  type ReportFigure,
  type ReportRow,
  type ReportSection,
  spanAt,
} from './report.ts';

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

const SHEET_XML = 'xl/worksheets/sheet{id}.xml';

/** Inches. */
const MARGINS = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 };

/**
 * What the writer itself has no option for: one page wide and as many high as it takes, a row that is repeated on
 * each of them, and a foot with the page's number. `headRow` is 1-based; the sheet's name is needed to refer to it.
 */
function printSetup<Content>({
  sheet,
  headRow,
  foot,
}: {
  sheet: string;
  headRow: number;
  foot: string;
}): Feature<Content> {
  return {
    files: {
      transform: {
        [SHEET_XML]: {
          transform: (xml) => withHeadAndFoot(xml, foot),
          transformElementAttributes: (tag, attributes) => {
            if (tag === 'pageSetup') return { ...attributes, fitToWidth: 1, fitToHeight: 0 };
            return tag === 'pageMargins' ? { ...attributes, ...MARGINS } : attributes;
          },
        },
        'xl/workbook.xml': { transform: (xml) => withTitleRow(xml, sheet, headRow) },
      },
    },
  };
}

function withHeadAndFoot(xml: string, foot: string): string {
  const order = getOrderOfSiblings(SHEET_XML, 'worksheet') ?? [];
  const place = (into: string, markup: string) =>
    insertElementMarkupAccordingToOrderOfSiblings(into, markup, order, 'worksheet');
  const fitting = place(xml, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  // An ampersand begins a code of the foot: a literal one is doubled.
  const text = `&L&8${foot.replaceAll('&', '&&')}&R&8&P / &N`;
  return place(fitting, `<headerFooter><oddFooter>${sanitizeTextContent(text)}</oddFooter></headerFooter>`);
}

function withTitleRow(xml: string, sheet: string, row: number): string {
  const name = sanitizeTextContent(`'${sheet.replaceAll("'", "''")}'!$${row}:$${row}`);
  const markup = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${name}</definedName></definedNames>`;
  const empty = findElement(xml, 'definedNames');
  return empty === undefined ? xml : replaceElement(xml, empty, markup);
}

/** Excel allows no more, in points. */
const HIGHEST = 409;
const LEADING = 1.45;
const PADDING = 4;

/** Heights in points at which every cell shows all its lines; a cell over several rows may use them all. */
function rowHeights(rows: readonly ReportRow[], columns: readonly ReportColumn[], size: number): number[] {
  const heights = rows.map(() => 0);
  const spans = columns.flatMap((column) =>
    rows.flatMap((row, index) => {
      const span = spanAt(column, rows, index);
      const lines = linesOf(cellText(column.cell(row)), column.width);
      return span === 0 ? [] : [{ index, span, wanted: lines * size * LEADING + PADDING }];
    }),
  );
  for (const { index, span, wanted } of spans.sort((a, b) => a.span - b.span)) {
    const there = heights.slice(index, index + span).reduce((sum, height) => sum + height, 0);
    const more = Math.max(0, wanted - there) / span;
    for (let at = index; at < index + span; at += 1) heights[at] = (heights[at] ?? 0) + more;
  }
  return heights.map((height) => Math.min(HIGHEST, Math.round(height)));
}

/** Columns are measured in characters of half width; a kanji takes two. */
function linesOf(text: string, width: number): number {
  return text
    .split('\n')
    .map((line) => Math.max(1, Math.ceil(halfWidths(line) / (width - 1))))
    .reduce((sum, lines) => sum + lines, 0);
}

function halfWidths(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u0020-\u007e\uff61-\uff9f]/.test(sign) ? 1.1 : 2), 0);
}
