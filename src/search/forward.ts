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

/** How well one passage agrees with the question when it is read word by word. */
export interface Agreement {
  /** Share of the question's weight in the headings and the best sentence together, 0 to 1. */
  sentence: number;
  /** Share of the question's weight in the headings and the whole passage, 0 to 1. */
  coverage: number;
}

export interface ForwardQuery {
  /** Term number to the weight of what it stands for, and which word of the question that is. */
  weights: ReadonlyMap<number, { slot: number; weight: number }>;
  total: number;
}

export function agreementOf(forward: ForwardIndex, doc: number, query: ForwardQuery): Agreement {
  const end = forward.offsets[doc + 1] ?? 0;
  let at = forward.offsets[doc] ?? 0;
  const inPassage = new Set<number>();
  let headings = 0;
  for (; at < end && forward.ids[at] !== 0; at++) {
    headings += newWeight(query.weights.get((forward.ids[at] ?? 0) - 1), inPassage);
  }
  const inHeadings = [...inPassage];
  let inSentence = new Set(inHeadings);
  let coverage = headings;
  let sentence = headings;
  let best = headings;
  for (; at < end; at++) {
    const id = forward.ids[at] ?? 0;
    if (id === 0) {
      best = Math.max(best, sentence);
      sentence = headings;
      inSentence = new Set(inHeadings);
    } else {
      const match = query.weights.get(id - 1);
      coverage += newWeight(match, inPassage);
      sentence += newWeight(match, inSentence);
    }
  }
  const total = query.total || 1;
  return { sentence: Math.max(best, sentence) / total, coverage: coverage / total };
}

function newWeight(match: { slot: number; weight: number } | undefined, seen: Set<number>): number {
  if (!match || seen.has(match.slot)) return 0;
  seen.add(match.slot);
  return match.weight;
}
