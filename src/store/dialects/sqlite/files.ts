import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { DEFAULT_MIGRATION_TABLE } from 'kysely';

/** What SQLite knows of whole database files. Whatever better-sqlite3 throws passes. */

const BUSY_TIMEOUT_MS = 5000;

const require = createRequire(import.meta.url);

/**
 * Node.js 24.19 and later end with an abort when a statement of better-sqlite3 12 is collected; 13 is free of it and
 * does not run on Node.js 20, where npm leaves it out.
 */
export function openFile(file: string, options: Database.Options = {}): Database.Database {
  const isOldNode = Number.parseInt(process.versions.node, 10) < 22;
  const Driver: typeof Database = require(isOldNode ? 'better-sqlite3' : 'better-sqlite3-13');
  return new Driver(file, options);
}

/**
 * Copies a database as it is at one moment into a new file that stands alone, while others go on writing to it.
 * A read transaction holds that moment: without one, SQLite begins the copy anew with every write of another
 * process, and may never end.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = openFile(from, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    source.exec('begin');
    source.prepare('select count(*) from sqlite_master').get();
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = openFile(to, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = delete');
  } finally {
    copy.close();
  }
}

/** Names of the migrations that a database went through; null where it is none of ours. */
export function migrationsIn(file: string): string[] | null {
  return reading(file, (database) => {
    const table = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?");
    if (!table.get(DEFAULT_MIGRATION_TABLE)) return null;
    const names = database.prepare(`select name from ${DEFAULT_MIGRATION_TABLE} order by name`);
    return names.pluck().all().map(String);
  });
}

/** Whether every page, row and reference of the file is in order. */
export function isIntact(file: string): boolean {
  return reading(
    file,
    (database) =>
      database.pragma('integrity_check', { simple: true }) === 'ok' &&
      (database.pragma('foreign_key_check') as unknown[]).length === 0,
  );
}

/** How many rows the tables have together; those that are not there have none. */
export function rowsIn(file: string, tables: readonly string[]): number {
  return reading(file, (database) => {
    const known = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    const counts = tables
      .filter((table) => known.includes(table))
      .map((table) => Number(database.prepare(`select count(*) from ${table}`).pluck().get()));
    return counts.reduce((sum, count) => sum + count, 0);
  });
}

function reading<T>(file: string, read: (database: Database.Database) => T): T {
  const database = openFile(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** A database that nobody else can open until it is let go. */
export interface LockedDatabase {
  /** Copies rows of a table into another file's table where those ids are not there yet. */
  addRows(table: string, to: string): void;
  letGo(): void;
}

/**
 * Takes a database for oneself; null where another connection has it open, of whichever process: SQLite's own
 * locks tell, and they go with a process that dies. What was written goes into the one file.
 */
export function holdAlone(file: string): LockedDatabase | null {
  const database = openFile(file, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('locking_mode = exclusive');
    database.pragma('journal_mode = delete');
    database.exec('begin exclusive; commit');
    return { addRows: (table, to) => addRows(database, table, to), letGo: () => void database.close() };
  } catch (cause) {
    database.close();
    if (/^SQLITE_(BUSY|LOCKED)/.test(codeOf(cause))) return null;
    throw cause;
  }
}

function addRows(database: Database.Database, table: string, to: string): void {
  const known = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table);
  if (!known) return;
  database.prepare('attach ? as target').run(to);
  database.exec(
    `insert into target.${table} select * from main.${table} where id not in (select id from target.${table})`,
  );
  database.exec('detach target');
}

/** Whether SQLite says that the file itself is no database, or no longer one. */
export function isDamage(cause: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(cause));
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** SQLite goes on with a file that was deleted under it. Says what happened to it since; null where nothing did. */
export async function watchFile(file: string): Promise<() => Promise<string | null>> {
  const opened = await stat(file);
  return async () => {
    const now = await stat(file).catch(() => null);
    if (now === null) return 'データベースのファイルがなくなっています。控えから戻して再起動してください';
    if (now.size === 0) return 'データベースのファイルが空になっています。控えから戻して再起動してください';
    if (now.ino !== opened.ino) return 'データベースのファイルが入れ替わっています。再起動してください';
    return null;
  };
}
