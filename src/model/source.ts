import { z } from 'zod';

/** Where a figure or a passage stands. */
export const Source = z.strictObject({
  /** The document's file name. */
  file: z.string().min(1),
  /** 1-based line of the document's text. */
  line: z.int().positive(),
  /** Page as printed or counted, where the document has pages. */
  page: z.int().positive().nullable(),
  /** What users see: 令和3年度 事業計画（東京支部）. */
  title: z.string().min(1),
  /** Where it stands in the terms of its format, which has no lines that a reader sees: シート「KPI」B5. */
  place: z.string().min(1).optional(),
  /** Of a table of staff, which of its imports: files of one name come again with other figures. */
  importId: z.int().positive().optional(),
});
export type Source = z.infer<typeof Source>;

/** 令和3年度 事業計画（東京支部）6406行目, with the page where there is one; the sheet and cell of a workbook. */
export function formatSource(source: Source): string {
  if (source.place !== undefined) return `${source.title} ${source.place}`;
  const page = source.page === null ? '' : `${source.page}ページ・`;
  return `${source.title} ${page}${source.line}行目`;
}
