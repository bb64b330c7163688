import type { Tokenizer } from '../japanese/token.ts';
import type { SynonymGroup } from '../model/catalogue.ts';
import type { PassageQuery, PassageSearch } from '../model/knowledge.ts';
import type { PassageHit } from '../model/passage.ts';
import { groupAlike, type RankedPassage } from './alike.ts';
import { excerptOf } from './excerpt.ts';
import { applyFilter, latestYears, settledWords } from './filter.ts';
import { agreementOf } from './forward.ts';
import type { PassageIndex } from './passage-index.ts';
import { analyseQuery, type PassageQueryTerms } from './query.ts';
import { type PassageRanking, RANKING } from './ranking.ts';
import { scoreTerms } from './scoring.ts';
import { buildSynonymFinder } from './synonyms.ts';
import { bestOf } from './top.ts';

/** Longer questions are cut: what people ask fits in a few hundred characters. */
const MAX_QUERY_LENGTH = 600;
/** Candidates from which every branch's best is taken. */
const ALL_BRANCHES_DEPTH = 1000;

export function openPassageSearch(
  index: PassageIndex,
  tokenizer: Tokenizer,
  synonymGroups: readonly SynonymGroup[],
  ranking: PassageRanking = RANKING,
): PassageSearch {
  const synonyms = buildSynonymFinder(synonymGroups, tokenizer);
  const latest = latestYears(index);
  const scores = new Float32Array(index.passages.length);

  function rank(query: PassageQuery, terms: PassageQueryTerms): RankedPassage[] {
    scores.fill(0);
    const forward = scoreTerms(index, terms, ranking, scores);
    const allowed = applyFilter(index, query, latest, ranking, scores);
    const depth = query.each === 'branch' ? ALL_BRANCHES_DEPTH : Math.max(ranking.rerankDepth, query.limit);
    const read = bestOf(scores, depth).map((doc) => {
      const { sentence, coverage } = agreementOf(index.forward, doc, forward);
      return { doc, coverage, score: (scores[doc] ?? 0) * (1 + ranking.sentenceWeight * sentence) };
    });
    read.sort((a, b) => b.score - a.score || a.doc - b.doc);
    const best = read[0];
    return best && isNear(best, allowed, ranking) ? read : [];
  }

  return {
    search(query) {
      const terms = analyseQuery(query.text.slice(0, MAX_QUERY_LENGTH), tokenizer, {
        synonyms,
        readings: index.readings,
        settled: settledWords(query),
      });
      const ranked = rank(query, terms);
      const chosen =
        query.each === 'branch'
          ? bestOfBranches(ranked, index, ranking).slice(0, query.limit)
          : groupAlike(ranked, index, query.limit);
      return chosen.flatMap(({ doc, score, alike }): PassageHit[] => {
        const passage = index.passages[doc];
        if (!passage) return [];
        const others = alike.flatMap((other) => index.passages[other] ?? []);
        return [{ passage, score, excerpt: excerptOf(passage, terms.words), alike: others }];
      });
    },
  };
}

/**
 * Near is a passage that shares rare words with the question, or nearly all of a short one. The more passages
 * there are to choose from, the higher the best score that chance alone gives.
 */
function isNear(
  { score, coverage }: { score: number; coverage: number },
  allowed: number,
  ranking: PassageRanking,
): boolean {
  return score >= ranking.nearScore * Math.log(1 + allowed) || coverage >= ranking.nearShare;
}

function bestOfBranches(ranked: readonly RankedPassage[], index: PassageIndex, ranking: PassageRanking) {
  const least = (ranked[0]?.score ?? 0) * ranking.branchShare;
  const best = new Map<string, RankedPassage & { alike: number[] }>();
  for (const candidate of ranked) {
    const branch = index.passages[candidate.doc]?.branch ?? '';
    if (candidate.score >= least && !best.has(branch)) best.set(branch, { ...candidate, alike: [] });
  }
  return [...best.values()];
}
