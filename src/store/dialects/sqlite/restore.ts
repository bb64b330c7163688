import { chmod, chown, copyFile, link, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isoDayInTokyo, timeInTokyo } from '../../../model/calendar-day.ts';
import { AppError } from '../../../model/errors.ts';
import { isThere, makeFolder, moveIntoPlace } from '../../keep-file.ts';
import { migrationsFor } from '../../migrations.ts';
import { openStore, type Store } from '../../store.ts';
import { holdAlone, isDamage, isIntact, type LockedDatabase, migrationsIn } from './files.ts';
import { databaseFile, sqliteFault } from './sqlite.ts';

/** How much a store holds. */
interface StoreContents {
  documents: number;
  /** Rows that staff ever reported. */
  figures: number;
  members: number;
  reminders: number;
}

interface Restored {
  contents: StoreContents;
  /** Where the store is now that was there before; null where none was. */
  setAside: string | null;
  /** False where the old store was too damaged to tell whether planbot is working with it. */
  wasFree: boolean;
  /** False where the old store was too damaged for its audit log to be read. */
  hasAudit: boolean;
}

/**
 * Puts a backup in the place of the data folder's store, after having read all of it. The old store stays beside
 * it, and what its audit log has more goes into the new one. Throws AppError `bad_backup` for a file that is none
 * of ours, damaged or of a newer planbot, `store_unavailable` where a planbot works with the folder. A process
 * that opens the store in the very moment of the change may still get the old one.
 */
export async function restoreStore(options: {
  from: string;
  dataDir: string;
  by: string;
  now: Date;
}): Promise<Restored> {
  const { from, dataDir, by, now } = options;
  const folder = join(dataDir, 'restoring');
  const store = databaseFile(dataDir);
  const fresh = databaseFile(folder);
  const held = await hold(store);
  try {
    await rm(folder, { recursive: true, force: true });
    makeFolder(resolve(folder));
    await takeCopy(from, fresh);
    const contents = await openAs(from, folder, contentsOf);
    const hasAudit = addAudit(held, fresh);
    const entry = { action: 'store_restored', actor: by, subject: from } as const;
    const detail = formatContents(contents);
    await openAs(from, folder, (copy) => copy.audit.append({ ...entry, detail }, now));
    await giveTo(store, fresh);
    const setAside = await keepAside(store, now);
    await moveIntoPlace(fresh, store);
    return { contents, setAside, wasFree: held !== 'damaged', hasAudit };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = 'データフォルダーに書けません';
    throw new AppError('store_unavailable', { message, file: dataDir, cause });
  } finally {
    if (held !== 'damaged') held?.letGo();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** 資料 5、報告された数値 12、利用者 3、お知らせ 40. */
export function formatContents({ documents, figures, members, reminders }: StoreContents): string {
  return `資料 ${documents}、報告された数値 ${figures}、利用者 ${members}、お知らせ ${reminders}`;
}

/** Reads what there is, so that a row that cannot be read is found before the store is in use. */
async function contentsOf(store: Store): Promise<StoreContents> {
  await Promise.all([
    store.knowledge.kpis({}),
    store.documents.passages(),
    store.feedback.list(),
    store.audit.entries(),
  ]);
  return {
    documents: (await store.documents.list()).length,
    figures: (await store.figures.history()).length,
    members: (await store.members.list()).length,
    reminders: (await store.outbox.messages()).length,
  };
}

/** Null where there is no store yet. */
async function hold(store: string): Promise<LockedDatabase | 'damaged' | null> {
  if (!(await isThere(store))) return null;
  try {
    const held = holdAlone(store);
    if (held) return held;
  } catch (cause) {
    if (isDamage(cause)) return 'damaged';
    throw sqliteFault(cause, store);
  }
  const message = 'planbotがこのデータを使っています。serve などを止めてからやり直してください';
  throw new AppError('store_unavailable', { message, file: store });
}

/** What happened since the backup stays in the audit log. False where nobody can read it any more. */
function addAudit(held: LockedDatabase | 'damaged' | null, fresh: string): boolean {
  if (held === 'damaged') return false;
  try {
    held?.addRows('audit_entry', fresh);
    return true;
  } catch (cause) {
    if (isDamage(cause)) return false;
    throw cause;
  }
}

/** Names of the migrations of this planbot. */
const KNOWN = new Set(Object.keys(migrationsFor({ makeAppendOnly: async () => undefined })));

/** What is checked is the copy, which nobody else can change meanwhile. */
async function takeCopy(from: string, fresh: string): Promise<void> {
  if (!(await isThere(from))) throw unusable(from, 'ファイルがありません');
  const log = await stat(`${from}-wal`).catch(() => null);
  if (log && log.size > 0) {
    throw unusable(from, '書き込みの途中のファイルです。planbot backup で作った控えを指定してください');
  }
  try {
    await copyFile(from, fresh);
    const known = migrationsIn(fresh);
    if (known === null) throw unusable(from, 'planbotの控えではありません');
    if (known.some((name) => !KNOWN.has(name))) {
      throw unusable(from, '新しい版のplanbotの控えです。planbotを新しくしてください');
    }
    if (!isIntact(fresh)) throw unusable(from, '控えが壊れています');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unusable(
      from,
      isDamage(cause) ? 'planbotの控えではないか、壊れています' : '控えを読めません',
      cause,
    );
  }
}

/** Brings its tables up to date, and finds what this planbot could not work with. */
async function openAs<T>(from: string, folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  try {
    const store = await openStore({ dataDir: folder });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw unusable(from, `控えの内容が正しくありません（${cause.message}）`, cause);
  }
}

/** Whoever restores may be another account than the one that planbot runs under. */
async function giveTo(store: string, fresh: string): Promise<void> {
  const old = await stat(store).catch(() => null);
  if (old === null) return;
  await chmod(fresh, old.mode);
  await chown(fresh, old.uid, old.gid).catch(() => undefined);
}

/**
 * The old store under a second name that says when, so that at no moment none stands in its place. Writes that had
 * not reached a damaged one go along: SQLite would take them for the new one's.
 */
async function keepAside(store: string, now: Date): Promise<string | null> {
  if (!(await isThere(store))) return null;
  const stamp = `${isoDayInTokyo(now)}-${timeInTokyo(now)}`.replaceAll(/[-:]/g, '');
  let aside = `${store}.${stamp}`;
  for (let turn = 2; await isThere(aside); turn += 1) aside = `${store}.${stamp}-${turn}`;
  for (const part of ['-wal', '-shm']) {
    if (await isThere(`${store}${part}`)) await rename(`${store}${part}`, `${aside}${part}`);
  }
  // Not every file system knows second names.
  await link(store, aside).catch(() => copyFile(store, aside));
  return aside;
}

function unusable(file: string, message: string, cause?: unknown): AppError {
  return new AppError('bad_backup', { message, file, cause });
}
