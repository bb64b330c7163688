import { stringify } from 'csv-stringify/sync';
import type { ReportedKind } from '../model/reported.ts';
import { COLUMNS } from './columns.ts';

/** Rows that show the form; people write over them. The branches' figures are made up. */
export const TEMPLATE_ROWS: Record<ReportedKind, readonly string[]> = {
  kpi: [
    '東京',
    '令和7年度',
    'ジェネリック医薬品使用割合',
    '2025-09-30',
    '81.2％',
    '速報値',
    '○',
    '薬局を訪問する',
    '2025-12-26',
  ],
  targets: ['東京', '令和7年度', 'ジェネリック医薬品使用割合', '85.0％以上', ''],
  owners: ['東京', 'C0123ABCD', 'U0123ABCD', 'U0456EFGH'],
  members: ['U0123ABCD', '報告者', '東京、神奈川', '健保 花子'],
};

/** A table to fill in, as CSV with the mark by which Excel knows UTF-8. */
export function tableTemplate(kind: ReportedKind): string {
  const headings = Object.values<readonly string[]>(COLUMNS[kind]).map((names) => names[0] ?? '');
  return `\uFEFF${stringify([headings, [...TEMPLATE_ROWS[kind]]]).trimEnd()}`;
}
