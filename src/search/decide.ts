import type { Agreement, WeighedSlot } from './forward.ts';
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
  if (elsewhere && best.score >= elsewhere.score * ranking.elsewhereShare) return best.coverage >= ranking.leastShare;
  const key = rarest(slots, elsewhere ? [best, elsewhere] : [best]);
  const own = weightOf(best, slots);
  const most = elsewhere ? weightOf(elsewhere, slots) : 0;
  return says(best, key) && best.coverage >= ranking.answerShare && own >= most * ranking.elsewhereWeight;
}

/** Whether a branch's passage does what is asked: the rarest thing of the question stands in it, with enough of the rest. */
export function doesIt(
  passage: ReadPassage,
  best: readonly ReadPassage[],
  slots: readonly WeighedSlot[],
  ranking: PassageRanking,
): boolean {
  const key = rarest(slots, best);
  const choices = slots.flatMap(({ choice }, slot) => (choice === slots[key]?.choice ? [slot] : []));
  if (!choices.some((slot) => says(passage, slot))) return false;
  let asked = 0;
  let said = 0;
  for (const choice of new Set(slots.map((slot) => slot.choice))) {
    const own = slots.flatMap((slot, at) => (slot.choice === choice ? [at] : []));
    // What not even the best passages say is no part of what is looked for.
    const found = own.filter((slot) => best.some((other) => says(other, slot)));
    if (found.length === 0) continue;
    asked += Math.max(...found.map((slot) => slots[slot]?.weight ?? 0));
    said += Math.max(...found.map((slot) => (slots[slot]?.weight ?? 0) * (passage.covered[slot] ?? 0)));
  }
  return said >= asked * ranking.branchShare;
}

function says({ covered }: ReadPassage, slot: number): boolean {
  return (covered[slot] ?? 0) >= SAID;
}

/** The rarest slot that one of the passages says; -1 where none says any. */
function rarest(slots: readonly WeighedSlot[], passages: readonly ReadPassage[]): number {
  let key = -1;
  slots.forEach(({ known, weight }, slot) => {
    if (known && weight > (slots[key]?.weight ?? 0) && passages.some((passage) => says(passage, slot))) key = slot;
  });
  return key;
}

function weightOf({ covered }: ReadPassage, slots: readonly WeighedSlot[]): number {
  return slots.reduce((sum, { weight }, slot) => sum + weight * (covered[slot] ?? 0), 0);
}
