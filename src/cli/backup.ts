import { AppError } from '../model/errors.ts';
import { backUpStore } from '../store/backup.ts';
import { databaseFile } from '../store/dialect.ts';
import { isThere } from '../store/keep-file.ts';
import { openStore } from '../store/store.ts';
import { type CommandIo, dataFolder, parseCommand, wrongUse } from './command.ts';
import { whoRuns } from './who-runs.ts';

/** `planbot backup`: the whole store in one file, also while `serve` runs. */
export async function backup(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { by: { type: 'string' }, force: { type: 'boolean' } });
  const [to] = positionals;
  if (to === undefined || positionals.length > 1) {
    throw wrongUse('控えを書き出すファイルを1つ指定してください');
  }
  const dataDir = dataFolder(values.data, io.env);
  if (!(await isThere(databaseFile(dataDir)))) {
    throw new AppError('store_unavailable', { message: '控えをとるデータがまだありません', file: dataDir });
  }
  const store = await openStore({ dataDir });
  try {
    const bytes = await backUpStore({ from: store.file, to, overwrite: values.force ?? false });
    const entry = { action: 'store_backed_up', actor: whoRuns(values.by), subject: to } as const;
    await store.appendAudit({ ...entry, detail: `${bytes}バイト` }, io.now());
    io.print(`控えを書き出しました: ${to}（${inMegabytes(bytes)}MB）`);
  } finally {
    await store.close();
  }
}

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
