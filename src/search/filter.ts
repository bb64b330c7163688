import { westernYear } from '../model/fiscal-year.ts';
import type { PassageQuery } from '../model/knowledge.ts';
import type { PassageIndex } from './passage-index.ts';
import type { PassageRanking } from './ranking.ts';

/** Words that all passages of the filter share say nothing about which is nearer. */
export function settledWords({ branches, fys }: PassageQuery): Set<string> {
  return new Set([
    ...(branches ? [...branches, '支部'] : []),
    ...(fys ?? []).map((fy) => `${westernYear(fy)}年`),
  ]);
}

/** Takes the passages outside the filter out, older years back a little; returns how many may answer. */
export function applyFilter(
  index: PassageIndex,
  query: PassageQuery,
  latest: ReadonlyMap<string, number>,
  ranking: PassageRanking,
  scores: Float32Array,
): number {
  const { branches, fys } = query;
  let allowed = 0;
  index.passages.forEach(({ branch, fy }, doc) => {
    if ((branches && !branches.includes(branch)) || (fys && !fys.includes(fy))) {
      scores[doc] = 0;
      return;
    }
    allowed++;
    if (!fys && fy !== latest.get(branch)) scores[doc] = (scores[doc] ?? 0) * ranking.olderYearFactor;
  });
  return allowed;
}

/** Each branch's latest year. */
export function latestYears(index: PassageIndex): Map<string, number> {
  const latest = new Map<string, number>();
  for (const { branch, fy } of index.passages) latest.set(branch, Math.max(fy, latest.get(branch) ?? 0));
  return latest;
}
