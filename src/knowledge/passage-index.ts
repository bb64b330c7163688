import type { Tokenizer } from '../japanese/token.ts';
import type { Passage } from '../model/passage.ts';
import { featuresOf, type TextFeatures } from './passage-features.ts';
import { buildForward, type ForwardIndex } from './passage-forward.ts';
import { buildPostings, type Postings } from './passage-postings.ts';
import { type PassageRanking, RANKING } from './passage-ranking.ts';

/** All that a search reads, ready to be kept on disk. A passage's number is its place in `passages`. */
export interface PassageIndex {
  passages: readonly Passage[];
  words: Postings;
  bigrams: Postings;
  forward: ForwardIndex;
}

export function buildPassageIndex(
  passages: readonly Passage[],
  tokenizer: Tokenizer,
  ranking: PassageRanking = RANKING,
): PassageIndex {
  const seen = new Map<string, TextFeatures>();
  const headingFeatures = (text: string) => {
    const known = seen.get(text) ?? featuresOf(text, tokenizer);
    seen.set(text, known);
    return known;
  };
  const fields = passages.map((passage) => ({
    body: featuresOf(passage.text, tokenizer),
    heading: headingFeatures(passage.section.join('\n')),
    title: headingFeatures(passage.title),
  }));
  const words = buildPostings(
    fields.map((field) => ({
      body: withoutBreaks(field.body.words),
      heading: withoutBreaks(field.heading.words),
      title: withoutBreaks(field.title.words),
    })),
    ranking,
  );
  const bigrams = buildPostings(
    fields.map((field) => ({
      body: field.body.bigrams,
      heading: field.heading.bigrams,
      title: field.title.bigrams,
    })),
    ranking,
  );
  const forward = buildForward(
    fields.map((field) => field.body.words),
    words.terms,
  );
  return { passages, words, bigrams, forward };
}

function withoutBreaks(words: readonly string[]): string[] {
  return words.filter((word) => word !== '');
}
