import MiniSearch from 'minisearch';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import { buildConceptFinder } from '../../src/search/concepts.ts';
import { agreementOf } from '../../src/search/forward-index.ts';
import { buildPassageIndex, fieldsOf, termsOf } from '../../src/search/passage-index.ts';
import { analyseQuery } from '../../src/search/query.ts';
import { RANKING } from '../../src/search/ranking.ts';
import { scoreTerms } from '../../src/search/scoring.ts';
import { passagesFrom, type SearchSystem } from './search-system.ts';

const BREAK = '\n';

/**
 * The fair peer: MiniSearch scores the same words, concepts and character pairs with the same weights, and what it
 * finds is read again as planbot does. What differs is the index alone.
 */
export async function minisearchPeer(): Promise<SearchSystem> {
  const { dictionary, synonyms } = loadCatalogue();
  const tokenizer = await loadTokenizer(dictionary);
  const concepts = buildConceptFinder(synonyms, tokenizer);
  return {
    build(publicPassages) {
      const passages = passagesFrom(publicPassages);
      const { forward, words, bigrams, readings } = buildPassageIndex(passages, tokenizer, synonyms);
      const index = new MiniSearch({
        fields: ['body', 'heading', 'title', 'pairs'],
        tokenize: (text) => text.split(BREAK).filter((term) => term !== ''),
        processTerm: (term) => term,
      });
      index.addAll(
        fieldsOf(passages, tokenizer, concepts).map(({ body, heading, title }, id) => ({
          id,
          body: termsOf(body).join(BREAK),
          heading: termsOf(heading).join(BREAK),
          title: termsOf(title).join(BREAK),
          pairs: [...body.bigrams, ...heading.bigrams, ...title.bigrams].join(BREAK),
        })),
      );
      const unscored = new Float32Array(passages.length);
      return (question, limit) => {
        const query = analyseQuery(question, tokenizer, {
          concepts,
          readings,
          knows: (term) => words.terms.has(term),
          settled: new Set(),
        });
        const forwardQuery = scoreTerms(
          { passages, words, bigrams, forward, readings },
          query,
          RANKING,
          unscored,
        );
        const factors = new Map(query.bigrams.map((pair) => [pair, RANKING.bigramWeight]));
        for (const { terms } of query.slots)
          for (const { term, factor } of terms) factors.set(term, Math.max(factor, factors.get(term) ?? 0));
        return index
          .search([...factors.keys()].join(BREAK), {
            boost: { heading: RANKING.headingWeight, title: RANKING.headingWeight },
            boostTerm: (term) => factors.get(term) ?? 0,
            bm25: { k: RANKING.k1, b: RANKING.bodyLengthNorm, d: 0 },
          })
          .slice(0, RANKING.rerankDepth)
          .map(({ id, score }) => {
            const { sentence } = agreementOf(forward, Number(id), forwardQuery);
            return { id: Number(id), score: score * (1 + RANKING.sentenceWeight * sentence) };
          })
          .sort((a, b) => b.score - a.score)
          .slice(0, limit)
          .map(({ id }) => passages[id]?.file ?? '');
      };
    },
  };
}
