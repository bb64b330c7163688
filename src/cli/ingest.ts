import { basename } from 'node:path';
import { prepareStorePassages } from '../app/store-passages.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { openReader } from '../documents/reader.ts';
import { formatReport, reportLine } from '../intake/ingest-report.ts';
import { refuseOtherPlan, storeDocuments } from '../intake/store-documents.ts';
import { loadTokenizer } from '../japanese/tokenizer.ts';
import { AppError } from '../model/errors.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { openStore } from '../store/store.ts';
import { type CommandIo, parseCommand, storeLocation, whoRuns, wrongUse } from './command.ts';
import { listDocumentPaths } from './document-paths.ts';

/**
 * `planbot ingest`: what can be read is stored at once, all of it or none; every file that cannot is named with its
 * reason. With --all-or-nothing one such file keeps all from being stored.
 */
export async function ingest(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    by: { type: 'string' },
    json: { type: 'boolean' },
    replace: { type: 'boolean' },
    'all-or-nothing': { type: 'boolean' },
  });
  if (positionals.length === 0) {
    throw wrongUse('取り込むファイルかフォルダーを指定してください');
  }
  const location = storeLocation(values.data, io.env);
  const catalogue = loadCatalogue();
  const { paths, passedOver } = listDocumentPaths(positionals);
  for (const path of passedOver) io.complain(`planbot: ${path}: 資料の形式ではないため読んでいません`);
  const store = await openStore(location);
  try {
    const { documents, faults } = await readAll(paths, io);
    const parts = await store.knowledge.parts();
    const kept = documents.filter((document) => {
      try {
        if (!values.replace) refuseOtherPlan(document, parts);
        return true;
      } catch (fault) {
        if (!(fault instanceof AppError)) throw fault;
        faults.push(fault);
        return false;
      }
    });
    if (faults.length > 0 && values['all-or-nothing']) throw lastOf(faults, io);
    io.progress('索引を作っています');
    const tokenizer = loadTokenizer(catalogue.dictionary);
    const index = await prepareStorePassages({ ...location, store, catalogue, tokenizer, documents: kept });
    io.progress('保存しています');
    const stored = await storeDocuments(store.documents, kept, io.now(), whoRuns(values.by));
    await index.save();
    io.progress('');
    for (const { document, change } of stored) {
      io.print(
        values.json
          ? JSON.stringify(reportLine(document, change))
          : formatReport(document, change, catalogue),
      );
    }
    if (faults.length > 0) throw lastOf(faults, io);
  } finally {
    await store.close();
  }
}

/** Each fault is one line; the last is the command's own. */
function lastOf(faults: readonly AppError[], io: CommandIo): AppError {
  for (const fault of faults.slice(0, -1)) io.complain(`planbot: ${fault.toLine()}`);
  return faults.at(-1) ?? wrongUse('');
}

async function readAll(
  paths: readonly string[],
  io: CommandIo,
): Promise<{ documents: IngestedDocument[]; faults: AppError[] }> {
  const documents: IngestedDocument[] = [];
  const faults: AppError[] = [];
  const reader = openReader();
  try {
    for (const [index, path] of paths.entries()) {
      io.progress(`読んでいます ${index + 1}/${paths.length} ${path}`);
      try {
        documents.push(await reader.read({ path }));
      } catch (fault) {
        if (!(fault instanceof AppError)) throw fault;
        faults.push(
          fault.file === undefined
            ? new AppError(fault.code, { message: fault.message, file: basename(path) })
            : fault,
        );
      }
    }
  } finally {
    await reader.close();
  }
  return { documents, faults };
}
