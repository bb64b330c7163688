import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { ingestFile } from '../documents/ingest.ts';
import { loadTokenizer } from '../japanese/tokenizer.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { openStore } from '../store/store.ts';
import { openStorePassages } from '../wiring/store-passages.ts';
import { type CommandIo, dataFolder, parseCommand, wrongUse } from './command.ts';
import { listDocumentPaths } from './document-paths.ts';
import { formatReport, reportLine } from './ingest-report.ts';
import { keepDocuments } from './keep-documents.ts';
import { whoRuns } from './who-runs.ts';

/** `planbot ingest`: every document is read before the first is stored, so that a fault changes nothing. */
export async function ingest(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { by: { type: 'string' }, json: { type: 'boolean' } });
  if (positionals.length === 0) {
    throw wrongUse('取り込むファイルかフォルダーを指定してください');
  }
  const dataDir = dataFolder(values.data, io.env);
  const catalogue = loadCatalogue();
  const paths = listDocumentPaths(positionals);
  const store = await openStore({ dataDir });
  try {
    const documents = await readAll(paths, catalogue, io);
    io.progress('保存しています');
    const kept = await keepDocuments(store, documents, io.now(), whoRuns(values.by));
    io.progress('索引を作っています');
    const tokenizer = loadTokenizer(catalogue.dictionary);
    await openStorePassages({ store, dataDir, catalogue, tokenizer, tell: () => undefined });
    io.progress('');
    for (const { document, change } of kept) {
      io.print(
        values.json
          ? JSON.stringify(reportLine(document, change))
          : formatReport(document, change, catalogue),
      );
    }
  } finally {
    await store.close();
  }
}

async function readAll(
  paths: readonly string[],
  catalogue: Catalogue,
  io: CommandIo,
): Promise<IngestedDocument[]> {
  const documents: IngestedDocument[] = [];
  for (const [index, path] of paths.entries()) {
    io.progress(`読んでいます ${index + 1}/${paths.length} ${path}`);
    documents.push(await ingestFile(path, catalogue));
  }
  return documents;
}
