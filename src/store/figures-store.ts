import type { Kysely, Transaction } from 'kysely';
import { type AuditEntry, UNNAMED } from '../model/audit.ts';
import { AppError } from '../model/errors.ts';
import type { Owner } from '../model/owner.ts';
import {
  type FigureChange,
  type FigureKind,
  REPORTED,
  REPORTED_NAMES,
  type ReportedActual,
  type ReportedKind,
  type ReportedLine,
  type ReportedRow,
  type ReportedTarget,
} from '../model/reported.ts';
import type { Source } from '../model/source.ts';
import { insertAudit } from './audit.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { importMembers } from './members.ts';
import { readJson } from './rows.ts';
import type { StoreSchema } from './schema.ts';

/** A table file whose rows have all been checked. */
export interface FigureTable<K extends ReportedKind = ReportedKind> {
  kind: K;
  file: string;
  digest: string;
  /** Who imports it; null where nobody said. */
  by: string | null;
  lines: readonly ReportedLine<K>[];
}

export type Sourced<T> = T & { source: Source };

/** One row that was ever reported, oldest first. */
export interface FigureEvent {
  kind: FigureKind;
  /** ISO 8601 in UTC. */
  at: string;
  by: string | null;
  file: string;
  line: number;
  key: string;
  row: ReportedRow<FigureKind>;
  /** When another import replaced or withdrew it; null while it holds. */
  endedAt: string | null;
  endedIn: string | null;
}

export interface Figures {
  /**
   * All rows or none. Rows that say what is known already change nothing. The audit entry is `tell`'s, or one of
   * a table that was imported; none where `tell` gives null.
   */
  import<K extends ReportedKind>(
    table: FigureTable<K>,
    now: Date,
    tell?: (change: FigureChange<K>) => AuditEntry | null,
  ): Promise<FigureChange<K>>;
  reportedActuals(): Promise<Sourced<ReportedActual>[]>;
  reportedTargets(): Promise<Sourced<ReportedTarget>[]>;
  owners(): Promise<Owner[]>;
  history(): Promise<FigureEvent[]>;
}

/** What others read of them, in a transaction too. */
type ReportedFigures = Pick<Figures, 'reportedActuals' | 'reportedTargets' | 'owners'>;

const TITLES: Record<FigureKind, string> = {
  kpi: '実績の報告',
  targets: '目標の登録',
  owners: '担当者の登録',
};

export function readFigures(db: Kysely<StoreSchema>): ReportedFigures {
  return {
    reportedActuals: () => current(db, 'kpi'),
    reportedTargets: () => current(db, 'targets'),
    owners: async () => (await current(db, 'owners')).map(({ source: _, ...owner }) => owner),
  };
}

export function keepFigures(db: Kysely<StoreSchema>, dialect: StoreDialect): Figures {
  return {
    ...readFigures(db),
    import: (table, now, tell = (change) => tableEntry(table, change)) =>
      db.transaction().execute(async (trx) => {
        await dialect.lock(trx, 'figures');
        const change = await importTable(trx, table, now);
        const entry = tell(change);
        if (entry) await insertAudit(trx, entry, now);
        await dialect.tell(trx);
        return change;
      }),
    history: () => history(db),
  };
}

function tableEntry({ kind, file, by }: FigureTable, change: FigureChange): AuditEntry {
  const { added, changed, withdrawn, unchanged } = change;
  const counts = `追加 ${added.length}、変更 ${changed.length}、取消 ${withdrawn.length}、変わりなし ${unchanged}`;
  const detail = `${REPORTED_NAMES[kind]}の表：${counts}`;
  return { action: 'table_imported', actor: by ?? UNNAMED, subject: file, detail };
}

async function importTable<K extends ReportedKind>(
  trx: Transaction<StoreSchema>,
  table: FigureTable<K>,
  now: Date,
): Promise<FigureChange<K>> {
  const importId = await insertImport(trx, table, now);
  if (!isOfMembers(table)) return importLines(trx, table, importId);
  const change: FigureChange = await importMembers(trx, table.lines, table.by ?? UNNAMED, now);
  return change as FigureChange<K>;
}

function isOfMembers(table: FigureTable): table is FigureTable<'members'> {
  return table.kind === 'members';
}

async function importLines<K extends ReportedKind>(
  trx: Transaction<StoreSchema>,
  { kind, lines }: Pick<FigureTable<K>, 'kind' | 'lines'>,
  importId: number,
): Promise<FigureChange<K>> {
  const known = new Map((await currentRows(trx, kind)).map((row) => [row.rowKey, row]));
  const change: FigureChange<K> = { added: [], changed: [], withdrawn: [], unchanged: 0 };
  for (const line of lines) {
    const old = known.get(line.key);
    const body = line.row === null ? null : JSON.stringify(line.row);
    if ((old?.body ?? null) === body) {
      change.unchanged += 1;
      continue;
    }
    if (old) {
      await trx
        .updateTable('reportedFigure')
        .set({ replacedBy: importId })
        .where('id', '=', old.id)
        .execute();
    }
    if (body !== null) {
      const row = { kind, rowKey: line.key, body, line: line.line, importId: importId, replacedBy: null };
      await trx
        .insertInto('reportedFigure')
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
  const row = { kind, file, digest, importedAt: now.toISOString(), importedBy: by };
  const { id } = await trx
    .insertInto('figureImport')
    .values(row as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function currentRows(db: Kysely<StoreSchema>, kind: ReportedKind) {
  return db
    .selectFrom('reportedFigure')
    .innerJoin('figureImport', 'figureImport.id', 'reportedFigure.importId')
    .select(['reportedFigure.id', 'rowKey', 'body', 'line', 'importId', 'figureImport.file'])
    .where('reportedFigure.kind', '=', kind)
    .where('replacedBy', 'is', null)
    .orderBy('reportedFigure.id')
    .execute();
}

async function current<K extends FigureKind>(
  db: Kysely<StoreSchema>,
  kind: K,
): Promise<Sourced<ReportedRow<K>>[]> {
  return (await currentRows(db, kind)).map(({ body, file, line, importId }) => {
    const title = `${TITLES[kind]}（${file}）`;
    const source: Source = { file, line, page: null, title, importId: importId };
    return { ...readRow(kind, body), source };
  });
}

async function history(db: Kysely<StoreSchema>): Promise<FigureEvent[]> {
  const rows = await db
    .selectFrom('reportedFigure')
    .innerJoin('figureImport as given', 'given.id', 'reportedFigure.importId')
    .leftJoin('figureImport as ending', 'ending.id', 'reportedFigure.replacedBy')
    .select(['reportedFigure.kind', 'rowKey', 'body', 'line', 'given.file', 'given.importedAt'])
    .select(['given.importedBy', 'ending.importedAt as endedAt', 'ending.file as endedIn'])
    .orderBy('reportedFigure.id')
    .execute();
  return rows.map((row) => {
    const kind = row.kind as FigureKind;
    return {
      kind,
      at: row.importedAt,
      by: row.importedBy,
      file: row.file,
      line: row.line,
      key: row.rowKey,
      row: readRow(kind, row.body),
      endedAt: row.endedAt,
      endedIn: row.endedIn,
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
