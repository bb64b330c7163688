import type { SqliteDatabase, SqliteStatement } from 'kysely';

const KEPT = 200;
/** What is run once; and what is only right for the tables as they were. */
const ONCE = /^\s*(?:create|alter|drop|vacuum|attach|detach)\b/i;

/**
 * The same database, which does not compile the same SQL again and again: Kysely asks for each statement anew, and
 * under load half of SQLite's time goes there.
 */
export function withKeptStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known) {
        return known;
      }
      const statement = database.prepare(sql);
      if (ONCE.test(sql)) {
        kept.clear();
        return statement;
      }
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) {
        kept.delete(oldest);
      }
      return statement;
    },
  };
}
