import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import { backUpStore } from '../../src/store/dialects/sqlite/backup.ts';
import { openFile } from '../../src/store/dialects/sqlite/files.ts';
import { restoreStore } from '../../src/store/dialects/sqlite/restore.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshFolder } from './data-folder.ts';
import { madeUpDocument } from './made-up-document.ts';

const NOW = new Date('2025-07-31T03:00:00Z');
const LATER = new Date('2025-08-01T03:00:00Z');

async function open(dataDir = freshFolder()): Promise<Store> {
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  return store;
}

async function fault(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${error}`);
  return error;
}

const place = (name = '控え.sqlite') => join(freshFolder(), name);

/** A process of its own that writes one row into each of two tables, a transaction a time, as fast as it can. */
const WRITER = `
  const database = new (require('better-sqlite3'))(process.argv[1], { timeout: 5000 });
  const one = database.prepare("insert into thread values (?, ?, '')");
  const two = database.prepare("insert into unanswered values ('', ?, '', '')");
  const write = database.transaction((key) => { one.run(key, 'x'.repeat(900)); two.run(key); });
  for (let n = 0; n < 2000; n += 1) write('before ' + n);
  console.log('ready');
  for (let n = 0; n < 1e6; n += 1) write('during ' + n);
`;

async function startWriter(file: string): Promise<void> {
  const child = spawn(process.execPath, ['-e', WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await once(child.stdout, 'data');
}

describe('a backup', () => {
  test('is of one moment and whole, though another process never stops writing', async () => {
    const store = await open();
    await startWriter(store.label);
    const to = place();
    const bytes = await backUpStore({ from: store.label, to, overwrite: false });
    expect(bytes).toBe(statSync(to).size);
    const copy = openFile(to, { readonly: true });
    onTestFinished(() => void copy.close());
    const count = (table: string) => copy.prepare(`select count(*) from ${table}`).pluck().get();
    expect(count('thread')).toBeGreaterThanOrEqual(2000);
    expect(count('thread')).toBe(count('unanswered'));
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    const behind = openFile(store.label, { readonly: true });
    onTestFinished(() => void behind.close());
    expect(behind.prepare('select count(*) from thread').pluck().get()).toBeGreaterThan(
      Number(count('thread')),
    );
  });

  test('is one file that nobody else may read, with nothing left beside it', async () => {
    const store = await open();
    const to = place();
    await backUpStore({ from: store.label, to, overwrite: false });
    expect(readdirSync(join(to, '..'))).toEqual(['控え.sqlite']);
    expect(statSync(to).mode & 0o777).toBe(0o600);
  });

  test('takes the place of another file only when told to', async () => {
    const store = await open();
    const to = place();
    writeFileSync(to, '大切なもの');
    const refused = await fault(backUpStore({ from: store.label, to, overwrite: false }));
    expect(refused.toLine()).toBe(`${to}: すでにあります。上書きするには --force をつけてください`);
    expect(readFileSync(to, 'utf8')).toBe('大切なもの');
    await backUpStore({ from: store.label, to, overwrite: true });
    expect(readFileSync(to, 'latin1')).toMatch(/^SQLite format 3/);
  });

  test('leaves the older one where it fails', async () => {
    const store = await open();
    await store.documents.replace([madeUpDocument()], NOW);
    await store.close();
    const damaged = damage(store.label);
    const to = place();
    writeFileSync(to, '前の控え');
    const error = await fault(backUpStore({ from: damaged, to, overwrite: true }));
    expect(error.toLine()).toContain('壊れて');
    expect(readFileSync(to, 'utf8')).toBe('前の控え');
    expect(readdirSync(join(to, '..'))).toEqual(['控え.sqlite']);
  });

  test.each([
    ['the store itself', (store: Store) => store.label, '使用中のデータそのものです'],
    ['what the store is about to hold', (store: Store) => `${store.label}-wal`, '使用中のデータそのものです'],
    ['a folder that is not there', () => join(freshFolder(), 'ない', 'x'), 'フォルダーがありません'],
    ['where no file can be made', () => '/proc/planbot-backup', 'ファイルに書けません'],
  ])('is refused for %s', async (_, to, why) => {
    const store = await open();
    const error = await fault(backUpStore({ from: store.label, to: to(store), overwrite: true }));
    expect([error.code, error.toLine()]).toEqual(['unwritable_file', expect.stringContaining(why)]);
    expect(await store.documents.list()).toEqual([]);
  });
});

/** The same file with zeros over a page in its middle. */
function damage(file: string): string {
  const bytes = readFileSync(file);
  const page = Math.floor(bytes.length / 2 / 4096) * 4096;
  bytes.fill(0, page, page + 4096);
  const damaged = place('壊れた.sqlite');
  writeFileSync(damaged, bytes);
  return damaged;
}

/** A store with something of each kind, and its backup; what comes later is not in it. */
async function backedUp() {
  const dataDir = freshFolder();
  const store = await openStore({ dataDir });
  await store.documents.replace([madeUpDocument()], NOW, '佐藤');
  await store.members.save({ user: 'U0TOKYO', role: 'reporter', branches: ['東京'] }, 'U0ADMIN', NOW);
  const content = { type: 'word' as const, words: [{ text: 'お知らせ' }] };
  const message = {
    key: 'a',
    parentId: null,
    audience: 'branch' as const,
    branch: '東京',
    content,
    items: [],
  };
  await store.outbox.withDue((trx) => trx.add(message, NOW));
  const to = place();
  await backUpStore({ from: store.label, to, overwrite: false });
  const known = await everything(store);
  await store.members.save({ user: 'U0TOKYO', role: 'viewer', branches: [] }, 'U0ADMIN', LATER);
  await store.outbox.withDue((trx) => trx.withdraw(1));
  await store.documents.replace([madeUpDocument('later.txt')], LATER, '鈴木');
  await store.close();
  return { dataDir, to, known, file: store.label };
}

async function everything(store: Store) {
  return {
    documents: await store.documents.list(),
    kpis: await store.knowledge.kpis({}),
    members: await store.members.list(),
    outbox: await store.outbox.messages(),
  };
}

const restoring = (from: string, dataDir: string) => restoreStore({ from, dataDir, by: '佐藤', now: LATER });

describe('a restore', () => {
  test('into a place that takes no folder is refused', async () => {
    const { to } = await backedUp();
    const error = await fault(restoring(to, '/proc/planbot'));
    expect(error.toLine()).toBe('/proc/planbot: データフォルダーに書けません');
  });

  test('gives back what the backup holds; the store that was there stays beside it', async () => {
    const { dataDir, to, known, file } = await backedUp();
    const restored = await restoring(to, dataDir);
    expect(restored).toEqual({
      contents: { documents: 1, figures: 0, members: 1, reminders: 1 },
      setAside: `${file}.202508011200`,
      wasFree: true,
      hasAudit: true,
    });
    expect(await everything(await open(dataDir))).toEqual(known);
    const other = freshFolder();
    copyFileSync(`${file}.202508011200`, join(other, 'planbot.sqlite'));
    expect((await (await open(other)).documents.list()).map((document) => document.file)).toEqual([
      'later.txt',
      'plan.txt',
    ]);
    expect(existsSync(join(dataDir, 'restoring'))).toBe(false);
  });

  test('keeps what the audit log says of the time since', async () => {
    const { dataDir, to } = await backedUp();
    await restoring(to, dataDir);
    const entries = await (await open(dataDir)).audit.entries();
    expect(entries.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`)).toEqual([
      '佐藤 document_ingested plan.txt',
      'U0ADMIN member_saved U0TOKYO',
      'U0ADMIN member_saved U0TOKYO',
      '鈴木 document_ingested later.txt',
      `佐藤 store_restored ${to}`,
    ]);
  });

  test('twice in a minute loses neither of the stores that were there', async () => {
    const { dataDir, to, file } = await backedUp();
    const first = await restoring(to, dataDir);
    const second = await restoring(to, dataDir);
    expect([first.setAside, second.setAside]).toEqual([`${file}.202508011200`, `${file}.202508011200-2`]);
  });

  test('fills a data folder that is empty', async () => {
    const { to, known } = await backedUp();
    const dataDir = join(freshFolder(), 'data');
    mkdirSync(dataDir);
    expect(await restoring(to, dataDir)).toMatchObject({ setAside: null, wasFree: true });
    expect(await everything(await open(dataDir))).toEqual(known);
  });

  test('takes the place of a store that is damaged, and says that nobody could tell who uses it', async () => {
    const { dataDir, to, known, file } = await backedUp();
    writeFileSync(file, '壊れたデータベース'.repeat(1000));
    const { setAside, wasFree, hasAudit } = await restoring(to, dataDir);
    expect([wasFree, hasAudit]).toEqual([false, false]);
    expect(readFileSync(setAside ?? '', 'utf8')).toContain('壊れた');
    expect(await everything(await open(dataDir))).toEqual(known);
  });

  test('takes the place of a store whose tables cannot be read any more', async () => {
    const { dataDir, to, known, file } = await backedUp();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 100, 4096));
    expect(await restoring(to, dataDir)).toMatchObject({ hasAudit: false });
    expect(await everything(await open(dataDir))).toEqual(known);
  });

  test('is refused while somebody works with the store, and possible when they have ended', async () => {
    const { dataDir, to } = await backedUp();
    const serving = await openStore({ dataDir });
    await serving.documents.list();
    const error = await fault(restoring(to, dataDir));
    expect(error.toLine()).toContain('planbotがこのデータを使っています');
    expect((await serving.documents.list()).length).toBe(2);
    await serving.close();
    expect((await restoring(to, dataDir)).wasFree).toBe(true);
  });

  test('is refused while another process has the store open, however idle', async () => {
    const { dataDir, to, file } = await backedUp();
    const idle = `
      const database = new (require('better-sqlite3'))(process.argv[1]);
      database.prepare('select count(*) from document').get();
      console.log('open');
      setInterval(() => undefined, 1000);
    `;
    const child = spawn(process.execPath, ['-e', idle, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect((await fault(restoring(to, dataDir))).toLine()).toContain('planbotがこのデータを使っています');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await restoring(to, dataDir)).wasFree).toBe(true);
  });

  test.each<[string, (to: string) => string, string]>([
    ['is not there', () => place('ない.sqlite'), 'ファイルがありません'],
    ['is a folder', () => freshFolder(), '控えを読めません'],
    ['is text', () => written('控えではない文章です。'.repeat(500)), 'planbotの控えではないか、壊れています'],
    ['is empty', () => written(''), 'planbotの控えではありません'],
    ['is of another program', () => foreign(), 'planbotの控えではありません'],
    ['is of a newer planbot', newer, '新しい版のplanbotの控えです'],
    ['is cut off', (to) => written(readFileSync(to).subarray(0, 50_000)), '壊れています'],
    ['is damaged inside', damage, '壊れています'],
    ['has rows that are none of ours', strange, '控えの内容が正しくありません'],
    ['was copied while it was written to', halfWritten, '書き込みの途中のファイルです'],
  ])('is refused in one line where the file %s, and changes nothing', async (_, make, why) => {
    const { dataDir, to } = await backedUp();
    const from = make(to);
    const error = await fault(restoring(from, dataDir));
    expect([error.code, error.file]).toEqual(['bad_backup', from]);
    expect(error.toLine()).toContain(why);
    expect(error.toLine()).not.toContain('\n');
    expect((await (await open(dataDir)).documents.list()).length).toBe(2);
    expect(readdirSync(dataDir).filter((name) => /restoring|2025/.test(name))).toEqual([]);
  });
});

function written(content: string | Uint8Array): string {
  const file = place('ほかのファイル');
  writeFileSync(file, content);
  return file;
}

function foreign(): string {
  const file = place('家計簿.sqlite');
  const database = openFile(file);
  database.exec('create table spending (yen integer)');
  database.close();
  return file;
}

function changed(to: string, statement: string): string {
  const file = place('変えた.sqlite');
  copyFileSync(to, file);
  const database = openFile(file);
  database.exec(statement);
  database.close();
  return file;
}

function newer(to: string): string {
  return changed(to, "insert into kysely_migration (name, timestamp) values ('9999_future', '2030-01-01')");
}

function strange(to: string): string {
  return changed(to, "update member set role = '部長'");
}

function halfWritten(to: string): string {
  const file = place('写し.sqlite');
  copyFileSync(to, file);
  writeFileSync(`${file}-wal`, 'まだ本体に入っていない書き込み');
  return file;
}
