import type { ForwardQuery } from './forward.ts';
import type { PassageIndex } from './passage-index.ts';
import { addTerm } from './postings.ts';
import type { PassageQueryTerms } from './query.ts';
import type { PassageRanking } from './ranking.ts';

/** Adds up what the question's words and character pairs weigh in each passage; returns what to read again. */
export function scoreTerms(
  index: PassageIndex,
  query: PassageQueryTerms,
  ranking: PassageRanking,
  scores: Float32Array,
): ForwardQuery {
  const { words, bigrams } = index;
  const weights = new Map<number, { slot: number; weight: number }>();
  const unknown = Math.log(1 + index.passages.length);
  let total = 0;
  const asked = new Set<string>();
  query.words.forEach((word, slot) => {
    const id = words.terms.get(word.term);
    if (asked.has(word.term)) return;
    asked.add(word.term);
    const weight = id === undefined ? unknown : (words.idf[id] ?? 0);
    total += weight;
    if (id !== undefined) {
      addTerm(words, id, 1, scores);
      weights.set(id, { slot, weight });
    }
    for (const alternative of word.alternatives) {
      const other = words.terms.get(alternative);
      if (other === undefined || asked.has(alternative)) continue;
      addTerm(words, other, ranking.synonymWeight, scores);
      if (!weights.has(other)) weights.set(other, { slot, weight: weight * ranking.synonymWeight });
    }
  });
  for (const pair of query.bigrams) {
    const id = bigrams.terms.get(pair);
    if (id !== undefined) addTerm(bigrams, id, ranking.bigramWeight, scores);
  }
  return { weights, total };
}
