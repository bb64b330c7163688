import type { Tokenizer } from '../japanese/token.ts';
import { HEAD_OFFICE } from '../model/branch.ts';
import type { SynonymGroup } from '../model/catalogue.ts';
import type { PassageQuery, PassageSearch, TextDocument } from '../model/knowledge.ts';
import type { Passage, PassageHit } from '../model/passage.ts';
import { groupAlike, type RankedPassage } from './alike.ts';
import { answersQuestion, type ReadPassage, showWhatIsDone } from './answerability.ts';
import { buildConceptFinder } from './concepts.ts';
import { excerptOf } from './excerpt.ts';
import { applyFilter, branchesWithText, latestYears, settledWords } from './filter.ts';
import { agreementOf, type ForwardQuery } from './forward-index.ts';
import type { PassageIndex } from './passage-index.ts';
import { analyseQuery } from './query.ts';
import { type PassageRanking, RANKING } from './ranking.ts';
import { scoreTerms } from './scoring.ts';
import { bestOf } from './top.ts';

/** Longer questions are cut: what people ask fits in a few hundred characters. */
const MAX_QUERY_LENGTH = 600;
/** Candidates from which every branch's best is taken. */
const ALL_BRANCHES_DEPTH = 2000;
/** Passages of other branches among which the best is looked for. */
const ELSEWHERE_DEPTH = 20;

export function openPassageSearch(
  index: PassageIndex,
  tokenizer: Tokenizer,
  synonyms: readonly SynonymGroup[],
  ranking: PassageRanking = RANKING,
): PassageSearch {
  const latest = latestYears(index);
  const real = branchesWithText(index);
  const everywhere = new Float32Array(index.passages.length);
  const branchOf = (doc: number) => index.passages[doc]?.branch ?? '';

  function read(scores: Float32Array, depth: number, forward: ForwardQuery): ReadPassage[] {
    return bestOf(scores, depth)
      .map((doc) => {
        const agreement = agreementOf(index.forward, doc, forward);
        const score = (scores[doc] ?? 0) * (1 + ranking.sentenceWeight * agreement.sentence);
        return { doc, score, ...agreement };
      })
      .sort((a, b) => b.score - a.score || a.doc - b.doc);
  }

  function rank(query: PassageQuery, forward: ForwardQuery): RankedPassage[] {
    const scores = everywhere.slice();
    applyFilter(index, query, latest, real, ranking, scores);
    if (query.each === 'branch') {
      // The head office is no branch.
      const candidates = read(scores, ALL_BRANCHES_DEPTH, forward).filter(
        ({ doc }) => branchOf(doc) !== HEAD_OFFICE,
      );
      const branches = { of: branchOf, all: latest.size };
      return showWhatIsDone(candidates, forward.slots, branches).map((passage) => ({
        ...passage,
        answers: true,
      }));
    }
    const candidates = read(scores, Math.max(ranking.rerankDepth, query.limit), forward);
    const [best] = candidates;
    if (!best) return [];
    const [elsewhere] = query.branches ? read(outside(query, scores), ELSEWHERE_DEPTH, forward) : [];
    const answers = answersQuestion(best, elsewhere, forward.slots, ranking);
    return candidates
      .filter(({ coverage }) => answers || coverage >= ranking.leastShare)
      .map((passage) => ({ ...passage, answers }));
  }

  /** What the plans of other branches score: those of the branches that were asked for are taken out. */
  function outside({ branches = [] }: PassageQuery, own: Float32Array): Float32Array {
    const scores = own;
    index.passages.forEach(({ branch }, doc) => {
      scores[doc] = branches.includes(branch) ? 0 : (everywhere[doc] ?? 0);
    });
    return scores;
  }

  const documents = documentsOf(index);

  return {
    documents: ({ branches, fys }) =>
      documents.filter(
        ({ branch, fy }) =>
          (branches === undefined || branches.includes(branch)) && (fys === undefined || fys.includes(fy)),
      ),
    search(query) {
      const terms = analyseQuery(query.text.slice(0, MAX_QUERY_LENGTH), tokenizer, {
        // Made for the first search: what asks for figures only never waits for it.
        concepts: buildConceptFinder(synonyms, tokenizer),
        readings: index.readings,
        knows: (term) => index.words.terms.has(term),
        settled: settledWords(query),
      });
      everywhere.fill(0);
      const forward = scoreTerms(index, terms, ranking, everywhere);
      const ranked = rank(query, forward);
      const chosen =
        query.each === 'branch'
          ? bestOfBranches(ranked, branchOf)
              .slice(0, query.limit)
              .map((passage) => ({ ...passage, alike: [] as number[] }))
          : groupAlike(ranked, index, query.limit);
      return chosen.flatMap(({ doc, score, alike, answers }): PassageHit[] => {
        const passage = index.passages[doc];
        if (!passage) return [];
        const others = alike.flatMap((other) => index.passages[other] ?? []);
        return [
          hitOf(passage, score, answers, others, () => excerptOf(passage, doc, index.forward, forward)),
        ];
      });
    },
  };
}

/** Each document and part of it once, in the order of the index. */
function documentsOf(index: PassageIndex): TextDocument[] {
  const parts = new Map<string, TextDocument>();
  for (const { file, title, branch, fy } of index.passages) {
    const key = JSON.stringify([file, branch, fy]);
    if (!parts.has(key)) parts.set(key, { file, title, branch, fy });
  }
  return [...parts.values()];
}

/** The excerpt is made when it is first looked at: most hits are never shown. */
function hitOf(
  passage: Passage,
  score: number,
  answers: boolean,
  alike: Passage[],
  read: () => PassageHit['excerpt'],
): PassageHit {
  let known: PassageHit['excerpt'] | undefined;
  return {
    passage,
    score,
    answers,
    alike,
    get excerpt() {
      known ??= read();
      return known;
    },
  };
}

/** The first of each branch. */
function bestOfBranches<T extends { doc: number }>(
  ranked: readonly T[],
  branchOf: (doc: number) => string,
): T[] {
  const best = new Map<string, T>();
  for (const candidate of ranked) {
    const branch = branchOf(candidate.doc);
    if (!best.has(branch)) best.set(branch, candidate);
  }
  return [...best.values()];
}
