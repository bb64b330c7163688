import { stringify } from 'csv-stringify/sync';
import { spreadsheetText } from '../model/escape.ts';
import { cellText, columnsOf, type ProgressReport } from './report.ts';

/** A row a KPI, each complete in itself; with the mark by which Excel knows UTF-8. Nothing in it becomes a formula. */
export function reportCsv(report: ProgressReport): string {
  const columns = columnsOf(report);
  const rows = report.pillars.flatMap(({ heading, sections }) =>
    sections.flatMap((section) =>
      section.rows.map((row) => [
        heading,
        section.heading,
        ...columns.map(({ cell }) => cellText(cell(row))),
      ]),
    ),
  );
  const table = [
    ['柱', '項目', ...columns.map(({ head }) => head.replace('\n', ''))],
    ...rows,
    [],
    [report.title],
    [report.subtitle],
    ...report.notes.map((note) => [`※${note}`]),
    ...report.documents.map((document) => [`出典 ${document}`]),
  ];
  return stringify(
    table.map((row) => row.map(spreadsheetText)),
    { bom: true, record_delimiter: 'windows' },
  );
}
