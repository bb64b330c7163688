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
});
export type Source = z.infer<typeof Source>;

/** 令和3年度 事業計画（東京支部）6406行目, with the page where there is one. */
export function formatSource(source: Source): string {
  const page = source.page === null ? '' : `${source.page}ページ・`;
  return `${source.title} ${page}${source.line}行目`;
}
