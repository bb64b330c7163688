import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import { buildPassageIndex } from '../../src/search/passage-index.ts';
import { openPassageSearch } from '../../src/search/passage-search.ts';
import type { SearchSystem } from './search-system.ts';

/** The bot's own search, with its dictionary and synonyms, over passages that are no plans. */
export async function planbotSystem(): Promise<SearchSystem> {
  const catalogue = loadCatalogue();
  const tokenizer = await loadTokenizer(catalogue.dictionary);
  return {
    build(passages) {
      const index = buildPassageIndex(
        passages.map(({ id, title, text }) => ({
          file: id,
          title,
          branch: '-',
          fy: 1,
          section: [],
          from: 1,
          to: 1,
          page: null,
          text,
        })),
        tokenizer,
        catalogue.synonyms,
      );
      const search = openPassageSearch(index, tokenizer, catalogue.synonyms);
      return (text, limit) => search.search({ text, limit }).map(({ passage }) => passage.file);
    },
  };
}
