import { formatBranch } from '../model/branch.ts';
import { AppError } from '../model/errors.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { DocumentPart, IngestedDocument } from '../model/plan-document.ts';
import type { DocumentChange } from '../store/changes.ts';
import { conflictsBetween } from '../store/conflicts.ts';
import type { Store } from '../store/store.ts';

export interface KeptDocument {
  /** With what contradicts another document among its doubts. */
  document: IngestedDocument;
  change: DocumentChange;
}

/**
 * A name that stands for another plan may be a slip: nothing of it is replaced unasked. Throws AppError `wrong_use`
 * where what is known under the document's name shares no branch and year with it.
 */
export function refuseOtherPlan(document: IngestedDocument, known: readonly DocumentPart[]): void {
  const before = known.filter(({ file }) => file === document.file);
  const same = before.some((part) =>
    document.parts.some(({ branch, fy }) => branch === part.branch && fy === part.fy),
  );
  const [first] = before;
  if (!first || same) return;
  const what = `${formatBranch(first.branch)}・${formatFiscalYear(first.fy)}`;
  const message = `同じ名前の資料が${what}のものとして取り込まれています。別の資料なら名前を変え、置きかえるなら --replace をつけてください`;
  throw new AppError('wrong_use', { message, file: document.file });
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
