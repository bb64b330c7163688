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
  const own = weightOf(best, slots);
  const most = elsewhere ? weightOf(elsewhere, slots) : 0;
  return says(best, key) && best.coverage >= ranking.answerShare && own >= most * ranking.elsewhereWeight;
}

/** What one sentence has to say, under its headings, to show that a branch does what is asked. */
export interface WhatIsDone {
  /** Of each choice of slots at least one. */
  choices: number[][];
  /** And this share of the question. */
  share: number;
}

/**
 * The rarest thing that the passages near the best say, and what most of the branches that say it say with it:
 * words that only describe it once are no part of what is looked for.
 */
export function whatIsDone(
  ranked: readonly ReadPassage[],
  slots: readonly WeighedSlot[],
  onePerBranch: (passages: readonly ReadPassage[]) => ReadPassage[],
  ranking: PassageRanking,
): WhatIsDone | null {
  if (!ranked[0] || !saysEnough(ranked[0], slots, ranking)) return null;
  const near = ranked.filter(({ score }) => score >= (ranked[0]?.score ?? 0) * ranking.nearBest);
  const key = rarest(slots, near);
  const rarity = slots[key]?.weight ?? 0;
  const choices = [...new Set(slots.map(({ choice }) => choice))].map((choice) =>
    slots.flatMap((slot, at) => (slot.choice === choice ? [at] : [])),
  );
  const ofKey = choices.find((choice) => choice.includes(key));
  if (!ofKey) return null;
  const doing = onePerBranch(
    ranked.filter((passage) => doesIt(passage, { choices: [ofKey], share: 0 }, slots)),
  );
  const beside = choices.filter(
    (choice) =>
      choice !== ofKey &&
      choice.some((slot) => slots[slot]?.decides) &&
      Math.max(...choice.map((slot) => slots[slot]?.weight ?? 0)) >= rarity * ranking.besideKey &&
      doing.filter((passage) => doesIt(passage, { choices: [ofKey, choice], share: 0 }, slots)).length * 2 >=
        doing.length,
  );
  const best = Math.max(...near.map(({ sentence }) => sentence));
  return { choices: [ofKey, ...beside], share: best * ranking.sentenceShare };
}

export function doesIt(
  { sentences }: ReadPassage,
  { choices, share }: WhatIsDone,
  slots: readonly WeighedSlot[],
): boolean {
  return sentences.some(
    (said) =>
      choices.every((choice) => choice.some((slot) => (said[slot] ?? 0) >= SAID)) &&
      shareOf(said, slots) >= share,
  );
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

function weightOf({ covered }: ReadPassage, slots: readonly WeighedSlot[]): number {
  return slots.reduce((sum, { weight }, slot) => sum + weight * (covered[slot] ?? 0), 0);
}
