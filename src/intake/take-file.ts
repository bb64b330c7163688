import { setImmediate as breathe } from 'node:timers/promises';
import { openReader } from '../documents/reader.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import type { Store } from '../store/store.ts';
import type { ReportTable } from '../tables/read-table.ts';
import { describeBad, formatImport, importNotes, refusalOf } from './import-report.ts';
import { formatReport } from './ingest-report.ts';
import { refuseOtherPlan, storeDocuments } from './store-documents.ts';

interface Taker {
  store: Store;
  catalogue: Catalogue;
  openKnowledge(): Promise<Knowledge>;
  openPassages(): Promise<unknown>;
}

interface BroughtFile {
  name: string;
  bytes: Buffer;
}

/**
 * Takes a plan, or a table of staff's figures, that is not on disk, and says what was found as the command line does.
 * What it is, its content says: its name may end as either's. AppError for a file that cannot be taken; nothing was
 * changed then.
 */
export async function takeFile(
  file: BroughtFile,
  parts: { planbot: Taker; now: () => Date; tell: (progress: string) => void },
): Promise<string> {
  // What was told must be on its way before the reading keeps this thread busy.
  const tell = async (progress: string): Promise<void> => {
    parts.tell(progress);
    await breathe();
  };
  await tell('読んでいます');
  const { store, catalogue } = parts.planbot;
  const table = await readTable(file, catalogue);
  if (!(table instanceof AppError)) return importTable(table, parts.planbot, parts.now());
  const document = await readPlan(file).catch((fault: unknown) => {
    throw fault instanceof AppError ? neither(fault, table) : fault;
  });
  refuseOtherPlan(document, await store.knowledge.parts());
  const hadNone = (await store.documents.list()).length === 0;
  await tell('保存しています');
  const kept = await storeDocuments(store.documents, [document], parts.now());
  await tell('索引を作っています');
  await parts.planbot.openPassages();
  const reports = kept.map(({ document: read, change }) => formatReport(read, change, catalogue));
  const notes = hadNone ? ['これより、付属の数値に加えて、取り込んだ資料からもお答えします。'] : [];
  // Headings much like a table's: whoever meant one should hear that their figures were not imported.
  if (table.code === 'bad_import' && table.text === undefined) {
    notes.unshift(`資料として読みました。実績などの表としては、取り込んでいません（${table.message}）。`);
  }
  return (notes.length > 0 ? [...reports, '', ...notes] : reports).join('\n');
}

async function readPlan({ name, bytes }: BroughtFile): Promise<IngestedDocument> {
  const reader = openReader();
  try {
    return await reader.read({ name, bytes });
  } finally {
    await reader.close();
  }
}

/** A table of staff's figures; what keeps the file from being one, where it is none. */
async function readTable(file: BroughtFile, catalogue: Catalogue): Promise<ReportTable | AppError> {
  const { readSharedTable } = await import('../tables/read-table.ts');
  try {
    return await readSharedTable(file, catalogue);
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
}

/** A format that cannot be read at all is named once; for rows without the headings of either, both are. */
function neither(plan: AppError, table: AppError): AppError {
  if (table.code !== 'bad_import') return plan;
  const at = table.line === undefined ? '' : `${table.line}行目：`;
  const message = `資料としても、実績などの表としても読めません。資料として：${plan.message}。表として：${at}${table.message}`;
  const { file, line, text } = plan;
  return new AppError(plan.code, { message, file, line, text, cause: plan });
}

async function importTable(table: ReportTable, planbot: Taker, now: Date): Promise<string> {
  const { store, catalogue } = planbot;
  if (table.bad.length > 0) {
    const message = [refusalOf(table.bad), ...describeBad(table.bad)].join('\n');
    throw new AppError('bad_import', { message, file: table.file });
  }
  const { kind, file, digest, lines } = table;
  const notes = await importNotes(table, await planbot.openKnowledge(), store.figures);
  const change = await store.figures.import({ kind, file, digest, by: null, lines }, now);
  return formatImport(table, change, notes, catalogue);
}
