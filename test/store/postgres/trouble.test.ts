import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findPostgres, type PostgresServer, startPostgres } from '../../../scripts/postgres-server.ts';
import { AppError } from '../../../src/model/errors.ts';
import type { DatabaseServer } from '../../../src/store/dialects/dialect.ts';
import { isPassing, openPostgres, postgresFault } from '../../../src/store/dialects/postgres/postgres.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { freshFolder } from '../data-folder.ts';
import { madeUpDocument } from '../made-up-document.ts';
import { locationOf, openTestStore, postgresUrl, runRaw, serverOf } from '../test-store.ts';

const NOW = new Date('2025-08-01T00:30:00Z');

async function fault(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${error}`);
  return error.toLine();
}

describe('a database that cannot be opened is told as what it is, without the password', () => {
  const url = new URL(postgresUrl ?? '');
  const tls = { mode: 'require', rootCertificate: null, certificate: null, key: null } as const;
  test.each<[string, Partial<DatabaseServer>, string]>([
    ['no server', { url: 'postgres://planbot:secret@127.0.0.1:1/planbot' }, 'データベースにつながりません'],
    [
      'no database',
      { url: `postgres://planbot:secret@${url.host}/none` },
      'その名前のデータベースがありません',
    ],
    ['nobody', { url: `postgres://nobody:secret@${url.host}/postgres` }, 'データベースに入れません'],
    ['no encryption', { url: `postgres://planbot:secret@${url.host}/postgres`, tls }, 'PGSSLMODE'],
    [
      'no certificate',
      { tls: { ...tls, rootCertificate: '/none/ca.pem' } },
      '/none/ca.pem: データベースの証明書を読めません',
    ],
  ])('%s', async (_, wrong, said) => {
    const database = { ...serverOf(postgresUrl ?? ''), ...wrong };
    const line = await fault(openStore({ dataDir: freshFolder(), database }));
    expect(line).toContain(said);
    expect(line).not.toContain('secret');
  });
});

test('a connection that is cut off in use fails its own work alone', async () => {
  const server = serverOf(postgresUrl ?? '');
  const db = new Kysely<unknown>({ dialect: openPostgres(server).kysely });
  onTestFinished(() => db.destroy());
  const uncaught: unknown[] = [];
  const hear = (error: unknown) => uncaught.push(error);
  process.prependListener('uncaughtException', hear);
  onTestFinished(() => void process.off('uncaughtException', hear));
  const work = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await runRaw({ label: server.url } as Store, `select pg_terminate_backend(${rows[0]?.pid}, 5000)`);
    await sql`select 1`.execute(trx);
  });
  await expect(work).rejects.toThrow();
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  expect(uncaught).toEqual([]);
});

test('a migration that fails leaves nothing of itself behind, and is done when its reason is gone', async () => {
  const dataDir = freshFolder();
  const { database } = await locationOf(dataDir);
  const empty = { label: database?.url ?? '' } as Store;
  await runRaw(empty, 'create table member (other text)');
  await fault(openTestStore(dataDir));
  expect(
    await runRaw(empty, "select tablename from pg_tables where tablename in ('document', 'thread')"),
  ).toEqual([]);
  await runRaw(empty, 'drop table member');
  const store = await openTestStore(dataDir);
  onTestFinished(() => store.close());
  expect(await store.members.list()).toEqual([]);
});

test('two processes that start at once bring the tables up to date once', async () => {
  const dataDir = freshFolder();
  await locationOf(dataDir);
  const stores = await Promise.all([openTestStore(dataDir), openTestStore(dataDir), openTestStore(dataDir)]);
  expect(await Promise.all(stores.map((store) => store.documents.list()))).toEqual([[], [], []]);
  await Promise.all(stores.map((store) => store.close()));
});

describe('a server that is restarted', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(findPostgres() ?? '');
  });
  afterAll(() => server.stop());

  test('in the middle of the work of several processes loses nothing and does nothing twice', async () => {
    const database = serverOf(server.url);
    const stores = await Promise.all([1, 2].map(() => openStore({ dataDir: freshFolder(), database })));
    let isOver = false;
    const kept: string[] = [];
    const work = async (store: Store, name: string) => {
      for (let n = 0; !isOver; n += 1) {
        const key = `${name}-${n}`;
        await store.requests.claim({ key, body: '{}' }, NOW);
        kept.push(key);
        await store.documents.list();
      }
    };
    const working = Promise.all(stores.map((store, n) => work(store, String(n))));
    const told: number[] = [];
    stores[0]?.listen(() => told.push(kept.length));
    await server.restart();
    const [one, two] = stores as [Store, Store];
    await two.documents.replace([madeUpDocument()], NOW);
    isOver = true;
    await working;
    const rows = await runRaw(one, 'select key from request');
    expect(rows.map((row) => (row as { key: string }).key).sort()).toEqual(kept.sort());
    await Promise.all(stores.map((store) => store.close()));
  });
});

test('more calls at once than there are connections wait for one another', async () => {
  const location = await locationOf(freshFolder());
  const database = location.database ? { ...location.database, connections: 1 } : null;
  const store = await openStore({ ...location, database });
  onTestFinished(() => store.close());
  const calls = Array.from({ length: 40 }, (_, n) => store.requests.claim({ key: `k${n}`, body: null }, NOW));
  expect(new Set(await Promise.all(calls))).toEqual(new Set([1]));
});

test.each([
  ['57014', 'canceling statement due to statement timeout', '時間がかかりすぎた', false],
  ['53300', 'too many clients', '混み合っています', false],
  ['', 'timeout exceeded when trying to connect', '混み合っています', false],
  ['', 'Connection terminated unexpectedly', 'つながりません', true],
  ['57P01', 'terminating connection', 'つながりません', true],
  ['40001', 'could not serialize access', '使用中', true],
  ['40P01', 'deadlock detected', '使用中', true],
  ['53100', 'could not extend file', '空きがありません', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate', 'PGSSLROOTCERT', false],
  ['42501', 'permission denied', '権限が足りません', false],
])('%s %s is told as what it is', (code, message, said, passes) => {
  const cause = Object.assign(new Error(message), code === '' ? {} : { code });
  expect(postgresFault(cause, 'postgres://db/planbot').toLine()).toContain(said);
  expect(isPassing(cause)).toBe(passes);
});
