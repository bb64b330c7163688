import type { Tokenizer } from '../japanese/token.ts';
import type { SynonymGroup } from '../model/catalogue.ts';
import { westernYear } from '../model/fiscal-year.ts';
import type { PassageHit } from '../model/passage.ts';
import type { PassageQuery, PassageSearch } from './knowledge.ts';
import { type Agreement, agreementOf, type ForwardQuery } from './passage-forward.ts';
import type { PassageIndex } from './passage-index.ts';
import { addTerm } from './passage-postings.ts';
import { analyseQuery, type PassageQueryTerms } from './passage-query.ts';
import { type PassageRanking, RANKING } from './passage-ranking.ts';
import { buildSynonymFinder } from './passage-synonyms.ts';
import { bestOf } from './passage-top.ts';

/** Longer questions are cut: what people ask fits in a few hundred characters. */
const MAX_QUERY_LENGTH = 600;

export function openPassageSearch(
  index: PassageIndex,
  tokenizer: Tokenizer,
  synonymGroups: readonly SynonymGroup[],
  ranking: PassageRanking = RANKING,
): PassageSearch {
  const synonyms = buildSynonymFinder(synonymGroups, tokenizer);
  const latest = latestYears(index);
  const scores = new Float32Array(index.passages.length);

  return {
    search(query) {
      const text = query.text.slice(0, MAX_QUERY_LENGTH);
      const terms = analyseQuery(text, tokenizer, {
        synonyms,
        readings: index.readings,
        settled: settledWords(query),
      });
      scores.fill(0);
      const forward = scoreTerms(index, terms, ranking, scores);
      const allowed = applyFilter(index, query, latest, ranking, scores);
      const candidates = bestOf(scores, Math.max(ranking.rerankDepth, query.limit));
      const read = candidates.map((doc) => {
        const agreement = agreementOf(index.forward, doc, forward);
        return {
          doc,
          agreement,
          score: (scores[doc] ?? 0) * (1 + ranking.sentenceWeight * agreement.sentence),
        };
      });
      read.sort((a, b) => b.score - a.score || a.doc - b.doc);
      const best = read[0];
      if (!best || !isNear(best, allowed, ranking)) return [];
      return read.slice(0, query.limit).flatMap(({ doc, score }): PassageHit[] => {
        const passage = index.passages[doc];
        return passage ? [{ passage, score }] : [];
      });
    },
  };
}

/**
 * Near is a passage that shares rare words with the question, or nearly all of a short one. The more passages
 * there are to choose from, the higher the best score that chance alone gives.
 */
function isNear(
  { score, agreement }: { score: number; agreement: Agreement },
  allowed: number,
  ranking: PassageRanking,
): boolean {
  return score >= ranking.nearScore * Math.log(1 + allowed) || agreement.coverage >= ranking.nearShare;
}

/** Words that all passages of the filter share say nothing about which is nearer. */
function settledWords({ branches, fys }: PassageQuery): Set<string> {
  return new Set([
    ...(branches ? [...branches, '支部'] : []),
    ...(fys ?? []).map((fy) => `${westernYear(fy)}年`),
  ]);
}

function scoreTerms(
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

/** Takes the passages outside the filter out, older years back a little; returns how many may answer. */
function applyFilter(
  index: PassageIndex,
  query: PassageQuery,
  latest: ReadonlyMap<string, number>,
  ranking: PassageRanking,
  scores: Float32Array,
): number {
  const { branches, fys } = query;
  let allowed = 0;
  index.passages.forEach(({ branch, fy }, doc) => {
    if ((branches && !branches.includes(branch)) || (fys && !fys.includes(fy))) {
      scores[doc] = 0;
      return;
    }
    allowed++;
    if (!fys && fy !== latest.get(branch)) scores[doc] = (scores[doc] ?? 0) * ranking.olderYearFactor;
  });
  return allowed;
}

function latestYears(index: PassageIndex): Map<string, number> {
  const latest = new Map<string, number>();
  for (const { branch, fy } of index.passages) latest.set(branch, Math.max(fy, latest.get(branch) ?? 0));
  return latest;
}
