import type { FoundTerm } from './features.ts';

/** Each passage's terms in reading order: its headings, then its sentences, each closed by a 0. */
export interface ForwardIndex {
  /** Where a passage starts in `ids`; one more than there are passages. */
  offsets: Uint32Array;
  /** Term numbers + 1. */
  ids: Uint32Array;
  /** Where the sentence says it: start and end, 16 bits each. */
  spans: Uint32Array;
}

interface ForwardTerms {
  headings: readonly FoundTerm[];
  sentences: readonly (readonly FoundTerm[])[];
}

const LAST_OFFSET = 0xffff;

export function buildForward(
  passages: readonly ForwardTerms[],
  terms: ReadonlyMap<string, number>,
): ForwardIndex {
  const offsets = new Uint32Array(passages.length + 1);
  const rows = passages.map(({ headings, sentences }) => [headings, ...sentences]);
  const size = rows.flat().reduce((sum, row) => sum + row.length + 1, 0);
  const ids = new Uint32Array(size);
  const spans = new Uint32Array(size);
  let at = 0;
  rows.forEach((row, doc) => {
    offsets[doc] = at;
    for (const sentence of row) {
      for (const { term, start, end } of sentence) {
        ids[at] = (terms.get(term) ?? -1) + 1;
        spans[at++] = Math.min(start, LAST_OFFSET) * (LAST_OFFSET + 1) + Math.min(end, LAST_OFFSET);
      }
      at++;
    }
  });
  offsets[passages.length] = at;
  return { offsets, ids, spans };
}

/** Where each of a passage's sentences stands in `ids`, the headings first; the end is that of its closing 0. */
export function sentencePlaces({ offsets, ids }: ForwardIndex, doc: number): { from: number; to: number }[] {
  const end = offsets[doc + 1] ?? 0;
  const rows: { from: number; to: number }[] = [];
  for (let from = offsets[doc] ?? 0; from < end; ) {
    const to = ids.indexOf(0, from);
    rows.push({ from, to });
    from = to + 1;
  }
  return rows;
}

/** What `spans` says of one place. */
export function termSpan({ spans }: ForwardIndex, at: number): { start: number; end: number } {
  const span = spans[at] ?? 0;
  return { start: span >>> 16, end: span & LAST_OFFSET };
}

/** One thing of the question, or a choice of things, weighed by how rare it is. */
export interface WeighedSlot {
  weight: number;
  /** False for a word that no text has. */
  known: boolean;
  /** A loanword or a name that no text has, in none of its parts: no other word says the same. */
  foreign: boolean;
  /** 人 and the like, which what is said of them describes. */
  person: boolean;
  /** A thing, by its concept or as a noun of its own: what a question is about, not what is done with it. */
  decides: boolean;
  /** More than a name. */
  phrase: boolean;
}

export interface ForwardQuery {
  /** Term number to the slots that it says, and how much of each. */
  places: ReadonlyMap<number, readonly { slot: number; factor: number }[]>;
  slots: readonly WeighedSlot[];
}

/** How well one passage agrees with the question when it is read word by word. */
export interface Agreement {
  /** Share of the question's weight in the headings and the best sentence together, 0 to 1. */
  sentence: number;
  /** Share of the question's weight in the headings and the whole passage, 0 to 1. */
  coverage: number;
  /** How much of each slot the headings and the passage say, 0 to 1. */
  covered: number[];
  /** The same of each sentence with the headings. */
  sentences: number[][];
}

export function agreementOf(forward: ForwardIndex, doc: number, { places, slots }: ForwardQuery): Agreement {
  const end = forward.offsets[doc + 1] ?? 0;
  let at = forward.offsets[doc] ?? 0;
  const headings = slots.map(() => 0);
  for (; at < end && forward.ids[at] !== 0; at++) take(headings, (forward.ids[at] ?? 0) - 1);
  const covered = [...headings];
  const sentences: number[][] = [];
  let sentence = headings;
  for (; at < end; at++) {
    const id = forward.ids[at] ?? 0;
    if (id === 0) {
      sentence = headings;
      continue;
    }
    if (!places.has(id - 1)) continue;
    if (sentence === headings) {
      sentence = [...headings];
      sentences.push(sentence);
    }
    take(covered, id - 1);
    take(sentence, id - 1);
  }
  const best = Math.max(shareOf(headings, slots), ...sentences.map((own) => shareOf(own, slots)));
  return { sentence: best, coverage: shareOf(covered, slots), covered, sentences };

  function take(into: number[], term: number): void {
    for (const { slot, factor } of places.get(term) ?? []) into[slot] = Math.max(into[slot] ?? 0, factor);
  }
}

export function shareOf(covered: readonly number[], slots: readonly WeighedSlot[]): number {
  let total = 0;
  let said = 0;
  slots.forEach(({ weight }, slot) => {
    total += weight;
    said += weight * (covered[slot] ?? 0);
  });
  return total === 0 ? 0 : said / total;
}
