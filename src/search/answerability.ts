import { type Agreement, shareOf, type WeighedSlot } from './forward-index.ts';
import type { PassageRanking } from './ranking.ts';

/** A passage as it was read: its score and what it says of the question. */
export interface ReadPassage extends Agreement {
  doc: number;
  score: number;
}

/** A slot of which a passage says less than this is not said. */
const SAID = 0.6;

/**
 * Whether the best passage of those that were asked for answers. What the plans of others say better is not said
 * here: a score alone does not part right from wrong, but beside the best score elsewhere it does. Below that,
 * the rarest thing that any of the two names has to stand in it.
 */
export function answersQuestion(
  best: ReadPassage,
  elsewhere: ReadPassage | undefined,
  slots: readonly WeighedSlot[],
  ranking: PassageRanking,
): boolean {
  if (!saysEnough(best, slots)) return false;
  if (elsewhere && best.score >= elsewhere.score * ranking.elsewhereShare) return true;
  const key = rarest(slots, elsewhere ? [best, elsewhere] : [best]);
  return says(best.covered, key);
}

/** What one sentence has to say, under its headings, to show that a branch does what is asked. */
export interface WhatIsDone {
  slots: number[];
  /** And this share of the question. */
  share: number;
}

/**
 * The rarest thing that the passages near the best say: words that they do not say are no part of what is looked for.
 * While many branches would be named, the next rarest is looked for too.
 */
export function whatIsDone(
  ranked: readonly ReadPassage[],
  slots: readonly WeighedSlot[],
  countBranches: (passages: readonly ReadPassage[]) => number,
  ranking: PassageRanking,
): WhatIsDone | null {
  const [best] = ranked;
  if (!best || !saysEnough(best, slots)) return null;
  const near = ranked.filter(({ score }) => score >= best.score * ranking.nearBest);
  const key = rarest(slots, near);
  if (key < 0) return null;
  const shares = near.flatMap(({ sentences }) =>
    sentences.filter((said) => says(said, key)).map((said) => shareOf(said, slots)),
  );
  let what: WhatIsDone = { slots: [key], share: Math.max(0, ...shares) * ranking.sentenceShare };
  const naming = (own: WhatIsDone) => countBranches(ranked.filter((passage) => doesIt(passage, own, slots)));
  const others = [...slots.keys()]
    .filter((slot) => slot !== key && slots[slot]?.decides)
    .sort((a, b) => (slots[b]?.weight ?? 0) - (slots[a]?.weight ?? 0));
  for (const slot of others) {
    if (naming(what) <= ranking.manyBranches) break;
    const narrowed = { ...what, slots: [...what.slots, slot] };
    if (naming(narrowed) > 1) what = narrowed;
  }
  return what;
}

export function doesIt({ sentences }: ReadPassage, what: WhatIsDone, slots: readonly WeighedSlot[]): boolean {
  return sentences.some(
    (said) => what.slots.every((slot) => says(said, slot)) && shareOf(said, slots) >= what.share,
  );
}

/** A loanword that no text has may be said in other words: then two other things of the question have to be there. */
function saysEnough({ covered }: ReadPassage, slots: readonly WeighedSlot[]): boolean {
  const said = slots.filter(({ decides }, slot) => decides && says(covered, slot));
  return said.length > 1 || !slots.some(({ foreign }) => foreign);
}

function says(covered: readonly number[], slot: number): boolean {
  return (covered[slot] ?? 0) >= SAID;
}

/** The rarest slot that one of the passages says; -1 where none says any. */
function rarest(slots: readonly WeighedSlot[], passages: readonly ReadPassage[]): number {
  let key = -1;
  slots.forEach(({ known, decides, weight }, slot) => {
    if (!known || !decides) return;
    if (weight > (slots[key]?.weight ?? 0) && passages.some(({ covered }) => says(covered, slot))) key = slot;
  });
  return key;
}
