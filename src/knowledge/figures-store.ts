import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../model/errors.ts';
import type { Owner } from '../model/owner.ts';
import {
  REPORTED,
  type ReportedActual,
  type ReportedKind,
  type ReportedLine,
  type ReportedRow,
  type ReportedTarget,
} from '../model/reported.ts';
import type { Source } from '../model/source.ts';
import { readJson } from './store-rows.ts';
import type { StoreSchema } from './store-schema.ts';

/** A table file whose rows have all been checked. */
export interface FigureTable<K extends ReportedKind = ReportedKind> {
  kind: K;
  file: string;
  digest: string;
  /** Who imports it; null where nobody said. */
  by: string | null;
  lines: readonly ReportedLine<K>[];
}

/** What an import did; lines of the table, with the row that stood there before. */
export interface FigureChange<K extends ReportedKind = ReportedKind> {
  added: ReportedLine<K>[];
  changed: { before: ReportedRow<K>; after: ReportedLine<K> }[];
  withdrawn: { before: ReportedRow<K>; line: number }[];
  unchanged: number;
}

export type Sourced<T> = T & { source: Source };

/** One row that was ever reported, oldest first. */
export interface FigureEvent {
  kind: ReportedKind;
  /** ISO 8601 in UTC. */
  at: string;
  by: string | null;
  file: string;
  line: number;
  key: string;
  row: ReportedRow<ReportedKind>;
  /** When another import replaced or withdrew it; null while it holds. */
  endedAt: string | null;
  endedIn: string | null;
}

export interface Figures {
  /** All rows or none. Rows that say what is known already change nothing. */
  importFigures<K extends ReportedKind>(table: FigureTable<K>, now: Date): Promise<FigureChange<K>>;
  reportedActuals(): Promise<Sourced<ReportedActual>[]>;
  reportedTargets(): Promise<Sourced<ReportedTarget>[]>;
  owners(): Promise<Owner[]>;
  figureHistory(): Promise<FigureEvent[]>;
  /** Number of imports so far: changes whenever reported figures do. */
  figureStamp(): Promise<number>;
}

const TITLES: Record<ReportedKind, string> = {
  kpi: '実績の報告',
  targets: '目標の登録',
  owners: '担当者の登録',
};

export function keepFigures(db: Kysely<StoreSchema>): Figures {
  return {
    importFigures: (table, now) => db.transaction().execute((trx) => importTable(trx, table, now)),
    reportedActuals: () => current(db, 'kpi'),
    reportedTargets: () => current(db, 'targets'),
    owners: async () => (await current(db, 'owners')).map(({ source: _, ...owner }) => owner),
    figureHistory: () => history(db),
    async figureStamp() {
      const row = await db
        .selectFrom('figure_import')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
  };
}

async function importTable<K extends ReportedKind>(
  trx: Transaction<StoreSchema>,
  table: FigureTable<K>,
  now: Date,
): Promise<FigureChange<K>> {
  const { kind, file, digest, by, lines } = table;
  const known = new Map((await currentRows(trx, kind)).map((row) => [row.row_key, row]));
  const change: FigureChange<K> = { added: [], changed: [], withdrawn: [], unchanged: 0 };
  const importId = await insertImport(trx, { kind, file, digest, by }, now);
  for (const line of lines) {
    const old = known.get(line.key);
    const body = line.row === null ? null : JSON.stringify(line.row);
    if ((old?.body ?? null) === body) {
      change.unchanged += 1;
      continue;
    }
    if (old) {
      await trx
        .updateTable('reported_figure')
        .set({ replaced_by: importId })
        .where('id', '=', old.id)
        .execute();
    }
    if (body !== null) {
      const row = { kind, row_key: line.key, body, line: line.line, import_id: importId, replaced_by: null };
      await trx
        .insertInto('reported_figure')
        .values(row as never)
        .execute();
    }
    const before = old ? readRow(kind, old.body) : null;
    if (before === null) change.added.push(line);
    else if (body === null) change.withdrawn.push({ before, line: line.line });
    else change.changed.push({ before, after: line });
  }
  return change;
}

async function insertImport(
  trx: Transaction<StoreSchema>,
  { kind, file, digest, by }: Omit<FigureTable, 'lines'>,
  now: Date,
): Promise<number> {
  const row = { kind, file, digest, imported_at: now.toISOString(), imported_by: by };
  const { id } = await trx
    .insertInto('figure_import')
    .values(row as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function currentRows(db: Kysely<StoreSchema>, kind: ReportedKind) {
  return db
    .selectFrom('reported_figure')
    .innerJoin('figure_import', 'figure_import.id', 'reported_figure.import_id')
    .select(['reported_figure.id', 'row_key', 'body', 'line', 'figure_import.file'])
    .where('reported_figure.kind', '=', kind)
    .where('replaced_by', 'is', null)
    .orderBy('reported_figure.id')
    .execute();
}

async function current<K extends ReportedKind>(
  db: Kysely<StoreSchema>,
  kind: K,
): Promise<Sourced<ReportedRow<K>>[]> {
  return (await currentRows(db, kind)).map(({ body, file, line }) => {
    const source: Source = { file, line, page: null, title: `${TITLES[kind]}（${file}）` };
    return { ...readRow(kind, body), source };
  });
}

async function history(db: Kysely<StoreSchema>): Promise<FigureEvent[]> {
  const rows = await db
    .selectFrom('reported_figure')
    .innerJoin('figure_import as given', 'given.id', 'reported_figure.import_id')
    .leftJoin('figure_import as ending', 'ending.id', 'reported_figure.replaced_by')
    .select(['reported_figure.kind', 'row_key', 'body', 'line', 'given.file', 'given.imported_at'])
    .select(['given.imported_by', 'ending.imported_at as ended_at', 'ending.file as ended_in'])
    .orderBy('reported_figure.id')
    .execute();
  return rows.map((row) => {
    const kind = row.kind as ReportedKind;
    return {
      kind,
      at: row.imported_at,
      by: row.imported_by,
      file: row.file,
      line: row.line,
      key: row.row_key,
      row: readRow(kind, row.body),
      endedAt: row.ended_at,
      endedIn: row.ended_in,
    };
  });
}

function readRow<K extends ReportedKind>(kind: K, body: string): ReportedRow<K> {
  const row = readJson<ReportedRow<K>>(REPORTED[kind], body);
  if (row === undefined) {
    throw new AppError('store_unavailable', {
      message: '取り込んだ数値の内容が正しくありません',
      text: body,
    });
  }
  return row;
}
