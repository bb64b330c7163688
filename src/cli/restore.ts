import type { StoreLocation } from '../store/dialects/dialect.ts';
import { formatContents, restoreStore } from '../store/dialects/sqlite/restore.ts';
import { openStore } from '../store/store.ts';
import { ofServer } from './backup.ts';
import { type CommandIo, parseCommand, storeLocation, wrongUse } from './command.ts';
import { whoRuns } from './who-runs.ts';

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
    await store.appendAudit({ ...entry, detail: 'pg_restore' }, io.now());
    io.print(`復元したことを記録しました: ${store.label}`);
    io.print(NOT_IN_IT);
  } finally {
    await store.close();
  }
}
