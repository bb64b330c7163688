import { monthsCompleted } from './judgement.ts';
import type { Kpi } from './kpi.ts';
import type { DocumentPart } from './plan-document.ts';

/** How far a document is decided; what says nothing stands between a draft and what was decided. */
const STANDING = { draft: 0, approved: 2 } as const;

/**
 * Of several rows of one branch, year and indicator the one that holds: the newest as-of of its actual, then one
 * with an actual at all, then the decided document before its draft, then the one that stands first.
 * Answers, summaries and reminders all choose by this.
 */
export function currentRows(kpis: readonly Kpi[], documents: readonly DocumentPart[]): Kpi[] {
  const rankOf = ({ actual, source, branch, fy }: Kpi): number[] => {
    const part = documents.find((own) => own.file === source.file && own.branch === branch && own.fy === fy);
    return [
      monthsCompleted(actual?.asOf ?? null) ?? 0,
      actual === null ? 0 : actual.value === null ? 1 : 2,
      part?.status == null ? 1 : STANDING[part.status],
    ];
  };
  // Most rows have no rival, so that ranks are worked out only where two meet.
  const rows = new Map<string, Kpi>();
  for (const kpi of kpis) {
    const key = `${kpi.branch}|${kpi.fy}|${kpi.indicator}`;
    const known = rows.get(key);
    if (known === undefined || isHigher(rankOf(kpi), rankOf(known))) rows.set(key, kpi);
  }
  return [...rows.values()];
}

function isHigher(rank: readonly number[], than: readonly number[]): boolean {
  const at = rank.findIndex((value, index) => value !== than[index]);
  return at >= 0 && (rank[at] ?? 0) > (than[at] ?? 0);
}

/** Rows of other documents that state another target for the same branch, year and indicator. */
export function disagreeing(kpi: Kpi, kpis: readonly Kpi[]): Kpi[] {
  return kpis.filter(
    (other) =>
      other.branch === kpi.branch &&
      other.fy === kpi.fy &&
      other.indicator === kpi.indicator &&
      other.source.file !== kpi.source.file &&
      (other.target.value !== kpi.target.value ||
        other.target.relative !== kpi.target.relative ||
        other.target.op !== kpi.target.op),
  );
}
