/** Each passage's words in reading order, as term numbers + 1: its headings, then its sentences; 0 ends each. */
export interface ForwardIndex {
  /** Where a passage starts in `ids`; one more than there are passages. */
  offsets: Uint32Array;
  ids: Uint32Array;
}

export interface ForwardWords {
  headings: readonly string[];
  /** An empty string ends a sentence. */
  body: readonly string[];
}

export function buildForward(
  passages: readonly ForwardWords[],
  terms: ReadonlyMap<string, number>,
): ForwardIndex {
  const offsets = new Uint32Array(passages.length + 1);
  const ids = new Uint32Array(
    passages.reduce((sum, { headings, body }) => sum + headings.length + 1 + body.length, 0),
  );
  let at = 0;
  passages.forEach(({ headings, body }, doc) => {
    offsets[doc] = at;
    for (const word of [...headings, '', ...body]) {
      ids[at] = word === '' ? 0 : (terms.get(word) ?? -1) + 1;
      at++;
    }
  });
  offsets[passages.length] = at;
  return { offsets, ids };
}

/** A slot of the question, weighed by how rare it is. */
export interface WeighedSlot {
  weight: number;
  /** False for a word that no text has. */
  known: boolean;
  /** A noun that no text has, in none of its parts. */
  unheard: boolean;
  /** Such a noun that is a loanword or a name: no other word says the same. */
  foreign: boolean;
  /** 人 and the like, which what is said of them describes. */
  person: boolean;
  /** A thing, by its concept or as a noun of its own: what a question is about, not what is done with it. */
  decides: boolean;
  /** Slots that are said as one choice have one number. */
  choice: number;
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
