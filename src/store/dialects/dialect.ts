import type { Dialect, Kysely } from 'kysely';
import type { AppError } from '../../model/errors.ts';

/** Work that only one process may do at a time, in the order in which a transaction takes more than one. */
export type LockName = 'outbox' | 'documents' | 'figures';

/** A PostgreSQL server's database, and how it is reached. */
export interface DatabaseServer {
  /** postgres://user:password@host:port/database; what is left out is taken from PGHOST, PGUSER and so on. */
  url: string;
  /** As libpq's sslmode; null asks for no encryption. Paths of PEM files, as PGSSLROOTCERT and so on name them. */
  tls: {
    mode: 'require' | 'verify-ca' | 'verify-full';
    rootCertificate: string | null;
    certificate: string | null;
    key: string | null;
  } | null;
  /** How many connections one process opens at most. */
  connections: number;
}

/** Where a store is kept: in a folder, or in a server's database. The folder keeps the search index in any case. */
export interface StoreLocation {
  dataDir: string;
  database?: DatabaseServer | null | undefined;
}

/** All that one database does otherwise than another. Nothing outside dialects/ knows which one runs. */
export interface StoreDialect {
  kysely: Dialect;
  /** The database as messages name it: its file, or its address without the password. */
  label: string;
  /** Rows of the table, which has an `id`, can be added and never again be changed or removed. */
  makeAppendOnly(db: Kysely<unknown>, table: string): Promise<void>;
  /** Until the transaction ends nobody else holds the lock; who shares it keeps out only those who do not. */
  // biome-ignore lint/suspicious/noExplicitAny: a transaction over whatever schema.
  lock(trx: Kysely<any>, name: LockName, mode?: 'alone' | 'shared'): Promise<void>;
  /**
   * Runs statements that need not stand or fall together. SQLite takes them into a transaction, since those wait for
   * another process without blocking this one; to a server each transaction would be two round trips more.
   */
  write<S, T>(db: Kysely<S>, work: (db: Kysely<S>) => Promise<T>): Promise<T>;
  /** Tells the other processes that something was changed, once the transaction is committed. */
  // biome-ignore lint/suspicious/noExplicitAny: a transaction over whatever schema.
  tell(trx: Kysely<any>): Promise<void>;
  /** Calls `changed` soon after another process has changed something, and perhaps when nothing was. Returns the way to end it. */
  listen(changed: () => void): () => Promise<void>;
  /** After rows came with the ids that they had elsewhere: the next one continues them. */
  continueIds(db: Kysely<unknown>, table: string): Promise<void>;
  /** A fault that passes by itself, after which nothing of the transaction was kept. */
  isPassing(cause: unknown): boolean;
  /** The fault as the person who runs planbot can mend it; an AppError passes as it is. */
  fault(cause: unknown): AppError;
  /** Why the database is not the one that was opened; null where all is well. */
  problem(): Promise<string | null>;
}
