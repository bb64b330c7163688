import MiniSearch from 'minisearch';
import { loadKuromoji } from '../../src/japanese/kuromoji.ts';
import type { SearchSystem } from './search-system.ts';

const CONTENT = new Set(['名詞', '動詞', '形容詞', '副詞']);

/** What people would set up instead: MiniSearch as it comes, over the base forms of kuromoji's content words. */
export async function plainPeer(): Promise<SearchSystem> {
  const kuromoji = await loadKuromoji();
  const words = (text: string) =>
    kuromoji
      .tokenize(text.normalize('NFKC'))
      .filter((word) => CONTENT.has(word.pos))
      .map((word) => (word.basic_form === '*' ? word.surface_form.toLowerCase() : word.basic_form));
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
