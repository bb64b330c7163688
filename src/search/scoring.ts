import { isConcept } from './concepts.ts';
import type { ForwardQuery, WeighedSlot } from './forward.ts';
import type { PassageIndex } from './passage-index.ts';
import { addTerm } from './postings.ts';
import type { PassageQueryTerms } from './query.ts';
import type { PassageRanking } from './ranking.ts';

/** Adds up what the question's slots and character pairs weigh in each passage; returns what to read again. */
export function scoreTerms(
  index: PassageIndex,
  query: PassageQueryTerms,
  ranking: PassageRanking,
  scores: Float32Array,
): ForwardQuery {
  const { words, bigrams } = index;
  const places = new Map<number, { slot: number; factor: number }[]>();
  const slots: WeighedSlot[] = [];
  const asked = new Set<string>();
  for (const { terms, telling, alternative } of query.slots) {
    const fresh = terms.filter(({ term }) => !asked.has(term));
    if (fresh.length === 0) continue;
    const named = fresh.some(({ term, factor }) => factor === 1 && isConcept(term));
    let rarity: number | undefined;
    for (const { term, factor } of fresh) {
      asked.add(term);
      const id = words.terms.get(term);
      if (id === undefined) continue;
      const idf = words.idf[id] ?? 0;
      if (factor === 1) rarity = Math.min(rarity ?? idf, idf);
      addTerm(words, id, named && !isConcept(term) ? factor * ranking.wordWeight : factor, scores);
      places.set(id, [...(places.get(id) ?? []), { slot: slots.length, factor }]);
    }
    const unknown = Math.log(1 + index.passages.length);
    const before = slots.at(-1)?.choice ?? -1;
    slots.push({
      weight: weigh(rarity, unknown, { named, telling }, ranking),
      known: rarity !== undefined,
      concept: named,
      choice: alternative ? Math.max(0, before) : before + 1,
    });
  }
  for (const pair of query.bigrams) {
    const id = bigrams.terms.get(pair);
    if (id !== undefined) addTerm(bigrams, id, ranking.bigramWeight, scores);
  }
  return { places, slots };
}

/** Concepts decide what a question is about; other words help, the less the less they name. */
function weigh(
  rarity: number | undefined,
  unknown: number,
  { named, telling }: { named: boolean; telling: boolean },
  ranking: PassageRanking,
): number {
  if (named) return rarity ?? 0;
  if (rarity === undefined) return telling ? unknown * ranking.unknownWeight : 0;
  return rarity * (telling ? ranking.nounWeight : ranking.otherWeight);
}
