import { normalize } from '../japanese/normalize.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { SynonymGroup } from '../model/catalogue.ts';

/** A synonym's place in the question, and the words that the other names of its group consist of. */
export interface FoundSynonym {
  start: number;
  end: number;
  words: string[];
}

export type SynonymFinder = (plain: string) => FoundSynonym[];

export function buildSynonymFinder(groups: readonly SynonymGroup[], tokenizer: Tokenizer): SynonymFinder {
  const entries = groups.flatMap((group) => {
    const names = group.map((name) => normalize(name));
    const words = names.map((name) =>
      tokenizer.tokenize(name).flatMap((token) => (token.kind === 'other' ? [] : [token.base])),
    );
    return names.map((name, at) => ({ name, words: [...new Set(words.filter((_, i) => i !== at).flat())] }));
  });
  return (plain) =>
    entries.flatMap(({ name, words }) => {
      const found: FoundSynonym[] = [];
      for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + name.length)) {
        found.push({ start: at, end: at + name.length, words });
      }
      return found;
    });
}
