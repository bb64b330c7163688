import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { AppError } from '../model/errors.ts';
import type { StoreLocation } from './dialects/dialect.ts';
import type { StoreSchema } from './schema.ts';
import { openDatabase } from './store.ts';

type SnakeCase<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : '';

/** Named as in the database. */
type Table = SnakeCase<keyof StoreSchema>;

/** All tables, those that are referred to first, and the columns that put their rows in order. */
const ORDERS: Record<Table, readonly string[]> = {
  document: ['file'],
  document_part: ['file', 'position'],
  kpi: ['file', 'position'],
  reference_actual: ['file', 'position'],
  measure: ['file', 'position'],
  budget_line: ['file', 'position'],
  commitment: ['file', 'position'],
  period_count: ['file', 'position'],
  passage: ['file', 'position'],
  figure_import: ['id'],
  reported_figure: ['id'],
  reminder_message: ['id'],
  reminder_item: ['item_key'],
  reminder_decision: ['series'],
  thread: ['thread_key'],
  unanswered: ['asked_at', 'question', 'understood', 'outcome'],
  member: ['user'],
  audit_entry: ['id'],
  channel_settings: ['channel'],
  person_settings: ['user'],
  feedback: ['user', 'channel', 'ts'],
  posted_answer: ['channel', 'ts'],
  request: ['key'],
};

const ROWS_AT_ONCE = 500;

interface Copied {
  from: string;
  to: string;
  tables: { table: string; rows: number }[];
}

/**
 * Copies a store as it is at one moment into an empty one, of whichever database, all or nothing. What was written is
 * read again and held against what was read. Throws AppError `wrong_use` where the target holds anything, and
 * `store_unavailable` where the copy differs.
 */
export async function copyStore(options: {
  from: StoreLocation;
  to: StoreLocation;
  /** All where it is not given. */
  tables?: readonly Table[];
  /** Rows that are left out. */
  leaveOut?: (table: Table, row: Readonly<Record<string, unknown>>) => boolean;
}): Promise<Copied> {
  const { leaveOut = () => false } = options;
  const tables = (Object.keys(ORDERS) as Table[]).filter((table) => options.tables?.includes(table) ?? true);
  const source = await openDatabase(options.from);
  try {
    const target = await openDatabase(options.to);
    try {
      const copying = plain(source.db).transaction().setIsolationLevel('repeatable read');
      const copied = await copying.execute((reading) =>
        plain(target.db)
          .transaction()
          .execute(async (writing) => {
            const counts: Copied['tables'] = [];
            for (const table of tables) {
              await refuseRows(writing, table, target.dialect.label);
              const read = tally();
              for await (const rows of pages(reading, table)) {
                const kept = rows.filter((row) => !leaveOut(table, row));
                read.add(kept);
                if (kept.length > 0) {
                  await writing.insertInto(table).values(kept).execute();
                }
              }
              const written = tally();
              for await (const rows of pages(writing, table)) written.add(rows);
              if (read.result() !== written.result()) throw differs(table, target.dialect.label);
              if (ORDERS[table][0] === 'id') await target.dialect.continueIds(writing as never, table);
              counts.push({ table, rows: read.rows() });
            }
            return counts;
          }),
      );
      return { from: source.dialect.label, to: target.dialect.label, tables: copied };
    } catch (cause) {
      throw target.dialect.fault(cause);
    } finally {
      await target.db.destroy();
    }
  } finally {
    await source.db.destroy();
  }
}

type Row = Readonly<Record<string, unknown>>;
type Tables = Kysely<Record<Table, Row>>;

/** The same database by its own names. */
function plain(db: Kysely<StoreSchema>): Tables {
  return db.withoutPlugins() as never;
}

async function* pages(db: Tables, table: Table): AsyncGenerator<Row[]> {
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    let query = db.selectFrom(table).selectAll().limit(ROWS_AT_ONCE).offset(offset);
    for (const column of ORDERS[table]) query = query.orderBy(column);
    const rows: Row[] = await query.execute();
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

async function refuseRows(db: Tables, table: Table, label: string): Promise<void> {
  const row = await db.selectFrom(table).selectAll().limit(1).executeTakeFirst();
  if (row === undefined) return;
  const message = '写す先にすでに内容があります。空のデータベースか、新しいフォルダーを指定してください';
  throw new AppError('wrong_use', { message, file: label });
}

function differs(table: string, label: string): AppError {
  const message = `写した内容が元と一致しないため、何も写しませんでした（${table}）`;
  return new AppError('store_unavailable', { message, file: label });
}

/** How many rows there were, and a hash of all that stands in them. */
function tally() {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(rows: readonly Row[]): void {
      count += rows.length;
      for (const row of rows) hash.update(canonical(row));
    },
    rows: () => count,
    result: () => `${count} ${hash.digest('hex')}`,
  };
}

/** Whatever the order of the columns; PostgreSQL has no 0x00 in a text. */
function canonical(row: Row): string {
  const values = Object.keys(row)
    .sort()
    .map((column) => {
      const value = row[column];
      return [column, typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value];
    });
  return `${JSON.stringify(values)}\n`;
}
