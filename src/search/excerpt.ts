import { compact, normalize } from '../japanese/normalize.ts';
import type { Passage } from '../model/passage.ts';
import type { QueryWord } from './query.ts';

export interface Excerpt {
  /** In the passage's order. */
  sentences: string[];
  /** As the passage prints them; longest first. */
  words: string[];
}

const MOST_SENTENCES = 2;
/** A second sentence is shown when it holds at least this share of what the best holds. */
const WORTH_SHOWING = 0.6;
const SENTENCE = /[^。\n]+。?/g;
const KANJI_OR_KATAKANA = /[\p{sc=Han}ァ-ヺーA-Za-z0-9]/u;

/**
 * The sentences that hold most of the question's words, found by their unchanging part: 受ける is found in 受けた.
 * Headings are left to the section path.
 */
export function excerptOf(passage: Passage, asked: readonly QueryWord[]): Excerpt {
  const headings = new Set(passage.section.map(compact));
  const needles = asked.map(({ term, alternatives }) => [term, ...alternatives].map(stem).filter(isTelling));
  const sentences = [...passage.text.matchAll(SENTENCE)].map(([sentence], order) => {
    const plain = normalize(sentence).toLowerCase();
    const isHeading = headings.has(compact(sentence));
    const found = isHeading
      ? []
      : needles.flatMap((same) => same.find((needle) => plain.includes(needle)) ?? []);
    return { sentence: sentence.trim(), order, found, weight: weigh(found) };
  });
  const most = Math.max(0, ...sentences.map(({ weight }) => weight));
  const shown = sentences
    .filter(({ weight }) => weight > 0 && weight >= most * WORTH_SHOWING)
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .slice(0, MOST_SENTENCES)
    .sort((a, b) => a.order - b.order);
  const words = [...new Set(shown.flatMap(({ found }) => found))].sort((a, b) => b.length - a.length);
  return { sentences: shown.map(({ sentence }) => sentence), words };
}

/** Longer words say more; each counts once. */
function weigh(found: readonly string[]): number {
  return [...new Set(found)].reduce((sum, word) => sum + Math.min(4, word.length), 0);
}

function stem(word: string): string {
  const plain = normalize(word).toLowerCase();
  return KANJI_OR_KATAKANA.test(plain) ? plain.replace(/[ぁ-ゖ]+$/, '') : plain;
}

function isTelling(needle: string): boolean {
  return needle.length >= 2 || /\p{sc=Han}/u.test(needle);
}
