import type { ForwardIndex } from './forward-index.ts';
import type { PassageIndex } from './passage-index.ts';

export interface RankedPassage {
  doc: number;
  score: number;
  answers: boolean;
}

/** Share of common words from which two branches say the same. */
const ALIKE = 0.8;
/** Places after the last one wanted that are still looked at for passages alike. */
const LOOK_AHEAD = 40;

/** The first `limit` passages; one that says what a better one of another branch says stands behind that one. */
export function groupAlike(
  ranked: readonly RankedPassage[],
  index: PassageIndex,
  limit: number,
): (RankedPassage & { alike: number[] })[] {
  const groups: (RankedPassage & { alike: number[]; words: Set<number>; branch: string })[] = [];
  for (const candidate of ranked.slice(0, limit + LOOK_AHEAD)) {
    const words = wordsOf(index.forward, candidate.doc);
    const branch = index.passages[candidate.doc]?.branch ?? '';
    const same = groups.find((group) => group.branch !== branch && overlap(group.words, words) >= ALIKE);
    if (same) same.alike.push(candidate.doc);
    else if (groups.length < limit) groups.push({ ...candidate, alike: [], words, branch });
  }
  return groups;
}

/** The words of the passage's own text: what stands before the first break are its headings. */
function wordsOf({ ids, offsets }: ForwardIndex, doc: number): Set<number> {
  const all = ids.subarray(offsets[doc] ?? 0, offsets[doc + 1] ?? 0);
  return new Set(all.subarray(all.indexOf(0)).filter((id) => id !== 0));
}

function overlap(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}
