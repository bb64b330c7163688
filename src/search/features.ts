import { normalize } from '../japanese/normalize.ts';
import type { Token, Tokenizer } from '../japanese/token.ts';
import type { ConceptFinder, FoundConcept } from './concepts.ts';

/** An index term, and where its sentence says it once `unwrap` has gone over that. */
export interface FoundTerm {
  term: string;
  start: number;
  /** Exclusive. */
  end: number;
}

/** What a text is found by. */
export interface TextFeatures {
  /** Of each sentence of `sentencesOf`: content words in order, a compound followed by its parts, and the concepts they name. */
  sentences: FoundTerm[][];
  /** Pairs of neighbouring characters: they bridge spellings, compounds and words the dictionary splits. */
  bigrams: string[];
}

const CJK = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー々、。・「」（）()';
/** A space parts two words of katakana; a line's end may stand within one. */
const WRAPPED = new RegExp(
  `(?<=[${CJK}])(?:\\s*\\n\\s*|(?<![ァ-ヺー])\\s+|\\s+(?![ァ-ヺー]))(?=[${CJK}])`,
  'gu',
);
const SENTENCE = /[■●○◆※]?[^。！？!?■●○◆※\n]+[。！？!?]*/g;
const RUN = /[\p{L}\p{N}ー々]+/gu;
const SAYS_LITTLE = /^(?:[ぁ-ゖ]+|[a-z0-9]+)$/;

/** Normalised text whose lines are joined where the document only wrapped them. */
export function unwrap(text: string): string {
  return normalize(text).replace(WRAPPED, '');
}

/** As they are printed; a line is at most one. */
export function sentencesOf(text: string): string[] {
  return text.match(SENTENCE) ?? [];
}

/** `meet` is shown every word, so that a caller can learn from them without a second pass. */
export function featuresOf(
  text: string,
  tokenizer: Tokenizer,
  concepts: ConceptFinder,
  meet: (token: Token) => void = () => undefined,
): TextFeatures {
  const plain = sentencesOf(text).map(unwrap);
  const sentences = plain.map((sentence) => {
    const tokens = tokenizer.tokenize(sentence);
    tokens.forEach(meet);
    return termsOf(tokens, concepts(sentence, tokens));
  });
  return { sentences, bigrams: plain.flatMap(bigramsOf) };
}

function termsOf(tokens: readonly Token[], concepts: readonly FoundConcept[]): FoundTerm[] {
  const terms: FoundTerm[] = [];
  let next = 0;
  for (const { start, end, kind, base, parts } of tokens) {
    for (; (concepts[next]?.start ?? Number.POSITIVE_INFINITY) < end; next++)
      terms.push(...withWider(concepts[next]));
    if (kind !== 'other') for (const term of [base, ...parts]) terms.push({ term, start, end });
  }
  return terms;
}

function withWider(concept: FoundConcept | undefined): FoundTerm[] {
  if (!concept) return [];
  const { start, end, term, wider } = concept;
  return [term, ...wider].map((own) => ({ term: own, start, end }));
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
