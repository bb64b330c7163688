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

/** The words of a group are looked up when a question names it: most groups never are. */
export function buildSynonymFinder(groups: readonly SynonymGroup[], tokenizer: Tokenizer): SynonymFinder {
  const known = new Map<string, string[]>();
  const wordsOf = (name: string) => {
    const words =
      known.get(name) ??
      tokenizer.tokenize(name).flatMap((token) => (token.kind === 'other' ? [] : [token.base]));
    known.set(name, words);
    return words;
  };
  const entries = groups.flatMap((group) => {
    const names = group.map(normalize);
    return names.map((name, at) => ({ name, others: names.filter((_, i) => i !== at) }));
  });
  return (plain) =>
    entries.flatMap(({ name, others }) => {
      const found: FoundSynonym[] = [];
      for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + name.length)) {
        found.push({ start: at, end: at + name.length, words: [...new Set(others.flatMap(wordsOf))] });
      }
      return found;
    });
}
