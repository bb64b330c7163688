import { normalize } from '../japanese/normalize.ts';
import type { Token, Tokenizer } from '../japanese/token.ts';
import type { ConceptFinder, FoundConcept } from './concepts.ts';

/** What a text is found by. */
export interface TextFeatures {
  /** Content words in order, a compound followed by its parts, and the concepts they name; empty string between sentences. */
  words: string[];
  /** Pairs of neighbouring characters: they bridge spellings, compounds and words the dictionary splits. */
  bigrams: string[];
}

const CJK = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー々、。・「」（）()';
/** A space parts two words of katakana; a line's end may stand within one. */
const WRAPPED = new RegExp(
  `(?<=[${CJK}])(?:\\s*\\n\\s*|(?<![ァ-ヺー])\\s+|\\s+(?![ァ-ヺー]))(?=[${CJK}])`,
  'gu',
);
const SENTENCE_END = /[。！？!?■●○◆※\n]/;
const RUN = /[\p{L}\p{N}ー々]+/gu;
const SAYS_LITTLE = /^(?:[ぁ-ゖ]+|[a-z0-9]+)$/;

/** Normalised text whose lines are joined where the document only wrapped them. */
export function unwrap(text: string): string {
  return normalize(text).replace(WRAPPED, '');
}

/** `meet` is shown every word, so that a caller can learn from them without a second pass. */
export function featuresOf(
  text: string,
  tokenizer: Tokenizer,
  concepts: ConceptFinder,
  meet: (token: Token) => void = () => undefined,
): TextFeatures {
  const plain = unwrap(text);
  const tokens = tokenizer.tokenize(plain);
  tokens.forEach(meet);
  return { words: contentWords(tokens, concepts(plain, tokens)), bigrams: bigramsOf(plain) };
}

function contentWords(tokens: readonly Token[], concepts: readonly FoundConcept[]): string[] {
  const words: string[] = [];
  let next = 0;
  for (const token of tokens) {
    for (; (concepts[next]?.start ?? Number.POSITIVE_INFINITY) < token.end; next++)
      words.push(concepts[next]?.term ?? '');
    if (token.kind === 'other') {
      if (SENTENCE_END.test(token.surface)) words.push('');
    } else {
      words.push(token.base, ...token.parts);
    }
  }
  return words;
}

/** Pairs of hiragana are left out: they are particles and endings. So are Latin pairs: their words stand alone. */
export function bigramsOf(plain: string): string[] {
  const bigrams: string[] = [];
  for (const [run] of plain.toLowerCase().matchAll(RUN)) {
    for (let at = 0; at + 2 <= run.length; at++) {
      const pair = run.slice(at, at + 2);
      if (!SAYS_LITTLE.test(pair)) bigrams.push(pair);
    }
  }
  return bigrams;
}
