import { formatContents, restoreStore } from '../store/restore.ts';
import { type CommandIo, dataFolder, parseCommand, wrongUse } from './command.ts';
import { whoRuns } from './who-runs.ts';

/** `planbot restore`: the store as it was when the backup was made; the one that is there stays beside it. */
export async function restore(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { by: { type: 'string' } });
  const [from] = positionals;
  if (from === undefined || positionals.length > 1) {
    throw wrongUse('復元する控えのファイルを1つ指定してください');
  }
  const { contents, setAside, wasFree, hasAudit } = await restoreStore({
    from,
    dataDir: dataFolder(values.data, io.env),
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
  io.print(
    '控えのあとに行われた報告・設定・お知らせへの対応は含まれません。お知らせは、送る前に届いていないかを確かめます',
  );
}
