import { stringify } from 'csv-stringify/sync';
import { compact } from '../japanese/normalize.ts';
import type { ReportedKind } from '../model/reported.ts';

/** The columns of each kind of table: the id, then the names by which people head them; the first is the template's. */
export const COLUMNS = {
  kpi: {
    branch: ['支部', '支部名'],
    fy: ['年度', '会計年度'],
    indicator: ['指標', '指標名', 'KPI'],
    as_of: ['時点', '基準日', '実績の時点'],
    actual: ['実績', '実績値'],
    note: ['備考', 'メモ', 'コメント'],
    evaluation: ['評価', '自己評価'],
    next: ['今後の予定', '今後の取組予定', '今後の取組'],
    due: ['予定の期日', '期日', '期限'],
  },
  targets: {
    branch: ['支部', '支部名'],
    fy: ['年度', '会計年度'],
    indicator: ['指標', '指標名', 'KPI'],
    target: ['目標', '目標値'],
    note: ['備考', 'メモ'],
  },
  owners: {
    branch: ['支部', '支部名'],
    channel: ['チャンネル', 'チャンネルID', '通知先'],
    owner: ['主担当', '主担当者', '担当', '担当者'],
    deputy: ['副担当', '副担当者', '代理'],
    head: ['支部長', '責任者'],
  },
  members: {
    user: ['利用者ID', '利用者', 'メンバーID', 'ユーザーID'],
    role: ['役割', '権限'],
    branches: ['支部', '担当支部'],
    note: ['氏名', '備考', 'メモ'],
  },
} as const satisfies Record<ReportedKind, Record<string, readonly string[]>>;

export type ColumnId = { [K in ReportedKind]: keyof (typeof COLUMNS)[K] & string }[ReportedKind];

/** Columns that a table may leave out: the year follows from an as-of date that has one. */
const OPTIONAL: ReadonlySet<string> = new Set(['note', 'deputy', 'head']);
const OPTIONAL_IN: Readonly<Record<ReportedKind, readonly string[]>> = {
  kpi: ['fy', 'evaluation', 'next', 'due'],
  targets: [],
  owners: [],
  members: ['branches'],
};

export interface Header {
  kind: ReportedKind;
  /** Index of each column that is there. */
  at: Map<ColumnId, number>;
}

type HeaderReading =
  | { found: Header }
  | {
      found: null /** Why this row heads no table; null where it does not look like a heading at all. */;
      problem: string | null;
    };

/** The kind of table that a row of headings opens. */
export function readHeader(headings: readonly string[]): HeaderReading {
  const given = headings.map((heading) => compact(heading.replace(/[（(].*?[）)]/g, '')).toLowerCase());
  const kinds = Object.keys(COLUMNS) as ReportedKind[];
  const readings = kinds.map((kind) => ({ kind, at: place(kind, given) }));
  const marks = readings.filter(({ kind, at }) => at.has(MARK[kind]));
  const [only, other] = marks;
  if (only === undefined || !only.at.has(SUBJECT[only.kind])) return { found: null, problem: null };
  if (other !== undefined) {
    return { found: null, problem: '実績、目標、担当者、利用者は別々の表にしてください' };
  }
  const missing = required(only.kind).filter((id) => !only.at.has(id));
  if (missing.length > 0) {
    const names = missing.map((id) => `「${columnHeading(only.kind, id)}」`).join('');
    return { found: null, problem: `${names}の列がありません` };
  }
  const placed = new Set(only.at.values());
  const unknown = given.findIndex((heading, index) => heading !== '' && !placed.has(index));
  if (unknown >= 0) {
    return {
      found: null,
      problem: `「${headings[unknown]}」という列はありません（同じ列が2つあるか、名前が違います）`,
    };
  }
  return { found: only };
}

/** The column that says what a row is about. */
const SUBJECT: Readonly<Record<ReportedKind, ColumnId>> = {
  kpi: 'branch',
  targets: 'branch',
  owners: 'branch',
  members: 'user',
};

/** The column by which a kind is told from the others. */
const MARK: Readonly<Record<ReportedKind, ColumnId>> = {
  kpi: 'actual',
  targets: 'target',
  owners: 'channel',
  members: 'role',
};

function place(kind: ReportedKind, given: readonly string[]): Map<ColumnId, number> {
  const at = new Map<ColumnId, number>();
  for (const [id, names] of Object.entries<readonly string[]>(COLUMNS[kind])) {
    const index = given.findIndex((heading) => [id, ...names.map((n) => n.toLowerCase())].includes(heading));
    if (index >= 0) at.set(id as ColumnId, index);
  }
  return at;
}

function required(kind: ReportedKind): ColumnId[] {
  const ids = Object.keys(COLUMNS[kind]) as ColumnId[];
  return ids.filter((id) => !OPTIONAL.has(id) && !OPTIONAL_IN[kind].includes(id));
}

/** The heading that people read for a column. */
export function columnHeading(kind: ReportedKind, id: ColumnId): string {
  const columns: Record<string, readonly string[]> = COLUMNS[kind];
  return columns[id]?.[0] ?? id;
}

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
