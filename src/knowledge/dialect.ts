import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { AppError } from '../model/errors.ts';

/** All that only SQLite knows stands in this file; another database replaces it and nothing else. */

const FILE_NAME = 'planbot.sqlite';
const BUSY_TIMEOUT_MS = 5000;

/**
 * Every transaction here writes. A deferred one that reads first fails at once when another process has
 * written in between; an immediate one waits its turn.
 */
class WritingDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite can roll back changes of the schema, so that a migration is done or not, and by one process only. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
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
}

export interface OpenedDialect {
  dialect: SqliteDialect;
  /** The database file, for messages. */
  file: string;
}

/** Opens or creates the database in `dataDir`. Throws AppError `store_unavailable`. */
export function openDialect(dataDir: string): OpenedDialect {
  const file = join(dataDir, FILE_NAME);
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (cause) {
    throw new AppError('store_unavailable', {
      message: 'データフォルダーを作れません',
      file: dataDir,
      cause,
    });
  }
  try {
    const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.pragma('journal_mode = wal');
      database.pragma('synchronous = normal');
      database.pragma('foreign_keys = on');
    } catch (cause) {
      database.close();
      throw cause;
    }
    return { dialect: new PlanbotDialect({ database }), file };
  } catch (cause) {
    throw databaseFault(cause, file);
  }
}

const REASONS: readonly (readonly [codes: RegExp, message: string])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'データベースが他の処理で使用中です。しばらくしてからやり直してください'],
  [/^SQLITE_(NOTADB|CORRUPT)/, 'データベースのファイルが壊れています。退避してから取り込み直してください'],
  [/^SQLITE_(READONLY|PERM|AUTH)/, 'データベースに書き込めません。フォルダーの権限を確かめてください'],
  [/^SQLITE_FULL/, 'ディスクの空きがありません'],
  [/^SQLITE_(CANTOPEN|IOERR)|^ERR_/, 'データベースを開けません。フォルダーと権限を確かめてください'],
];

/** The fault as the person who runs planbot can mend it; an AppError passes as it is. */
export function databaseFault(cause: unknown, file: string): AppError {
  if (cause instanceof AppError) {
    return cause;
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = REASONS.find(([codes]) => codes.test(code))?.[1];
  const message =
    reason ?? `データベースの処理に失敗しました（${cause instanceof Error ? cause.message : cause}）`;
  return new AppError('store_unavailable', { message, file, cause });
}
