import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseServer } from '../src/store/dialects/dialect.ts';

const DEBIAN = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs, the newest of this machine; null where there is none. */
export function findPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb'))) ?? null;
}

export interface PostgresServer {
  /** Of a database that is there, and empty. */
  url: string;
  /** The address of another database, made where it is not there yet. */
  database(name: string): Promise<string>;
  /** As an operator does, in the middle of whatever runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A server of its own on a free port of this machine, in a temporary folder that goes with it. Its own order of text
 * is Japanese, as a head office's may be, so that whatever relies on it is found.
 */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'planbot-postgres-'));
  const account = unprivileged();
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const made = ['-D', data, '-U', 'planbot', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  const order = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=ja-JP'];
  execFileSync(join(programs, 'initdb'), [...made, ...order], {
    ...(account ?? {}),
    cwd: folder,
    stdio: 'pipe',
  });
  const port = await freePort();
  const url = `postgres://planbot@127.0.0.1:${port}/postgres`;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // What is tried here is never the machine's own end.
    ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  };

  async function run() {
    const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...set], {
      ...(account ?? {}),
      cwd: folder,
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const endNow = () => server.kill('SIGINT');
    process.once('exit', endNow);
    await answering(url, () => server.exitCode !== null);
    return async (signal: 'SIGINT' | 'SIGQUIT') => {
      process.off('exit', endNow);
      server.kill(signal);
      await ended;
    };
  }

  let end = await run();
  return {
    url,
    async database(name) {
      const client = new pg.Client({ connectionString: url }).on('error', () => undefined);
      await client.connect();
      try {
        await client.query(`create database "${name}"`);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && error.code === '42P04')) throw error;
      } finally {
        await client.end();
      }
      return url.replace(/postgres$/, name);
    },
    async restart() {
      await end('SIGINT');
      end = await run();
    },
    async stop() {
      // At once: nobody reads again what a last checkpoint would write.
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // Not every system has this account.
    }
  }
  throw new Error('no account to run PostgreSQL under');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answering(url: string, hasEnded: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await wait(50)) {
    if (hasEnded()) break;
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch {
      // Not yet.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error('PostgreSQL did not start');
}

/** The server that a measurement asked for with --postgres; fails where this machine has none. */
export function startPostgresFor(isWanted: boolean): Promise<PostgresServer> | null {
  if (!isWanted) return null;
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed');
  return startPostgres(programs);
}

/** As the store is told of it. */
export function serverAt(url: string | null): DatabaseServer | null {
  return url === null ? null : { url, tls: null, connections: 10 };
}
