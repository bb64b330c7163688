import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import { backUpStore } from '../../src/store/dialects/sqlite/backup.ts';
import { openFile } from '../../src/store/dialects/sqlite/files.ts';
import { databaseFile, openSqlite, sqliteFault } from '../../src/store/dialects/sqlite/sqlite.ts';
import type { StoreSchema } from '../../src/store/schema.ts';
import { openStore } from '../../src/store/store.ts';
import { freshFolder } from './data-folder.ts';
import { madeUpDocument } from './made-up-document.ts';

const NOW = new Date('2026-11-30T00:00:00Z');

async function open(dataDir: string) {
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  return store;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('who may read it', () => {
  test('is the account that planbot runs under alone', async () => {
    const dataDir = join(freshFolder(), 'data', 'planbot');
    const store = await open(dataDir);
    await store.members.save({ user: 'U0ADMIN', role: 'admin', branches: [] }, 'test', NOW);
    const files = [store.label, `${store.label}-wal`, `${store.label}-shm`];
    expect([dataDir, ...files].map(modeOf)).toEqual([0o700, 0o600, 0o600, 0o600]);
  });

  test('is mended where an earlier version left it open', async () => {
    const dataDir = freshFolder();
    await (await openStore({ dataDir })).close();
    chmodSync(databaseFile(dataDir), 0o644);
    const { label: file } = await open(dataDir);
    expect(modeOf(file)).toBe(0o600);
  });
});

describe('a file that is not what it was', () => {
  test('an empty one is a fault and no new store', async () => {
    const dataDir = freshFolder();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(databaseFile(dataDir), '');
    await expect(openStore({ dataDir })).rejects.toThrow('データベースのファイルが空です');
    expect(statSync(databaseFile(dataDir)).size).toBe(0);
  });

  test.each<[string, (file: string) => void, string | null]>([
    ['untouched', () => undefined, null],
    ['deleted', (file) => rmSync(file), 'なくなっています'],
    ['emptied', (file) => truncateSync(file), '空になっています'],
    [
      'replaced',
      (file) => {
        renameSync(file, `${file}.old`);
        writeFileSync(file, 'x');
      },
      '入れ替わっています',
    ],
  ])('%s is told', async (_, change, said) => {
    const store = await open(freshFolder());
    expect(await store.storeProblem()).toBeNull();
    change(store.label);
    const problem = await store.storeProblem();
    if (said === null) expect(problem).toBeNull();
    else expect(problem).toContain(said);
  });

  test('two processes may make it at the same moment', async () => {
    const dataDir = freshFolder();
    const opened = await Promise.all([open(dataDir), open(dataDir), open(dataDir)]);
    expect(await Promise.all(opened.map((store) => store.storeProblem()))).toEqual([null, null, null]);
  });
});

describe('a backup', () => {
  async function backups() {
    const full = await open(freshFolder());
    await full.members.save({ user: 'U0ADMIN', role: 'admin', branches: [] }, 'test', NOW);
    const empty = await open(freshFolder());
    const to = join(freshFolder(), 'copy.sqlite');
    return { full, empty, to };
  }

  test('with something in it is not replaced with nothing', async () => {
    const { full, empty, to } = await backups();
    await backUpStore({ from: full.label, to, overwrite: false });
    const { size } = statSync(to);
    const replacing = backUpStore({ from: empty.label, to, overwrite: true });
    await expect(replacing).rejects.toThrow('中身のある控えを置きかえません');
    expect(statSync(to).size).toBe(size);
    await backUpStore({ from: full.label, to, overwrite: true });
  });

  test('of nothing may be made, and replace another of nothing', async () => {
    const { empty, to } = await backups();
    await backUpStore({ from: empty.label, to, overwrite: false });
    await backUpStore({ from: empty.label, to, overwrite: true });
  });
});

test.each([
  ['SQLITE_FULL', 'ディスクの空きがありません'],
  ['ENOSPC', 'ディスクの空きがありません'],
  ['EDQUOT', 'ディスクの空きがありません'],
  ['ERR_DLOPEN_FAILED', 'npm rebuild better-sqlite3'],
  ['MODULE_NOT_FOUND', 'npm ci'],
  ['EROFS', '書き込めません'],
])('%s is told as what it is', (code, said) => {
  const fault = sqliteFault(Object.assign(new Error('x'), { code }), 'planbot.sqlite');
  expect(fault.toLine()).toContain(said);
});

test('a full disk is told, though SQLite has undone the transaction by itself', async () => {
  const dialect = await openSqlite(freshFolder());
  const db = new Kysely<StoreSchema>({ dialect: dialect.kysely });
  onTestFinished(() => db.destroy());
  await sql`create table note (text)`.execute(db);
  await sql`pragma max_page_count = 4`.execute(db);
  const writing = dialect.write(db, (trx) =>
    sql`insert into note values (${'x'.repeat(100_000)})`.execute(trx),
  );
  const told = writing.catch((cause: unknown) => dialect.fault(cause).toLine());
  expect(await told).toContain('ディスクの空きがありません');
});

test.each(['a\nplanbot: 完了.txt', 'a\r\nb', 'a\u2028b', 'a\u0085b', 'a\u001b[2Jb', '\u202etxt.exe'])(
  'a file name %j breaks no line',
  (file) => {
    const line = new AppError('unreadable_file', {
      message: `読めません\n${file}`,
      file,
      text: file,
    }).toLine();
    for (const mark of ['\n', '\r', '\u0085', '\u001b', '\u2028', '\u202e']) expect(line).not.toContain(mark);
  },
);

test('the rights of a folder that is there already are left as they are', async () => {
  const dataDir = freshFolder();
  mkdirSync(dataDir, { recursive: true });
  execFileSync('chmod', ['755', dataDir]);
  await open(dataDir);
  expect(modeOf(dataDir)).toBe(0o755);
});

async function fault(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${error}`);
  return error;
}

test('while another process writes, reading goes on and writing waits', async () => {
  const dataDir = freshFolder();
  const first = await open(dataDir);
  await first.documents.replace([madeUpDocument()], NOW);
  const writer = openFile(first.label);
  writer.exec('begin immediate');

  const second = await open(dataDir);
  expect(await second.knowledge.kpis({})).toHaveLength(1);
  const order: string[] = [];
  const marked = first.requests
    .claim({ key: 'Ev1', body: null }, NOW)
    .then((fresh) => order.push(`marked ${fresh}`));
  expect(await second.documents.list()).toHaveLength(1);
  order.push('the writer ends');
  writer.exec('commit');
  writer.close();
  await marked;
  expect(order).toEqual(['the writer ends', 'marked 1']);
});

test('a folder that cannot be made is a fault that names it', async () => {
  const file = join(freshFolder(), 'file');
  writeFileSync(file, '');
  const error = await fault(openStore({ dataDir: join(file, 'data') }));
  expect([error.code, error.toLine()]).toEqual([
    'store_unavailable',
    `${join(file, 'data')}: データフォルダーを作れません`,
  ]);
});

test.runIf(existsSync('/proc/self'))(
  'a folder that takes no new ones is a fault, not a wait without end',
  async () => {
    expect((await fault(openStore({ dataDir: '/proc/planbot' }))).toLine()).toBe(
      '/proc/planbot: データフォルダーを作れません',
    );
  },
);

test('a file that is no database is a fault that says so', async () => {
  const dataDir = freshFolder();
  writeFileSync(join(dataDir, 'planbot.sqlite'), 'これはデータベースではありません。'.repeat(100));
  const error = await fault(openStore({ dataDir }));
  expect(error.toLine()).toContain('planbot.sqlite: データベースのファイルが壊れています');
});

test('a folder in the place of the database is a fault', async () => {
  const dataDir = freshFolder();
  mkdirSync(join(dataDir, 'planbot.sqlite'));
  expect((await fault(openStore({ dataDir }))).toLine()).toContain('データベースを開けません');
});
