import { compact } from '../japanese/normalize.ts';
import type { Passage } from '../model/passage.ts';
import { sentencesOf, unwrap } from './features.ts';
import { type ForwardIndex, type ForwardQuery, sentencePlaces, termSpan } from './forward-index.ts';

export interface Excerpt {
  /** In the passage's order. */
  sentences: string[];
  /** As the passage prints them; longest first. */
  words: string[];
}

const MOST_SENTENCES = 2;
/** A second sentence is shown when it says at least this share of what the best says. */
const WORTH_SHOWING = 0.6;

/** The sentences that say most of the question, and the words by which they do. Headings are left to the section path. */
export function excerptOf(passage: Passage, doc: number, index: ForwardIndex, query: ForwardQuery): Excerpt {
  const headings = new Set(passage.section.map(compact));
  const [, ...rows] = sentencePlaces(index, doc);
  const sentences = sentencesOf(passage.text).map((sentence, order) => {
    const spans = headings.has(compact(sentence)) ? [] : spansOf(index, query, rows[order]);
    return { sentence, order, spans, weight: weightOf(spans, query) };
  });
  const most = Math.max(0, ...sentences.map(({ weight }) => weight));
  const shown = sentences
    .filter(({ weight }) => weight > 0 && weight >= most * WORTH_SHOWING)
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .slice(0, MOST_SENTENCES)
    .sort((a, b) => a.order - b.order);
  const words = shown.flatMap(({ sentence, spans }) => {
    const plain = unwrap(sentence);
    return spans.map(({ start, end }) => plain.slice(start, end));
  });
  return {
    sentences: shown.map(({ sentence }) => sentence.trim()),
    words: [...new Set(words)].sort((a, b) => b.length - a.length),
  };
}

/** A place of a sentence that says something of the question. */
interface SaidSpan {
  start: number;
  end: number;
  said: readonly { slot: number; factor: number }[];
}

function spansOf(index: ForwardIndex, { places }: ForwardQuery, row = { from: 0, to: 0 }): SaidSpan[] {
  const spans: SaidSpan[] = [];
  for (let at = row.from; at < row.to; at++) {
    const said = places.get((index.ids[at] ?? 0) - 1);
    if (said) spans.push({ ...termSpan(index, at), said });
  }
  return spans;
}

function weightOf(spans: readonly SaidSpan[], { slots }: ForwardQuery): number {
  const covered = new Map<number, number>();
  for (const { slot, factor } of spans.flatMap(({ said }) => said))
    covered.set(slot, Math.max(factor, covered.get(slot) ?? 0));
  return [...covered].reduce((sum, [slot, factor]) => sum + factor * (slots[slot]?.weight ?? 0), 0);
}
