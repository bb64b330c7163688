import type { Token, Tokenizer } from '../japanese/token.ts';
import { bigramsOf, unwrap } from './passage-features.ts';
import { isStopWord } from './passage-stop-words.ts';
import type { SynonymFinder } from './passage-synonyms.ts';

/** One word of the question with the other words that it may stand for in the plans. */
export interface QueryWord {
  term: string;
  /** Parts and synonyms. */
  alternatives: string[];
}

export interface PassageQueryTerms {
  words: QueryWord[];
  bigrams: string[];
}

/** The part of a question that says what it is about: no particles, question phrases or politeness. */
export function analyseQuery(text: string, tokenizer: Tokenizer, synonyms: SynonymFinder): PassageQueryTerms {
  const plain = unwrap(text);
  const tokens = tokenizer.tokenize(plain);
  const asked = tokens.filter((token) => token.kind !== 'other' && !isStopWord(token));
  const alike = synonyms(plain);
  const words = asked.map((token) => ({
    term: token.base,
    alternatives: [
      ...token.parts,
      ...alike
        .filter((found) => found.start <= token.start && token.end <= found.end)
        .flatMap((found) => found.words),
    ],
  }));
  return { words, bigrams: [...new Set(bigramsOf(withoutStops(plain, tokens)))] };
}

function withoutStops(plain: string, tokens: readonly Token[]): string {
  let kept = '';
  let at = 0;
  for (const token of tokens) {
    if (!isStopWord(token)) continue;
    kept += `${plain.slice(at, token.start)} `;
    at = token.end;
  }
  return kept + plain.slice(at);
}
