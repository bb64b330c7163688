import { isConcept, isGeneral } from './concepts.ts';
import type { ForwardQuery, WeighedSlot } from './forward-index.ts';
import type { PassageIndex } from './passage-index.ts';
import { addTerm } from './postings.ts';
import type { PassageQueryTerms } from './query.ts';
import type { PassageRanking } from './ranking.ts';

const PERSON = /^[人者方]$/;
const LOANWORD = /^(?:[ァ-ヺー]{3,}|[a-z]{3,})$/;

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
  const scored = new Map<number, number>();
  const asked = new Set<string>();
  for (const { terms, telling, alternative, phrase } of query.slots) {
    const whole = terms.filter(({ factor }) => factor === 1).map(({ term }) => term);
    // A thing that is named twice counts once.
    if (whole.some((term) => asked.has(term))) continue;
    for (const term of whole) asked.add(term);
    const named = whole.some(isConcept);
    const general = named && whole.every((term) => !isConcept(term) || isGeneral(term));
    // 太った人や血圧の高い人: the choice is between what is said of the people.
    const before = slots.findLastIndex((slot) => !slot.person);
    const other = alternative ? slots[before] : undefined;
    const isChoice = other !== undefined && other.phrase === phrase;
    const place = isChoice ? before : slots.length;
    let rarity: number | undefined;
    for (const { term, factor } of terms) {
      const id = words.terms.get(term);
      if (id === undefined) continue;
      const idf = words.idf[id] ?? 0;
      if (factor === 1) rarity = Math.min(rarity ?? idf, idf);
      // The concept says what its word does.
      const own = named && !isConcept(term) ? 0 : isGeneral(term) ? ranking.generalWeight : 1;
      scored.set(id, Math.max(factor * own, scored.get(id) ?? 0));
      places.set(id, [...(places.get(id) ?? []), { slot: place, factor }]);
    }
    const unheard = telling && terms.every(({ term }) => !words.terms.has(term));
    // Concepts decide what a question is about; other words help.
    const kind = general ? ranking.generalWeight : named ? 1 : ranking.plainWeight;
    const slot = {
      weight: (rarity ?? 0) * kind,
      known: rarity !== undefined,
      foreign: unheard && terms.every(({ term }) => LOANWORD.test(term)),
      person: whole.some((term) => PERSON.test(term)),
      decides: named ? !general : telling,
      phrase,
    };
    // 「歩くイベントや大会」, 「駅や電車に広告」: the phrase says what is meant.
    const isAside = other !== undefined && !isChoice;
    if (isAside && phrase) slots[before] = aside(other);
    slots[place] = isAside && !phrase ? aside(slot) : eitherOf(slots[place], slot);
  }
  for (const [id, weight] of scored) addTerm(words, id, weight, scores);
  for (const pair of query.bigrams) {
    const id = bigrams.terms.get(pair);
    if (id !== undefined) addTerm(bigrams, id, ranking.bigramWeight, scores);
  }
  return { places, slots };
}

/** It helps to find, and counts nothing. */
function aside(slot: WeighedSlot): WeighedSlot {
  return { ...slot, weight: 0, decides: false };
}

/** A choice names as little as what it leaves most open; what no text has is no choice. */
function eitherOf(one: WeighedSlot | undefined, other: WeighedSlot): WeighedSlot {
  if (!one || (other.known && !one.known)) return other;
  if (!other.known) return one;
  return { ...one, weight: Math.min(one.weight, other.weight), decides: one.decides && other.decides };
}
