import { loadCatalogue } from '../knowledge/catalogue-loader.ts';
import { openStore } from '../knowledge/store.ts';
import { isoDayInTokyo } from '../model/calendar-day.ts';
import type { Reminder } from '../model/reminder.ts';
import { findDue } from '../reminders/due.ts';
import { readSituation } from '../reminders/situation.ts';
import { type CommandIo, dataFolder, parseCommand, parseMoment, wrongUse } from './command.ts';
import { knownNow } from './known-now.ts';

/** `planbot remind`: what is due at a moment. */
export async function remind(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    at: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (positionals.length > 0) {
    throw wrongUse('remind に引数はありません');
  }
  const at = values.at === undefined ? io.now() : parseMoment(values.at);
  const catalogue = loadCatalogue();
  const store = await openStore({ dataDir: dataFolder(values.data, io.env) });
  try {
    const knowledge = await knownNow(store, catalogue);
    const [actuals, owners] = await Promise.all([store.reportedActuals(), store.owners()]);
    const today = isoDayInTokyo(at);
    const { reminders } = findDue(await readSituation({ knowledge, actuals, owners, catalogue, today }));
    for (const reminder of reminders) {
      io.print(values.json ? JSON.stringify(reminderLine(reminder)) : reminder.text);
    }
    if (reminders.length === 0 && !values.json) {
      io.print('お知らせすることはありません。');
    }
  } finally {
    await store.close();
  }
}

/** The keys that other programs rely on. */
function reminderLine({ asOf, series: _, rank: __, source, ...reminder }: Reminder) {
  return {
    ...reminder,
    as_of: asOf,
    source: source && { file: source.file, line: source.line },
  };
}
