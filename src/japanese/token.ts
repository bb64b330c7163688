/** What a word does in a sentence, as far as retrieval and questions need to know. */
export type TokenKind = 'noun' | 'number' | 'verb' | 'adjective' | 'adverb' | 'other';

/** A word of a text. Offsets count UTF-16 units of the normalised text (normalize.ts). */
export interface Token {
  surface: string;
  /** Dictionary form; numbers and years in one normal form: 1200, 2021年. */
  base: string;
  /** In hiragana; empty where unknown. */
  reading: string;
  kind: TokenKind;
  start: number;
  /** Exclusive. */
  end: number;
  /** The words a compound of the domain dictionary is also found by; empty for other words. */
  parts: readonly string[];
}

/** Splits Japanese text into words, documents and questions the same way. White space gives no token. */
export interface Tokenizer {
  tokenize(text: string): Token[];
}
