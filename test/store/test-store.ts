import { createHash } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseServer, StoreLocation } from '../../src/store/dialects/dialect.ts';
import { openFile } from '../../src/store/dialects/sqlite/files.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { EMPTY_STORE } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server to keep stores in; the folder keeps them where it is not given. */
    postgres: string | undefined;
  }
}

/** The address of the server that the tests of this project run over; undefined for SQLite. */
export const postgresUrl = inject('postgres');

/** Where the store of a folder is kept under test: each folder has a database of its own. */
export async function locationOf(dataDir: string, template = 'template1'): Promise<StoreLocation> {
  if (postgresUrl === undefined) return { dataDir };
  const name = `t${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const client = new pg.Client({ connectionString: postgresUrl }).on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`create database ${name} template ${template}`);
  } catch (error) {
    // Another store of the same folder.
    if (!(error instanceof pg.DatabaseError && /^(?:42P04|23505)$/.test(error.code ?? ''))) throw error;
  } finally {
    await client.end();
  }
  return { dataDir, database: serverOf(postgresUrl.replace(/postgres$/, name)) };
}

export function serverOf(url: string): DatabaseServer {
  return { url, tls: null, connections: 4 };
}

/** The store of a folder, in whichever database the tests run over. */
export async function openTestStore(dataDir: string, keepDays = 0): Promise<Store> {
  return openStore({ ...(await locationOf(dataDir, EMPTY_STORE)), keepDays });
}

/** Runs SQL as somebody does who goes round planbot. */
export async function runRaw(store: Store, sql: string): Promise<unknown[]> {
  if (!store.label.startsWith('postgres://')) {
    const raw = openFile(store.label);
    try {
      if (/^select/.test(sql)) return raw.prepare(sql).all();
      raw.exec(sql);
      return [];
    } finally {
      raw.close();
    }
  }
  const client = new pg.Client({ connectionString: store.label }).on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
