import { AppError } from '../model/errors.ts';
import type { StoreLocation } from '../store/dialects/dialect.ts';
import { backUpStore } from '../store/dialects/sqlite/backup.ts';
import { formatContents, restoreStore } from '../store/dialects/sqlite/restore.ts';
import { databaseFile } from '../store/dialects/sqlite/sqlite.ts';
import { isThere } from '../store/keep-file.ts';
import { openStore } from '../store/store.ts';
import { type CommandIo, parseCommand, storeLocation, whoRuns, wrongUse } from './command.ts';

/** `planbot backup`: the whole store in one file, also while `serve` runs. */
export async function backup(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { by: { type: 'string' }, force: { type: 'boolean' } });
  const [to] = positionals;
  if (to === undefined || positionals.length > 1) {
    throw wrongUse('控えを書き出すファイルを1つ指定してください');
  }
  const { dataDir, database } = storeLocation(values.data, io.env);
  if (database) throw ofServer('控えは pg_dump で作ってください（手順は scripts/deploy/README.md）');
  if (!(await isThere(databaseFile(dataDir)))) {
    throw new AppError('store_unavailable', { message: '控えをとるデータがまだありません', file: dataDir });
  }
  const store = await openStore({ dataDir });
  try {
    const bytes = await backUpStore({ from: store.label, to, overwrite: values.force ?? false });
    const entry = { action: 'store_backed_up', actor: whoRuns(values.by), subject: to } as const;
    await store.audit.append({ ...entry, detail: `${bytes}バイト` }, io.now());
    io.print(`控えを書き出しました: ${to}（${inMegabytes(bytes)}MB）`);
  } finally {
    await store.close();
  }
}

/** A server's database is backed up and restored with the server's own programs, as its others are. */
function ofServer(message: string): AppError {
  return wrongUse(`データはPostgreSQLにあります。${message}`);
}

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** `planbot restore`: the store as it was when the backup was made; the one that is there stays beside it. */
export async function restore(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    by: { type: 'string' },
    'after-pg-restore': { type: 'boolean' },
  });
  const { dataDir, database } = storeLocation(values.data, io.env);
  if (database) {
    if (!values['after-pg-restore'] || positionals.length > 0) {
      throw ofServer('pg_restore で戻してから planbot restore --after-pg-restore を実行してください');
    }
    return noteRestored({ dataDir, database }, whoRuns(values.by), io);
  }
  const [from] = positionals;
  if (from === undefined || positionals.length > 1) {
    throw wrongUse('復元する控えのファイルを1つ指定してください');
  }
  const { contents, setAside, wasFree, hasAudit } = await restoreStore({
    from,
    dataDir,
    by: whoRuns(values.by),
    now: io.now(),
  });
  io.print(`控えから復元しました: ${from}（${formatContents(contents)}）`);
  if (setAside !== null) {
    io.print(`これまでのデータは ${setAside} に残しました。不要になったら削除してください`);
  }
  if (!hasAudit) {
    io.print('これまでのデータが壊れていたため、控えのあとの監査記録は引き継げませんでした');
  }
  if (!wasFree) {
    io.print(
      'これまでのデータが壊れていたため、serve が動いているかは確かめられませんでした。動いていれば再起動してください',
    );
  }
  io.print(NOT_IN_IT);
}

const NOT_IN_IT =
  '控えのあとに行われた報告・設定・お知らせへの対応は含まれません。お知らせは、送る前に届いていないかを確かめます';

/** What was sent since the backup is not known to the store: from this entry on it looks before it posts. */
async function noteRestored(location: StoreLocation, by: string, io: CommandIo): Promise<void> {
  const store = await openStore(location);
  try {
    const entry = { action: 'store_restored', actor: by, subject: store.label } as const;
    await store.audit.append({ ...entry, detail: 'pg_restore' }, io.now());
    io.print(`復元したことを記録しました: ${store.label}`);
    io.print(NOT_IN_IT);
  } finally {
    await store.close();
  }
}
