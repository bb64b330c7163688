import { westernYear } from '../model/fiscal-year.ts';
import type { PassageQuery } from '../model/knowledge.ts';
import { isSample } from '../model/passage.ts';
import type { PassageIndex } from './passage-index.ts';
import type { PassageRanking } from './ranking.ts';

/** Words that all passages of the filter share say nothing about which is nearer. */
export function settledWords({ branches, fys }: PassageQuery): Set<string> {
  return new Set([
    ...(branches ? [...branches, '支部'] : []),
    ...(fys ?? []).map((fy) => `${westernYear(fy)}年`),
  ]);
}

/** Takes the passages outside the filter and needless samples out, older years back a little. */
export function applyFilter(
  index: PassageIndex,
  query: PassageQuery,
  latest: ReadonlyMap<string, number>,
  real: ReadonlySet<string>,
  ranking: PassageRanking,
  scores: Float32Array,
): void {
  const { branches, fys } = query;
  index.passages.forEach((passage, doc) => {
    const { branch, fy } = passage;
    if (
      (isSample(passage) && real.has(branch)) ||
      (branches && !branches.includes(branch)) ||
      (fys && !fys.includes(fy))
    ) {
      scores[doc] = 0;
      return;
    }
    if (!fys && fy !== latest.get(branch)) scores[doc] = (scores[doc] ?? 0) * ranking.olderYearFactor;
  });
}

/** Branches that real text is of: there, no sample answers. */
export function branchesWithText(index: PassageIndex): Set<string> {
  return new Set(index.passages.filter((passage) => !isSample(passage)).map(({ branch }) => branch));
}

/** Each branch's latest year. */
export function latestYears(index: PassageIndex): Map<string, number> {
  const latest = new Map<string, number>();
  for (const { branch, fy } of index.passages) latest.set(branch, Math.max(fy, latest.get(branch) ?? 0));
  return latest;
}
