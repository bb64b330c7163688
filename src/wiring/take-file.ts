import { extname } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { importNotes } from '../cli/import-notes.ts';
import { describeBad, formatImport, refusalOf } from '../cli/import-report.ts';
import { formatReport } from '../cli/ingest-report.ts';
import { keepDocuments } from '../cli/keep-documents.ts';
import { ingestBytes } from '../documents/ingest.ts';
import { AppError } from '../model/errors.ts';
import type { BroughtFile } from '../playground/trial-desk.ts';
import type { Planbot } from './planbot.ts';

type Taker = Pick<Planbot, 'store' | 'catalogue' | 'openKnowledge' | 'openPassages'>;

/**
 * Takes a plan (.txt, .pdf) or a table of figures (.csv, .xlsx) that is not on disk, and says what was found as the
 * command line does. AppError for a file that cannot be taken; nothing was changed then.
 */
export async function takeFile(
  file: BroughtFile,
  parts: { planbot: Taker; now: () => Date; tell: (progress: string) => void },
): Promise<string> {
  const kind = extname(file.name).toLowerCase();
  // What was told must be on its way before the reading keeps this thread busy.
  const tell = async (progress: string): Promise<void> => {
    parts.tell(progress);
    await breathe();
  };
  await tell('読んでいます');
  if (kind === '.csv' || kind === '.xlsx') return takeTable(file, parts.planbot, parts.now());
  if (kind !== '.txt' && kind !== '.pdf') {
    const message = '.txt、.pdf、.csv、.xlsx のどれかにしてください';
    throw new AppError('unreadable_file', { message, file: file.name });
  }
  const { store, catalogue } = parts.planbot;
  const hadNone = (await store.documents()).length === 0;
  const document = await ingestBytes(file, catalogue);
  await tell('保存しています');
  const kept = await keepDocuments(store, [document], parts.now());
  await tell('索引を作っています');
  await parts.planbot.openPassages();
  const reports = kept.map(({ document: read, change }) => formatReport(read, change, catalogue));
  const note = 'これより、付属の数値と見本にかえて、取り込んだ資料からお答えします。';
  return (hadNone ? [...reports, '', note] : reports).join('\n');
}

async function takeTable(file: BroughtFile, planbot: Taker, now: Date): Promise<string> {
  const { store, catalogue } = planbot;
  const { readSharedTable } = await import('../tables/read-table.ts');
  const table = await readSharedTable(file, catalogue);
  if (table.bad.length > 0) {
    const message = [refusalOf(table.bad), ...describeBad(table.bad)].join('\n');
    throw new AppError('bad_import', { message, file: file.name });
  }
  const { kind, digest, lines } = table;
  const notes = await importNotes(table, await planbot.openKnowledge(), store);
  const change = await store.importFigures({ kind, file: table.file, digest, by: null, lines }, now);
  return formatImport(table, change, notes, catalogue);
}
