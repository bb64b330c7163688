import { type Agreement, shareOf, type WeighedSlot } from './forward.ts';
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
  if (!saysEnough(best, slots, ranking)) return false;
  if (elsewhere && best.score >= elsewhere.score * ranking.elsewhereShare) return true;
  const key = rarest(slots, elsewhere ? [best, elsewhere] : [best]);
  return says(best, key);
}

/** What one sentence has to say, under its headings, to show that a branch does what is asked. */
export interface WhatIsDone {
  /** The rarest thing of the question. */
  key: number;
  /** And this share of the question. */
  share: number;
}

/** What the best passage says of the question: words that it does not say are no part of what is looked for. */
export function whatIsDone(
  best: ReadPassage | undefined,
  slots: readonly WeighedSlot[],
  ranking: PassageRanking,
): WhatIsDone | null {
  if (!best || !saysEnough(best, slots, ranking)) return null;
  const key = rarest(slots, [best]);
  return key < 0 ? null : { key, share: best.sentence * ranking.sentenceShare };
}

export function doesIt(
  { sentences }: ReadPassage,
  { key, share }: WhatIsDone,
  slots: readonly WeighedSlot[],
): boolean {
  return sentences.some((said) => (said[key] ?? 0) >= SAID && shareOf(said, slots) >= share);
}

/** A question that names what no text has is answered only where much of the rest is said; a loanword never. */
function saysEnough(
  { coverage }: ReadPassage,
  slots: readonly WeighedSlot[],
  ranking: PassageRanking,
): boolean {
  if (slots.some(({ foreign }) => foreign)) return false;
  const isUnheard = slots.some(({ unheard }) => unheard);
  return coverage >= (isUnheard ? ranking.unheardShare : ranking.leastShare);
}

function says({ covered }: ReadPassage, slot: number): boolean {
  return (covered[slot] ?? 0) >= SAID;
}

/** The rarest slot that one of the passages says; -1 where none says any. */
function rarest(slots: readonly WeighedSlot[], passages: readonly ReadPassage[]): number {
  let key = -1;
  slots.forEach(({ known, decides, weight }, slot) => {
    if (!known || !decides) return;
    if (weight > (slots[key]?.weight ?? 0) && passages.some((passage) => says(passage, slot))) key = slot;
  });
  return key;
}
