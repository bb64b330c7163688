import type { Token, Tokenizer } from '../japanese/token.ts';
import { bigramsOf, unwrap } from './features.ts';
import { findReadings, type Readings } from './readings.ts';
import { isStopWord } from './stop-words.ts';
import type { SynonymFinder } from './synonyms.ts';

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

/** What the words of a question are held against. */
export interface QueryVocabulary {
  synonyms: SynonymFinder;
  readings: Readings;
  /** Words that the filter has dealt with, such as the branch's name. */
  settled: ReadonlySet<string>;
}

/**
 * The part of a question that says what it is about: no particles, question phrases or politeness.
 */
export function analyseQuery(
  text: string,
  tokenizer: Tokenizer,
  vocabulary: QueryVocabulary,
): PassageQueryTerms {
  const plain = unwrap(text);
  const tokens = tokenizer.tokenize(plain);
  const inKana = findReadings(plain, tokens, vocabulary.readings);
  const isDropped = (token: Token) =>
    isStopWord(token) || vocabulary.settled.has(token.base) || inKana.some((found) => covers(found, token));
  const alike = vocabulary.synonyms(plain);
  const words = tokens
    .filter((token) => token.kind !== 'other' && !isDropped(token))
    .map((token) => ({
      term: token.base,
      alternatives: [
        ...token.parts,
        ...alike.filter((found) => covers(found, token)).flatMap((found) => found.words),
      ],
    }));
  for (const {
    words: [term, ...alternatives],
  } of inKana)
    if (term) words.push({ term, alternatives });
  const kept = [
    without(plain, tokens.filter(isDropped)),
    ...inKana.map((found) => found.words[0] ?? ''),
  ].join(' ');
  return { words, bigrams: [...new Set(bigramsOf(kept))] };
}

function covers(span: { start: number; end: number }, token: Token): boolean {
  return span.start <= token.start && token.end <= span.end;
}

function without(plain: string, dropped: readonly Token[]): string {
  let kept = '';
  let at = 0;
  for (const token of dropped) {
    kept += `${plain.slice(at, token.start)} `;
    at = token.end;
  }
  return kept + plain.slice(at);
}
