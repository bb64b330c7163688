import type { Token, Tokenizer } from '../japanese/token.ts';
import type { ConceptFinder, Place } from './concepts.ts';
import { bigramsOf, unwrap } from './features.ts';
import { findReadings, type Readings } from './readings.ts';
import { isStopWord } from './stop-words.ts';

/** One thing that a question speaks of, and the index terms that say it. */
interface QuerySlot {
  /** Best first: the concept, the word itself, its parts. `factor` 1 says all of it, less a part of it. */
  terms: { term: string; factor: number }[];
  /** Words that a text would have to name; verbs and kana may be said in any way. */
  telling: boolean;
  /** Set where it is said as one choice with the slot before it: 血圧計とか体組成計. */
  alternative: boolean;
  /** More than a name: 電車に広告, 歩くイベント. Beside it, a name is a choice of a part of it alone. */
  phrase: boolean;
}

export interface PassageQueryTerms {
  slots: QuerySlot[];
  bigrams: string[];
}

/** What the words of a question are held against. */
interface QueryVocabulary {
  concepts: ConceptFinder;
  readings: Readings;
  /** Whether a text has a term: a phrase for what no text speaks of is read word by word. */
  knows: (term: string) => boolean;
  /** Words that the filter has dealt with, such as the branch's name. */
  settled: ReadonlySet<string>;
}

/** How much of a slot a part of its words says. */
const PART = 0.5;
const OR = '(?:など|なんか)?(?:や|とか|か|・|または|もしくは)';
/** Between two things of which one is enough: 血圧計とか体組成計, 作ったり配ったり. */
const ALTERNATIVE = new RegExp(`(?:^${OR}|[ただ]り)、?$`);
/** Hiragana between what has none: a particle, or the ending of a verb. */
const PARTICLE_OR_VERB = /[^ぁ-ゖ][ぁ-ゖ]+[^ぁ-ゖ]|[^ぁ-ゖ][うくぐすつぬぶむる]$/;
/** What is said as a choice with a word before or behind it. */
const CHOICE = new RegExp(`^${OR}|${OR}、?$`);
const NAMES = /[\p{sc=Han}ァ-ヺA-Za-z]/u;

/** No phrase is stretched over a choice of other things. */
const PARTED = /とか|または|もしくは|[^ぁ-ゖ][や・][^ぁ-ゖ]/;

interface Span {
  start: number;
  end: number;
  /** What it is stretched over; and what is said there as a choice with one of its words: 給料や貯金を押さえる. */
  gaps: readonly Place[];
  choices: readonly Place[];
  terms: string[];
  parts: string[];
  concept: boolean;
  telling: boolean;
}

/**
 * The part of a question that says what it is about: no particles, question phrases or politeness.
 */
export function analyseQuery(
  text: string,
  tokenizer: Tokenizer,
  vocabulary: QueryVocabulary,
): PassageQueryTerms {
  const plain = unwrap(text);
  const tokens = tokenizer.tokenize(plain);
  const inKana = findReadings(plain, tokens, vocabulary.readings);
  const isDropped = (token: Token) =>
    isStopWord(token) || vocabulary.settled.has(token.base) || inKana.some((found) => covers(found, token));
  const kept = tokens.filter((token) => token.kind !== 'other' && !isDropped(token));
  const between = ({ start, end }: Place) => plain.slice(start, end);
  const isChoice = (gap: Place) => CHOICE.test(between(gap));
  const concepts = vocabulary
    .concepts(plain, tokens)
    .filter(({ term }) => vocabulary.knows(term))
    .filter(({ gaps }) => gaps.every((gap) => isChoice(gap) || !PARTED.test(between(gap))))
    .filter((found) => !tokens.some((token) => vocabulary.settled.has(token.base) && covers(token, found)));
  const spans: Span[] = [
    ...concepts.map(({ start, end, gaps, term }) => ({
      start,
      end,
      gaps: gaps.filter((gap) => !isChoice(gap)),
      choices: gaps.filter(isChoice),
      terms: [term],
      parts: [],
      concept: true,
      telling: true,
    })),
    ...kept.map(({ start, end, base, parts, kind }) => ({
      start,
      end,
      gaps: [],
      choices: [],
      terms: [base],
      parts: [...parts],
      concept: false,
      telling: kind === 'noun' && base.length > 1 && NAMES.test(base),
    })),
    ...inKana.map(({ start, end, words }) => ({
      start,
      end,
      gaps: [],
      choices: [],
      terms: words.flatMap((word) => [
        word,
        ...vocabulary.concepts(word, tokenizer.tokenize(word)).map(({ term }) => term),
      ]),
      parts: [],
      concept: false,
      telling: true,
    })),
  ];
  // What a concept says needs no bridge.
  const bridged = tokens.filter(
    (token) => isDropped(token) || concepts.some((found) => covers(found, token)),
  );
  const plainWords = [without(plain, bridged), ...inKana.map((found) => found.words[0] ?? '')].join(' ');
  return { slots: slotsOf(spans, plain), bigrams: [...new Set(bigramsOf(plainWords))] };
}

/** The longest places, each with what lies within it; what only overlaps is a slot of its own. */
function slotsOf(spans: readonly Span[], plain: string): QuerySlot[] {
  const slots: { place: Span; terms: Map<string, number>; telling: boolean }[] = [];
  const longestFirst = [...spans].sort(
    (a, b) =>
      lengthOf(b) - lengthOf(a) || a.gaps.length - b.gaps.length || Number(b.concept) - Number(a.concept),
  );
  for (const span of longestFirst) {
    const known = slots.find(({ place }) => covers(place, span));
    const slot = known ?? { place: span, terms: new Map<string, number>(), telling: span.telling };
    if (!known) slots.push(slot);
    const { place } = slot;
    // 駅や電車に広告 says 駅に広告 and 電車に広告, 歩くイベントや大会 says 歩くイベント.
    const isIn = (at: number) => place.choices.some(({ start, end }) => start < at && at < end);
    const whole =
      span.start === place.start
        ? span.end === place.end || isIn(span.end)
        : span.end === place.end && isIn(span.start);
    for (const term of span.terms) if (!slot.terms.has(term)) slot.terms.set(term, whole ? 1 : PART);
    for (const part of span.parts) if (!slot.terms.has(part)) slot.terms.set(part, PART);
  }
  return slots
    .sort((a, b) => a.place.start - b.place.start)
    .map(({ place, terms, telling }, at, all) => ({
      terms: [...terms].map(([term, factor]) => ({ term, factor })),
      telling,
      phrase: PARTICLE_OR_VERB.test(plain.slice(place.start, place.end)),
      alternative: ALTERNATIVE.test(plain.slice(all[at - 1]?.place.end ?? 0, place.start)) && at > 0,
    }));
}

function covers({ start, end, gaps = [] }: Place & { gaps?: readonly Place[] }, inner: Place): boolean {
  return start <= inner.start && inner.end <= end && !gaps.some((gap) => covers(gap, inner));
}

function lengthOf({ start, end, gaps }: Span): number {
  return gaps.reduce((length, gap) => length - (gap.end - gap.start), end - start);
}

function without(plain: string, dropped: readonly Token[]): string {
  let kept = '';
  let at = 0;
  for (const token of dropped) {
    kept += `${plain.slice(at, token.start)} `;
    at = token.end;
  }
  return kept + plain.slice(at);
}
