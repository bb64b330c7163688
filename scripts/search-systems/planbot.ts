import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import { buildPassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import { passagesFrom, type SearchSystem } from './search-system.ts';

/** The bot's own search, with its dictionary and synonyms, over passages that are no plans. */
export async function planbotSystem(): Promise<SearchSystem> {
  const { dictionary, synonyms } = loadCatalogue();
  const tokenizer = await loadTokenizer(dictionary);
  return {
    build(passages) {
      const index = buildPassageIndex(passagesFrom(passages), tokenizer, synonyms);
      const search = openPassageSearch(index, tokenizer, synonyms);
      return (text, limit) => search.search({ text, limit }).map(({ passage }) => passage.file);
    },
  };
}
