import type { Token, Tokenizer } from '../japanese/token.ts';
import { type SynonymGroup, splitGroup } from '../model/catalogue.ts';
import type { Passage } from '../model/passage.ts';
import { buildConceptFinder, type ConceptFinder } from './concepts.ts';
import { featuresOf, type TextFeatures } from './features.ts';
import { buildForward, type ForwardIndex } from './forward-index.ts';
import { buildPostings, type Postings } from './postings.ts';
import { type PassageRanking, RANKING } from './ranking.ts';
import { learnReading, type Readings } from './readings.ts';

/** All that a search reads, ready to be kept on disk. A passage's number is its place in `passages`. */
export interface PassageIndex {
  passages: readonly Passage[];
  words: Postings;
  bigrams: Postings;
  forward: ForwardIndex;
  readings: Readings;
}

/** A passage's words and character pairs, field by field. */
interface PassageFields {
  body: TextFeatures;
  heading: TextFeatures;
  title: TextFeatures;
}

export function buildPassageIndex(
  passages: readonly Passage[],
  tokenizer: Tokenizer,
  synonyms: readonly SynonymGroup[],
): PassageIndex {
  const readings: Readings = new Map();
  const concepts = buildConceptFinder(synonyms, tokenizer);
  const fields = fieldsOf(passages, tokenizer, concepts, (token) => learnReading(readings, token));
  for (const token of nounsOf(synonyms, tokenizer)) learnReading(readings, token);
  return { ...indexFields(fields, RANKING), passages, readings };
}

/** Of all synonyms, read once a catalogue. */
const nouns = new WeakMap<readonly SynonymGroup[], { tokenizer: Tokenizer; tokens: readonly Token[] }>();

function nounsOf(synonyms: readonly SynonymGroup[], tokenizer: Tokenizer): readonly Token[] {
  const known = nouns.get(synonyms);
  if (known?.tokenizer === tokenizer) return known.tokens;
  const forms = synonyms.flatMap((group) => splitGroup(group).forms);
  const tokens = forms.flatMap((form) => tokenizer.tokenize(form)).filter(({ kind }) => kind === 'noun');
  nouns.set(synonyms, { tokenizer, tokens });
  return tokens;
}

export function fieldsOf(
  passages: readonly Passage[],
  tokenizer: Tokenizer,
  concepts: ConceptFinder,
  meet: (token: Token) => void = () => undefined,
): PassageFields[] {
  const seen = new Map<string, TextFeatures>();
  const repeated = (text: string) => {
    const known = seen.get(text) ?? featuresOf(text, tokenizer, concepts, meet);
    seen.set(text, known);
    return known;
  };
  return passages.map((passage) => ({
    body: featuresOf(passage.text, tokenizer, concepts, meet),
    heading: repeated(passage.section.join('\n')),
    title: repeated(passage.title),
  }));
}

function indexFields(
  fields: readonly PassageFields[],
  ranking: PassageRanking,
): Pick<PassageIndex, 'words' | 'bigrams' | 'forward'> {
  const words = buildPostings(
    fields.map(({ body, heading, title }) => ({
      body: termsOf(body),
      heading: termsOf(heading),
      title: termsOf(title),
    })),
    ranking,
  );
  const bigrams = buildPostings(
    fields.map(({ body, heading, title }) => ({
      body: body.bigrams,
      heading: heading.bigrams,
      title: title.bigrams,
    })),
    ranking,
  );
  const forward = buildForward(
    fields.map(({ body, heading, title }) => ({
      headings: [...heading.sentences.flat(), ...title.sentences.flat()],
      sentences: body.sentences,
    })),
    words.terms,
  );
  return { words, bigrams, forward };
}

export function termsOf({ sentences }: TextFeatures): string[] {
  return sentences.flatMap((sentence) => sentence.map(({ term }) => term));
}
