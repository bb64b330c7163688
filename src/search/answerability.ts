import { type Agreement, shareOf, type WeighedSlot } from './forward-index.ts';
import type { PassageRanking } from './ranking.ts';

/** A passage as it was read: its score and what it says of the question. */
export interface ReadPassage extends Agreement {
  doc: number;
  score: number;
}

/** A slot of which a passage says less than this is not said. */
const SAID = 0.6;
/** A passage that leaves out so much of the question has to score nearly as well as what others' plans say. */
const MUCH = 0.45;
const NEARLY_AS_GOOD = 0.8;
/** In logarithms of how many passages there are for one that says it: one in fifty. */
const RARE = 4;

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
  const beside = elsewhere ? best.score / elsewhere.score : Number.POSITIVE_INFINITY;
  if (beside < NEARLY_AS_GOOD && leftOut(best, slots) >= MUCH) return false;
  if (elsewhere && beside >= ranking.elsewhereShare) return true;
  const key = rarest(slots, elsewhere ? [best, elsewhere] : [best]);
  return says(best.covered, key);
}

/** The share of the question that is one thing which plans speak of and this passage does not. */
function leftOut({ covered }: ReadPassage, slots: readonly WeighedSlot[]): number {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0);
  const unsaid = slots.flatMap(({ known, decides, weight }, slot) =>
    known && decides && !says(covered, slot) ? [weight / total] : [],
  );
  return Math.max(0, ...unsaid);
}

/**
 * The passages that show that their branch does what is asked, by one sentence under its headings: it has to say much
 * of what the best one says, in a passage that scores well, whole words rather than parts, and the more so the more
 * branches have the rarest thing of the question at all.
 */
export function showWhatIsDone(
  ranked: readonly ReadPassage[],
  slots: readonly WeighedSlot[],
  branches: { of: (doc: number) => string; all: number },
  ranking: PassageRanking,
): ReadPassage[] {
  const [best] = ranked;
  if (!best || !saysEnough(best, slots)) return [];
  const near = ranked.filter(({ score }) => score >= best.score * ranking.nearBest);
  const key = rarest(slots, near);
  if (key < 0) return [];
  const most = Math.max(...ranked.flatMap(({ sentences }) => sentences.map((said) => shareOf(said, slots))));
  const having = ranked.filter(({ sentences }) => sentences.some((said) => says(said, key)));
  const common = new Set(having.map(({ doc }) => branches.of(doc))).size / branches.all;
  const { sentence, score, parts, having: have, least } = ranking.whichBranch;
  return ranked.filter((passage) =>
    passage.sentences.some((said) => {
      const inParts = said.map((factor) => (factor < SAID ? factor : 0));
      const value =
        sentence * (shareOf(said, slots) / most) +
        score * (passage.score / best.score) -
        parts * shareOf(inParts, slots) -
        have * common;
      return value >= least;
    }),
  );
}

/** One thing has to be said; a loanword that no text has may be said in other words, where the rest is rare enough. */
function saysEnough({ covered }: ReadPassage, slots: readonly WeighedSlot[]): boolean {
  const said = slots.filter(({ decides }, slot) => decides && says(covered, slot));
  const rarity = said.reduce((sum, { weight }) => sum + weight, 0);
  return said.length > 0 && (rarity >= RARE || !slots.some(({ foreign }) => foreign));
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
