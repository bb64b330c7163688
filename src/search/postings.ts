import type { PassageRanking } from './ranking.ts';

/** A passage's terms by field, before they are weighed. */
interface TermFields {
  body: readonly string[];
  heading: readonly string[];
  title: readonly string[];
}

/** An inverted index whose BM25F weights are computed once, when it is built. */
export interface Postings {
  /** Term to its number; sorted by number. */
  terms: Map<string, number>;
  /** Where a term's passages start in `docs` and `impacts`; one more than there are terms. */
  offsets: Uint32Array;
  docs: Uint32Array;
  /** idf × saturated term frequency. */
  impacts: Float32Array;
  idf: Float32Array;
}

const FIELDS = ['body', 'heading', 'title'] as const;

/**
 * BM25F (Robertson, Zaragoza 2009): term frequencies are weighed and length-normalised by field, added up,
 * then saturated once: idf × tf / (k1 + tf).
 */
export function buildPostings(passages: readonly TermFields[], ranking: PassageRanking): Postings {
  const weights = { body: 1, heading: ranking.headingWeight, title: ranking.headingWeight };
  const norms = {
    body: ranking.bodyLengthNorm,
    heading: ranking.headingLengthNorm,
    title: ranking.headingLengthNorm,
  };
  const mean = meanLengths(passages);
  const terms = new Map<string, number>();
  const rows: { docs: number[]; frequencies: number[] }[] = [];

  passages.forEach((passage, doc) => {
    const frequencies = new Map<string, number>();
    for (const field of FIELDS) {
      const length = passage[field].length;
      const unit = weights[field] / (1 - norms[field] + (norms[field] * length) / mean[field]);
      for (const term of passage[field]) frequencies.set(term, (frequencies.get(term) ?? 0) + unit);
    }
    for (const [term, frequency] of frequencies) {
      let id = terms.get(term);
      if (id === undefined) {
        id = terms.size;
        terms.set(term, id);
        rows.push({ docs: [], frequencies: [] });
      }
      const row = rows[id];
      row?.docs.push(doc);
      row?.frequencies.push(frequency);
    }
  });
  return weigh(terms, rows, passages.length, ranking.k1);
}

function weigh(
  terms: Map<string, number>,
  rows: readonly { docs: number[]; frequencies: number[] }[],
  passages: number,
  k1: number,
): Postings {
  const size = rows.reduce((sum, row) => sum + row.docs.length, 0);
  const offsets = new Uint32Array(rows.length + 1);
  const docs = new Uint32Array(size);
  const impacts = new Float32Array(size);
  const idf = new Float32Array(rows.length);
  let at = 0;
  rows.forEach((row, id) => {
    const rarity = Math.log(1 + (passages - row.docs.length + 0.5) / (row.docs.length + 0.5));
    idf[id] = rarity;
    offsets[id] = at;
    row.docs.forEach((doc, i) => {
      const frequency = row.frequencies[i] ?? 0;
      docs[at] = doc;
      impacts[at] = (rarity * frequency * (k1 + 1)) / (k1 + frequency);
      at++;
    });
  });
  offsets[rows.length] = at;
  return { terms, offsets, docs, impacts, idf };
}

function meanLengths(passages: readonly TermFields[]): Record<(typeof FIELDS)[number], number> {
  const mean = { body: 1, heading: 1, title: 1 };
  for (const field of FIELDS) {
    const total = passages.reduce((sum, passage) => sum + passage[field].length, 0);
    mean[field] = Math.max(1, total / Math.max(1, passages.length));
  }
  return mean;
}

/** Adds a term's weights, times `factor`, to the passages' scores. */
export function addTerm(postings: Postings, id: number, factor: number, scores: Float32Array): void {
  const { docs, impacts, offsets } = postings;
  const end = offsets[id + 1] ?? 0;
  for (let at = offsets[id] ?? 0; at < end; at++) {
    const doc = docs[at] ?? 0;
    scores[doc] = (scores[doc] ?? 0) + factor * (impacts[at] ?? 0);
  }
}
