import { chmodSync, copyFileSync, existsSync, linkSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Kysely,
  type SelectModifierNode,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from 'kysely';
import { AppError } from '../../../model/errors.ts';
import { makeFolder } from '../../keep-file.ts';
import type { StoreDialect } from '../dialect.ts';
import { codeOf, openFile, watchFile } from './files.ts';

const FILE_NAME = 'planbot.sqlite';
const OWNER_ONLY = 0o600;
/** A single statement waits this long for another writer. */
const BUSY_TIMEOUT_MS = 5000;
/** A transaction asks again this often: 10 seconds in all, longer than an ingest holds the database. */
const BEGIN_ATTEMPTS = 400;
const BEGIN_PAUSE_MS = 25;

/**
 * Every transaction here writes. A deferred one that reads first fails at once when another process has
 * written in between; an immediate one waits its turn, and without blocking this process meanwhile.
 */
class WritingDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('pragma busy_timeout = 0'));
    try {
      await beginPatiently(connection);
    } finally {
      await connection.executeQuery(CompiledQuery.raw(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`));
    }
  }

  /** On a full disk SQLite has done it by itself: that there is nothing to undo must not hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!String(error).includes('no transaction is active')) throw error;
    }
  }
}

async function beginPatiently(connection: DatabaseConnection): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      return;
    } catch (error) {
      if (attempt === BEGIN_ATTEMPTS || !/^SQLITE_BUSY/.test(codeOf(error))) {
        throw error;
      }
      await delay(BEGIN_PAUSE_MS);
    }
  }
}

/** SQLite can roll back changes of the schema, so that a migration is done or not, and by one process only. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A transaction here holds the lock of the whole database from its beginning: no row needs one of its own. */
class WholeDatabaseCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForUpdate' && node.modifier !== 'SkipLocked') super.visitSelectModifier(node);
  }
}

class PlanbotDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new WritingDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new WholeDatabaseCompiler();
  }
}

/** Where the database of a data folder stands. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, FILE_NAME);
}

/** Opens or creates the database in `dataDir`. Throws AppError `store_unavailable`. */
export async function openSqlite(dataDir: string): Promise<StoreDialect> {
  const file = databaseFile(dataDir);
  try {
    makeFolder(resolve(dataDir));
  } catch (cause) {
    throw new AppError('store_unavailable', {
      message: 'データフォルダーを作れません',
      file: dataDir,
      cause,
    });
  }
  try {
    refuseEmpty(file);
    makePrivate(file);
    const database = openFile(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.pragma('journal_mode = wal');
      database.pragma('synchronous = normal');
      database.pragma('foreign_keys = on');
    } catch (cause) {
      database.close();
      throw cause;
    }
    return {
      kysely: new PlanbotDialect({ database: withKeptStatements(database) }),
      label: file,
      makeAppendOnly,
      // Its transactions are one at a time, whoever begins them.
      lock: async () => undefined,
      write: (db, work) => db.transaction().execute(work),
      tell: async () => undefined,
      listen: (changed) => listen(database, changed),
      continueIds: async () => undefined,
      isPassing: () => false,
      fault: (cause) => sqliteFault(cause, file),
      problem: await watchFile(file),
    };
  } catch (cause) {
    throw sqliteFault(cause, file);
  }
}

const LOOK_EVERY_MS = 1_000;

/** SQLite counts what other connections commit: asking costs no reading of the file. */
function listen(database: Database.Database, changed: () => void): () => Promise<void> {
  const count = () => database.pragma('data_version', { simple: true });
  let known = count();
  const timer = setInterval(() => {
    if (!database.open) return clearInterval(timer);
    const now = count();
    if (now === known) return;
    known = now;
    changed();
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => clearInterval(timer);
}

/** For so long another process may be making it. */
const MAKING_MS = 2_000;

/** A file that was emptied is no new store: its copies would soon be replaced by nothing. */
function refuseEmpty(file: string): void {
  for (let waited = 0; isEmpty(file); waited += BEGIN_PAUSE_MS) {
    if (waited >= MAKING_MS) {
      const message =
        'データベースのファイルが空です。控えがあれば planbot restore で戻し、初めて使うときはこのファイルを消してください';
      throw new AppError('store_unavailable', { message, file });
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BEGIN_PAUSE_MS);
  }
}

function isEmpty(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === 0;
}

/** Ids of people are in it. SQLite gives the files beside it the same rights. */
function makePrivate(file: string): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old === undefined) {
    // Under another name first, so that whoever opens at the same moment sees no empty file.
    const made = `${file}.${process.pid}.new`;
    const database = openFile(made);
    database.pragma('journal_mode = wal');
    database.close();
    chmodSync(made, OWNER_ONLY);
    try {
      linkSync(made, file);
    } catch (cause) {
      // Another process was faster, or the file system knows no second names.
      if (!existsSync(file)) copyFileSync(made, file);
      if (codeOf(cause) === 'EPERM') chmodSync(file, OWNER_ONLY);
    } finally {
      rmSync(made, { force: true });
    }
  } else if ((old.mode & 0o077) !== 0 && old.uid === process.getuid?.()) {
    for (const part of ['', '-wal', '-shm'])
      if (existsSync(`${file}${part}`)) chmodSync(`${file}${part}`, OWNER_ONLY);
  }
}

/** Rows of the table, which has an `id`, can be added and never again be changed or removed. */
async function makeAppendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  const acts = {
    update: sql`before update on ${sql.table(table)}`,
    delete: sql`before delete on ${sql.table(table)}`,
    // `insert or replace` removes a row without any trigger of `delete`.
    replace: sql`before insert on ${sql.table(table)}
      when exists (select 1 from ${sql.table(table)} where id = new.id)`,
  };
  for (const [name, act] of Object.entries(acts)) {
    const trigger = sql.id(`${table}_refuses_${name}`);
    const refusal = sql.lit(`${table} is append-only`);
    await sql`create trigger ${trigger} ${act} begin select raise(abort, ${refusal}); end`.execute(db);
  }
}

const REASONS: readonly (readonly [codes: RegExp, message: string])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'データベースが他の処理で使用中です。しばらくしてからやり直してください'],
  [/^SQLITE_(NOTADB|CORRUPT)/, 'データベースのファイルが壊れています。退避してから取り込み直してください'],
  [/^SQLITE_(READONLY|PERM|AUTH)/, 'データベースに書き込めません。フォルダーの権限を確かめてください'],
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)/, 'ディスクの空きがありません'],
  [
    /^ERR_DLOPEN_FAILED/,
    'better-sqlite3が、このNode.jsの版に合っていません。planbotのフォルダーで npm rebuild better-sqlite3 を実行してください',
  ],
  [
    /^MODULE_NOT_FOUND/,
    'このNode.jsの版に合うbetter-sqlite3が入っていません。planbotのフォルダーで npm ci を実行してください',
  ],
  [/^(?:EACCES|EPERM|EROFS)/, 'データベースに書き込めません。フォルダーの権限を確かめてください'],
  [/^SQLITE_(CANTOPEN|IOERR)|^ERR_/, 'データベースを開けません。フォルダーと権限を確かめてください'],
];

/** The fault as the person who runs planbot can mend it; an AppError passes as it is. */
export function sqliteFault(cause: unknown, file: string): AppError {
  if (cause instanceof AppError) {
    return cause;
  }
  const code = codeOf(cause);
  const reason = REASONS.find(([codes]) => codes.test(code))?.[1];
  const message =
    reason ?? `データベースの処理に失敗しました（${cause instanceof Error ? cause.message : cause}）`;
  return new AppError('store_unavailable', { message, file, cause });
}

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
