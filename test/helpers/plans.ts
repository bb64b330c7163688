import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { listDocumentPaths } from '../../src/cli/document-paths.ts';
import { ingestFile } from '../../src/documents/ingest.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';

/** The real documents, which are not part of the repository. */
export const PLANS_FOLDER = join(import.meta.dirname, '../../../shared/plans');

/** For `describe.runIf`: says in a visible line what is not tested where the documents are absent. */
export function plansPresent(whatIsSkipped: string): boolean {
  const present = existsSync(PLANS_FOLDER);
  if (!present) {
    console.log(`資料がないため省きます: ${whatIsSkipped}`);
  }
  return present;
}

let ingested: Promise<IngestedDocument[]> | undefined;

/** The real documents as they are read, once for all files of a worker. */
export function ingestedPlans(): Promise<IngestedDocument[]> {
  const { paths } = listDocumentPaths([PLANS_FOLDER]);
  ingested ??= Promise.all(paths.map((path) => ingestFile(path, loadCatalogue())));
  return ingested;
}
