import { copyStore } from '../store/copy.ts';
import { openStore } from '../store/store.ts';
import { type CommandIo, oneOf, parseCommand, storeLocation, whoRuns, wrongUse } from './command.ts';

const KINDS = ['sqlite', 'postgres'] as const;

/** `planbot copy --from sqlite --to postgres`, and back: all that is kept, into a database that is empty. */
export async function copy(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    by: { type: 'string' },
  });
  if (positionals.length > 0) throw wrongUse('copy には --from と --to だけを指定してください');
  const from = oneOf('--from', values.from ?? '', KINDS);
  const to = oneOf('--to', values.to ?? '', KINDS);
  if (from === to) throw wrongUse('--from と --to には別のものを指定してください');
  const { dataDir, database } = storeLocation(values.data, io.env);
  if (!database) throw wrongUse('環境変数 PLANBOT_DATABASE_URL にデータベースを指定してください');
  const folder = { dataDir };
  const server = { dataDir, database };
  const target = to === 'postgres' ? server : folder;
  const copied = await copyStore({ from: from === 'postgres' ? server : folder, to: target });
  const total = copied.tables.reduce((sum, { rows }) => sum + rows, 0);
  const store = await openStore(target);
  try {
    // What the old store still sends is not known to the new one: it looks before it posts.
    const entry = { action: 'store_restored', actor: whoRuns(values.by), subject: copied.from } as const;
    await store.audit.append({ ...entry, detail: `${total}行を写した` }, io.now());
  } finally {
    await store.close();
  }
  for (const { table, rows } of copied.tables) io.print(`${table} ${rows}行`);
  io.print(`${copied.from} から ${copied.to} へ写し、件数と内容が一致することを確かめました（${total}行）`);
}
