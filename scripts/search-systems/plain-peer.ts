import MiniSearch from 'minisearch';
import { normalize } from '../../src/japanese/normalize.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import type { SearchSystem } from './search-system.ts';

/** What people would set up instead: MiniSearch as it comes, over the content words that kuromoji finds. */
export async function plainPeer(): Promise<SearchSystem> {
  const tokenizer = await loadTokenizer([]);
  const words = (text: string) =>
    tokenizer.tokenize(normalize(text)).flatMap((token) => (token.kind === 'other' ? [] : [token.base]));
  return {
    build(passages) {
      const index = new MiniSearch({
        fields: ['title', 'text'],
        tokenize: words,
        processTerm: (term) => term,
      });
      index.addAll(passages);
      return (question, limit) =>
        index
          .search(question)
          .slice(0, limit)
          .map(({ id }) => String(id));
    },
  };
}
