import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFacts } from '../src/catalogue/facts-writer.ts';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { listDocumentPaths } from '../src/cli/document-paths.ts';
import { ingestFile } from '../src/documents/ingest.ts';
import { indexFolder } from '../src/model/package-folder.ts';
import type { IngestedDocument } from '../src/model/plan-document.ts';

/** npm run facts -- PATH…: writes index/facts from documents. */
const { paths } = listDocumentPaths(process.argv.slice(2));
const catalogue = loadCatalogue();
const documents: IngestedDocument[] = [];
for (const path of paths) {
  documents.push(await ingestFile(path, catalogue));
}
const folder = join(indexFolder(), 'facts');
mkdirSync(folder, { recursive: true });
for (const [name, text] of writeFacts(documents)) {
  writeFileSync(join(folder, name), text);
  console.log(`${name}: ${text.split('\n').length - 2}行`);
}
