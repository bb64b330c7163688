/** Each passage's words in reading order, as term numbers + 1; 0 ends a sentence. */
export interface ForwardIndex {
  /** Where a passage starts in `ids`; one more than there are passages. */
  offsets: Uint32Array;
  ids: Uint32Array;
}

export function buildForward(
  bodies: readonly (readonly string[])[],
  terms: ReadonlyMap<string, number>,
): ForwardIndex {
  const offsets = new Uint32Array(bodies.length + 1);
  const ids = new Uint32Array(bodies.reduce((sum, words) => sum + words.length, 0));
  let at = 0;
  bodies.forEach((words, doc) => {
    offsets[doc] = at;
    for (const word of words) {
      ids[at] = word === '' ? 0 : (terms.get(word) ?? -1) + 1;
      at++;
    }
  });
  offsets[bodies.length] = at;
  return { offsets, ids };
}

/** How well one passage agrees with the question when it is read word by word. */
export interface Agreement {
  /** The best sentence's share of the question's weight, 0 to 1. */
  sentence: number;
  /** Share of the question's neighbouring pairs that stand side by side in the passage too, 0 to 1. */
  adjacency: number;
  /** Share of the question's weight in the whole passage, 0 to 1. */
  coverage: number;
}

export interface ForwardQuery {
  /** Term number to the weight of what it stands for, and which word of the question that is. */
  weights: ReadonlyMap<number, { slot: number; weight: number }>;
  /** Keys `left * 2^26 + right` of term numbers that are neighbours in the question. */
  pairs: ReadonlySet<number>;
  total: number;
}

export function pairKey(left: number, right: number): number {
  return left * 2 ** 26 + right;
}

export function agreementOf(forward: ForwardIndex, doc: number, query: ForwardQuery): Agreement {
  const end = forward.offsets[doc + 1] ?? 0;
  const inPassage = new Set<number>();
  const inSentence = new Set<number>();
  const pairs = new Set<number>();
  let coverage = 0;
  let sentence = 0;
  let current = 0;
  let previous = 0;
  for (let at = forward.offsets[doc] ?? 0; at < end; at++) {
    const id = forward.ids[at] ?? 0;
    if (id === 0) {
      sentence = Math.max(sentence, current);
      current = 0;
      inSentence.clear();
    } else {
      const match = query.weights.get(id - 1);
      if (match && !inSentence.has(match.slot)) {
        inSentence.add(match.slot);
        current += match.weight;
      }
      if (match && !inPassage.has(match.slot)) {
        inPassage.add(match.slot);
        coverage += match.weight;
      }
      if (previous !== 0) {
        const key = pairKey(previous - 1, id - 1);
        if (query.pairs.has(key)) pairs.add(key);
      }
    }
    previous = id;
  }
  const total = query.total || 1;
  return {
    sentence: Math.max(sentence, current) / total,
    coverage: coverage / total,
    adjacency: query.pairs.size === 0 ? 0 : pairs.size / query.pairs.size,
  };
}
