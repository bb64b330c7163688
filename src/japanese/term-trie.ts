import type { DictionaryTerm } from '../model/catalogue.ts';
import { normalize } from './normalize.ts';

/** Terms by first character, longest first: a few hundred terms need no deeper tree. */
export interface TermTrie {
  /** The longest term that starts at `at`, or undefined. Katakana and Latin terms never match inside a longer run. */
  longestAt(text: string, at: number): DictionaryTerm | undefined;
}

const KATAKANA = /[ァ-ヺー]/;
const LATIN = /[A-Za-z]/;

function sameRun(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return (KATAKANA.test(left) && KATAKANA.test(right)) || (LATIN.test(left) && LATIN.test(right));
}

export function buildTermTrie(terms: readonly DictionaryTerm[]): TermTrie {
  const byFirst = new Map<string, DictionaryTerm[]>();
  for (const term of terms) {
    const surface = normalize(term.surface);
    const first = surface.charAt(0);
    const same = byFirst.get(first) ?? [];
    same.push({ ...term, surface, parts: term.parts.map(normalize) });
    byFirst.set(first, same);
  }
  for (const same of byFirst.values()) same.sort((a, b) => b.surface.length - a.surface.length);

  return {
    longestAt(text, at) {
      const candidates = byFirst.get(text.charAt(at));
      if (!candidates) return undefined;
      return candidates.find((term) => {
        if (!text.startsWith(term.surface, at)) return false;
        const end = at + term.surface.length;
        return !sameRun(text[at - 1], text[at]) && !sameRun(text[end - 1], text[end]);
      });
    },
  };
}
