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
 * The passages that show that their branch does what is asked, by one sentence under its headings. How much of the
 * best sentence's share of the question it says, and how its passage scores beside the best one, have to make up for
 * the share of branches that have the rarest thing it says: what most plans have shows nothing.
 */
export function showWhatIsDone(
  ranked: readonly ReadPassage[],
  slots: readonly WeighedSlot[],
  branches: { of: (doc: number) => string; all: number },
): ReadPassage[] {
  const [best] = ranked;
  if (!best || !saysEnough(best, slots)) return [];
  const rows = ranked.flatMap((passage) =>
    passage.sentences.map((covered) => ({
      passage,
      covered,
      share: shareOf(
        covered.map((factor) => (factor < SAID ? 0 : factor)),
        slots,
      ),
    })),
  );
  const most = Math.max(...rows.map(({ share }) => share));
  const having = slots.map((_, slot) => {
    const saying = rows.filter(({ covered }) => says(covered, slot));
    return new Set(saying.map(({ passage }) => branches.of(passage.doc))).size / branches.all;
  });
  const shown = rows.filter(({ passage, covered, share }) => {
    const common = having[rarest(slots, [{ covered }])] ?? 1;
    return share / most + passage.score / best.score - common >= 1;
  });
  return [...new Set(shown.map(({ passage }) => passage))];
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
function rarest(slots: readonly WeighedSlot[], passages: readonly Pick<ReadPassage, 'covered'>[]): number {
  let key = -1;
  slots.forEach(({ known, decides, weight }, slot) => {
    if (!known || !decides) return;
    if (weight > (slots[key]?.weight ?? 0) && passages.some(({ covered }) => says(covered, slot))) key = slot;
  });
  return key;
}
