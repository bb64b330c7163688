import type { Tokenizer } from '../japanese/token.ts';
import type { SynonymGroup } from '../model/catalogue.ts';
import type { PassageQuery, PassageSearch } from '../model/knowledge.ts';
import type { PassageHit } from '../model/passage.ts';
import { groupAlike, type RankedPassage } from './alike.ts';
import { buildConceptFinder } from './concepts.ts';
import { excerptOf } from './excerpt.ts';
import { applyFilter, branchesWithText, latestYears, settledWords } from './filter.ts';
import { agreementOf, type ForwardQuery, type WeighedSlot } from './forward.ts';
import type { PassageIndex } from './passage-index.ts';
import { analyseQuery } from './query.ts';
import { type PassageRanking, RANKING } from './ranking.ts';
import { scoreTerms } from './scoring.ts';
import { bestOf } from './top.ts';

/** Longer questions are cut: what people ask fits in a few hundred characters. */
const MAX_QUERY_LENGTH = 600;
/** Candidates from which every branch's best is taken. */
const ALL_BRANCHES_DEPTH = 2000;
/** A slot of which a passage says less than this is not said. */
const SAID = 0.6;
/** Commoner concepts stand in every plan: they are the key only where a question has no rarer word. */
const LEAST_CONCEPT = 2;
/** Share of the key's rarity from which another slot may stand for it; the rarer one asks for less of the rest. */
const NEXT_KEY = 0.65;
const LESS_KEY = 0.5;

export function openPassageSearch(
  index: PassageIndex,
  tokenizer: Tokenizer,
  synonyms: readonly SynonymGroup[],
  ranking: PassageRanking = RANKING,
): PassageSearch {
  const concepts = buildConceptFinder(synonyms, tokenizer);
  const reading = { tokenizer, concepts, terms: index.words.terms };
  const latest = latestYears(index);
  const real = branchesWithText(index);
  const scores = new Float32Array(index.passages.length);

  function rank(query: PassageQuery, forward: ForwardQuery): RankedPassage[] {
    applyFilter(index, query, latest, real, ranking, scores);
    const each = query.each === 'branch';
    const depth = each ? ALL_BRANCHES_DEPTH : Math.max(ranking.rerankDepth, query.limit);
    const key = keySlots(forward.slots);
    const read = bestOf(scores, depth).map((doc) => {
      const { sentence, coverage, covered } = agreementOf(index.forward, doc, forward);
      const least = each ? ranking.branchShare : ranking.answerShare;
      return {
        doc,
        coverage,
        answers: key.some(
          ({ slot, share }) => (covered[slot] ?? 0) >= SAID && coverage >= least + (1 - share) * LESS_KEY,
        ),
        score: (scores[doc] ?? 0) * (1 + ranking.sentenceWeight * sentence),
      };
    });
    return read
      .filter(({ answers, coverage }) => answers || coverage >= ranking.nearShare)
      .sort((a, b) => Number(b.answers) - Number(a.answers) || b.score - a.score || a.doc - b.doc);
  }

  return {
    search(query) {
      const terms = analyseQuery(query.text.slice(0, MAX_QUERY_LENGTH), tokenizer, {
        concepts,
        readings: index.readings,
        settled: settledWords(query),
      });
      scores.fill(0);
      const forward = scoreTerms(index, terms, ranking, scores);
      const ranked = rank(query, forward);
      const chosen =
        query.each === 'branch'
          ? bestOfBranches(ranked, index).slice(0, query.limit)
          : groupAlike(ranked, index, query.limit);
      return chosen.flatMap(({ doc, score, alike, answers }): PassageHit[] => {
        const passage = index.passages[doc];
        if (!passage) return [];
        const others = alike.flatMap((other) => index.passages[other] ?? []);
        return [{ passage, score, answers, excerpt: excerptOf(passage, forward, reading), alike: others }];
      });
    },
  };
}

/** What is rarest in the question and what comes near it: concepts where there are any. */
function keySlots(slots: readonly WeighedSlot[]): { slot: number; share: number }[] {
  const known = slots.flatMap((own, slot) => (own.known ? [{ ...own, slot }] : []));
  const concepts = known.filter(({ concept, weight }) => concept && weight >= LEAST_CONCEPT);
  const among = concepts.length > 0 ? concepts : known;
  const most = Math.max(...among.map(({ weight }) => weight));
  return among.map(({ slot, weight }) => ({ slot, share: weight / most })).filter(({ share }) => share >= NEXT_KEY);
}

function bestOfBranches(ranked: readonly RankedPassage[], index: PassageIndex) {
  const best = new Map<string, RankedPassage & { alike: number[] }>();
  for (const candidate of ranked) {
    const branch = index.passages[candidate.doc]?.branch ?? '';
    if (candidate.answers && !best.has(branch)) best.set(branch, { ...candidate, alike: [] });
  }
  return [...best.values()];
}
