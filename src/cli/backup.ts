import { AppError } from '../model/errors.ts';
import { backUpStore } from '../store/dialects/sqlite/backup.ts';
import { databaseFile } from '../store/dialects/sqlite/sqlite.ts';
import { isThere } from '../store/keep-file.ts';
import { openStore } from '../store/store.ts';
import { type CommandIo, parseCommand, storeLocation, wrongUse } from './command.ts';
import { whoRuns } from './who-runs.ts';

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
    await store.appendAudit({ ...entry, detail: `${bytes}バイト` }, io.now());
    io.print(`控えを書き出しました: ${to}（${inMegabytes(bytes)}MB）`);
  } finally {
    await store.close();
  }
}

/** A server's database is backed up and restored with the server's own programs, as its others are. */
export function ofServer(message: string): AppError {
  return wrongUse(`データはPostgreSQLにあります。${message}`);
}

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
