import { extname } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { importNotes } from '../cli/import-notes.ts';
import { describeBad, formatImport, refusalOf } from '../cli/import-report.ts';
import { formatReport } from '../cli/ingest-report.ts';
import { keepDocuments, refuseOtherPlan } from '../cli/keep-documents.ts';
import { openReader } from '../documents/reader.ts';
import { AppError } from '../model/errors.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import type { BroughtFile } from '../playground/trial-desk.ts';
import type { Planbot } from './planbot.ts';

type Taker = Pick<Planbot, 'store' | 'catalogue' | 'openKnowledge' | 'openPassages'>;

/**
 * Takes a plan, or a table of staff's figures (.csv, .xlsx), that is not on disk, and says what was found as the
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
  const { store, catalogue } = parts.planbot;
  if (kind === '.csv' || kind === '.xlsx') {
    const taken = await takeTable(file, parts.planbot, parts.now()).catch((fault: unknown) => {
      // A sheet without the headings of a table of staff's may be a plan.
      if (fault instanceof AppError && fault.code === 'bad_import' && fault.line === undefined) return fault;
      throw fault;
    });
    if (typeof taken === 'string') return taken;
    const isPlan = await readPlan(file).catch(() => null);
    if (isPlan === null) throw taken;
  }
  const document = await readPlan(file);
  refuseOtherPlan(document, await store.parts());
  const hadNone = (await store.documents()).length === 0;
  await tell('保存しています');
  const kept = await keepDocuments(store, [document], parts.now());
  await tell('索引を作っています');
  await parts.planbot.openPassages();
  const reports = kept.map(({ document: read, change }) => formatReport(read, change, catalogue));
  const note = 'これより、付属の数値に加えて、取り込んだ資料からもお答えします。';
  return (hadNone ? [...reports, '', note] : reports).join('\n');
}

async function readPlan({ name, bytes }: BroughtFile): Promise<IngestedDocument> {
  const reader = openReader();
  try {
    return await reader.read({ name, bytes });
  } finally {
    await reader.close();
  }
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
