import type { IngestedDocument } from '../model/plan-document.ts';
import type { DocumentChange } from '../store/changes.ts';
import { conflictsBetween } from '../store/conflicts.ts';
import type { Store } from '../store/store.ts';

export interface KeptDocument {
  /** With what contradicts another document among its doubts. */
  document: IngestedDocument;
  change: DocumentChange;
}

/** Stores documents that were read, all or none, and holds them against what is known. */
export async function keepDocuments(
  store: Pick<Store, 'replaceDocuments' | 'statedKpis'>,
  documents: readonly IngestedDocument[],
  now: Date,
  by?: string,
): Promise<KeptDocument[]> {
  const changes = await store.replaceDocuments(documents, now, by);
  const files = new Set(documents.map(({ file }) => file));
  const conflicts = conflictsBetween(await store.statedKpis(), files);
  return documents.flatMap((read, index) => {
    const change = changes[index];
    const own = conflicts.filter(({ file }) => file === read.file);
    return change ? [{ document: { ...read, doubts: [...read.doubts, ...own] }, change }] : [];
  });
}
