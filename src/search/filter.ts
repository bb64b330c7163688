import { westernYear } from '../model/fiscal-year.ts';
import type { PassageQuery } from '../model/knowledge.ts';
import { isSample, type Passage } from '../model/passage.ts';
import type { PassageIndex } from './passage-index.ts';
import type { PassageRanking } from './ranking.ts';

/** Words that all passages of the filter share say nothing about which is nearer. */
export function settledWords({ branches, fys }: PassageQuery): Set<string> {
  return new Set([
    ...(branches ? [...branches, '支部'] : []),
    ...(fys ?? []).map((fy) => `${westernYear(fy)}年`),
  ]);
}

const ASKS_TARGET = /目標|KPI|指標|数値|割合|率|何%|何割/i;

/** A passage that only states a target tells nothing of what is done. */
function isTarget({ text }: Passage): boolean {
  return /^■\s*KPI/.test(text.trimStart());
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
  const { branches, fys, text } = query;
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
    if (isTarget(passage) && !ASKS_TARGET.test(text)) scores[doc] = (scores[doc] ?? 0) * ranking.targetFactor;
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
