import { compact } from '../japanese/normalize.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { Passage } from '../model/passage.ts';
import type { ConceptFinder } from './concepts.ts';
import { unwrap } from './features.ts';
import type { ForwardQuery } from './forward.ts';

export interface Excerpt {
  /** In the passage's order. */
  sentences: string[];
  /** As the passage prints them; longest first. */
  words: string[];
}

/** What a passage is read again with. */
export interface ExcerptParts {
  tokenizer: Tokenizer;
  concepts: ConceptFinder;
  /** Term to its number in the index. */
  terms: ReadonlyMap<string, number>;
}

const MOST_SENTENCES = 2;
/** A second sentence is shown when it says at least this share of what the best says. */
const WORTH_SHOWING = 0.6;
const SENTENCE = /[^。\n]+。?/g;

/** The sentences that say most of the question, and the words by which they do. Headings are left to the section path. */
export function excerptOf(passage: Passage, query: ForwardQuery, reading: ExcerptParts): Excerpt {
  const headings = new Set(passage.section.map(compact));
  const sentences = [...passage.text.matchAll(SENTENCE)].map(([sentence], order) => {
    const { weight, words } = headings.has(compact(sentence))
      ? { weight: 0, words: [] }
      : weigh(sentence, query, reading);
    return { sentence: sentence.trim(), order, weight, words };
  });
  const most = Math.max(0, ...sentences.map(({ weight }) => weight));
  const shown = sentences
    .filter(({ weight }) => weight > 0 && weight >= most * WORTH_SHOWING)
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .slice(0, MOST_SENTENCES)
    .sort((a, b) => a.order - b.order);
  const words = [...new Set(shown.flatMap((own) => own.words))].sort((a, b) => b.length - a.length);
  return { sentences: shown.map(({ sentence }) => sentence), words };
}

function weigh(
  sentence: string,
  { places, slots }: ForwardQuery,
  { tokenizer, concepts, terms }: ExcerptParts,
) {
  const plain = unwrap(sentence);
  const tokens = tokenizer.tokenize(plain);
  const said = [
    ...concepts(plain, tokens).map(({ start, end, term }) => ({ start, end, terms: [term] })),
    ...tokens.map(({ start, end, base, parts }) => ({ start, end, terms: [base, ...parts] })),
  ];
  const covered = new Map<number, number>();
  const words: string[] = [];
  for (const { start, end, terms: own } of said) {
    const found = own.flatMap((term) => places.get(terms.get(term) ?? -1) ?? []);
    if (found.length > 0) words.push(plain.slice(start, end));
    for (const { slot, factor } of found) covered.set(slot, Math.max(factor, covered.get(slot) ?? 0));
  }
  const weight = [...covered].reduce((sum, [slot, factor]) => sum + factor * (slots[slot]?.weight ?? 0), 0);
  return { weight, words };
}
