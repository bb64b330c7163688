import { formatBranch } from '../model/branch.ts';
import { AppError } from '../model/errors.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { DocumentPart, Doubt, IngestedDocument } from '../model/plan-document.ts';
import { reportedKey } from '../model/reported.ts';
import { formatSource } from '../model/source.ts';
import type { DocumentChange } from '../store/changes.ts';
import type { Store } from '../store/store.ts';

/**
 * KPIs that two documents state with different targets. A progress report may print a relative target as a figure:
 * only two figures can disagree. `kpis` are those of all documents; the doubts are those of the given files.
 */
function conflictsBetween(kpis: readonly Kpi[], files: ReadonlySet<string>): Doubt[] {
  const byKey = new Map<string, Kpi[]>();
  for (const kpi of kpis) {
    const { branch, fy, indicator } = kpi;
    const key = reportedKey({ branch, fy, indicator });
    byKey.set(key, [...(byKey.get(key) ?? []), kpi]);
  }
  return kpis
    .filter(({ source }) => files.has(source.file))
    .flatMap((kpi): Doubt[] => {
      const { branch, fy, indicator, source, target } = kpi;
      const other = byKey.get(reportedKey({ branch, fy, indicator }))?.find((known) => disagree(kpi, known));
      if (!other) return [];
      const reason = `${formatSource(other.source)}（${other.source.file}）の記載（${other.target.text}）と異なります`;
      return [
        { kind: 'conflict', file: source.file, line: source.line, text: kpi.stated ?? target.text, reason },
      ];
    });
}

function disagree(one: Kpi, other: Kpi): boolean {
  if (one.source.file === other.source.file) return false;
  const [a, b] = [one.target, other.target];
  return a.value !== null && b.value !== null && a.value !== b.value;
}

interface KeptDocument {
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
export async function storeDocuments(
  known: Store['documents'],
  documents: readonly IngestedDocument[],
  now: Date,
  by?: string,
): Promise<KeptDocument[]> {
  const changes = await known.replace(documents, now, by);
  const files = new Set(documents.map(({ file }) => file));
  const conflicts = conflictsBetween(await known.statedKpis(), files);
  return documents.flatMap((read, index) => {
    const change = changes[index];
    const own = conflicts.filter(({ file }) => file === read.file);
    return change ? [{ document: { ...read, doubts: [...read.doubts, ...own] }, change }] : [];
  });
}
