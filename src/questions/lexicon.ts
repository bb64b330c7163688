import { foldText } from '../japanese/fold.ts';
import { normalize } from '../japanese/normalize.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { Catalogue, PhraseMeaning } from '../model/catalogue.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';
import { isDictionaryForm } from './morphemes.ts';

/** What a name or a turn of speech in a question means. */
export type Meaning =
  | { type: 'branch'; name: string; by: 'name' | 'reading' | 'city' }
  /** `asBranch`: 関西支部 names a region as if it were one branch. */
  | { type: 'region'; name: string; branches: readonly string[]; asBranch: boolean }
  /** `sure`: the name says each of the indicators; else one of them is meant. */
  | { type: 'indicator'; ids: readonly IndicatorId[]; sure: boolean }
  | { type: 'phrase'; as: PhraseMeaning };

export interface Term {
  /** Folded, without the characters that a match steps over. */
  text: string;
  meaning: Meaning;
  /** It ends in a word that is read in any of its forms, or in none but those. */
  inflects?: boolean;
  onlyInflected?: boolean;
}

/** Characters that people add or leave out inside a name: 被保険者(の)特定保健指導. */
export function isSkipped(character: string): boolean {
  return 'の()「」『』'.includes(character);
}

function toTerm(name: string, meaning: Meaning): Term {
  return { text: [...foldText(name)].filter((c) => !isSkipped(c)).join(''), meaning };
}

function branchTerms(catalogue: Catalogue): Term[] {
  return catalogue.branches.flatMap((branch) => {
    const by = (names: string[], how: 'name' | 'reading' | 'city') =>
      names.map((name) => toTerm(name, { type: 'branch', name: branch.name, by: how }));
    const { name, reading, prefecture } = branch;
    return [
      ...by([name, `${name}支部`, ...branch.aliases], 'name'),
      ...by(prefecture === '' ? [] : [prefecture, `${prefecture}支部`], 'name'),
      ...by([reading], 'reading'),
      ...by([`${reading}支部`, `${reading}しぶ`, `${reading}けん`], 'name'),
      ...by(branch.cities, 'city'),
    ];
  });
}

function regionTerms({ regions }: Catalogue): Term[] {
  return regions.flatMap(({ name, words, branches }) =>
    [name, ...words].flatMap((word) => [
      ...[word, `${word}の各支部`, `${word}の全支部`, `${word}内の支部`].map((text) =>
        toTerm(text, { type: 'region', name: word, branches, asBranch: false }),
      ),
      {
        text: foldText(`${word}支部`),
        meaning: { type: 'region', name: word, branches, asBranch: true } as const,
      },
    ]),
  );
}

function ownName(id: IndicatorId): string {
  return id.slice('other:'.length);
}

function indicatorTerms(catalogue: Catalogue, others: readonly IndicatorId[]): Term[] {
  const sure = catalogue.indicators.flatMap(({ id, name, official, synonyms }) =>
    [name, ...official.map((era) => era.name), ...synonyms].map((text) =>
      toTerm(text, { type: 'indicator', ids: [id], sure: true }),
    ),
  );
  const own = others.filter(isOther);
  const unsure = catalogue.ambiguous.map(({ term, indicators }) =>
    toTerm(term, {
      type: 'indicator',
      ids: [...indicators, ...own.filter((id) => belongsTo(id, indicators, catalogue))],
      sure: false,
    }),
  );
  const named = own.flatMap((id) =>
    [ownName(id), ...tails(ownName(id))].map((text) =>
      toTerm(text, { type: 'indicator', ids: [id], sure: true }),
    ),
  );
  return [...unsure, ...sure, ...named];
}

/** A plan's own KPI joins the words of the group that one of which its name has: 特定保健指導実施率, 特保. */
function belongsTo(id: IndicatorId, indicators: readonly IndicatorId[], catalogue: Catalogue): boolean {
  const group = catalogue.ambiguous.filter((other) => other.indicators.join() === indicators.join());
  return !indicators.includes(id) && group.some(({ term }) => ownName(id).includes(term));
}

/** What people shorten a long name to: 被保険者の喫煙率 → 喫煙率. */
function tails(name: string): string[] {
  const parts = name.split('の');
  return parts.map((_, at) => parts.slice(at + 1).join('の')).filter((tail) => tail.length >= 3);
}

const SHORTEST_READING = 4;

/** How a text is read; null where a word of it has no known reading. */
export function readingOf(text: string, tokenizer: Tokenizer): string | null {
  const words = tokenizer.tokenize(text);
  const reading = words.map((word) => word.reading).join('');
  return words.every((word) => word.reading !== '') && /^[ぁ-んー]+$/.test(reading) ? reading : null;
}

/** Names as they are read, for whoever types faster than the input method: ゆうそうかりつ. */
function readings(terms: readonly Term[], tokenizer: Tokenizer, shortest: number): Term[] {
  return terms.flatMap(({ text, meaning }) => {
    const reading = readingOf(text, tokenizer);
    return reading !== null && reading.length >= shortest && reading !== text
      ? [{ text: reading, meaning }]
      : [];
  });
}

/** A phrase that ends in a verb's or an adjective's dictionary form is read in any of its forms, and as it sounds. */
function phraseTerms({ phrases }: Catalogue, tokenizer: Tokenizer): Term[] {
  return phrases.flatMap(({ as, words }) =>
    words.flatMap((word): Term[] => {
      const meaning: Meaning = { type: 'phrase', as };
      const last = tokenizer.tokenize(normalize(word)).at(-1);
      const inflects = last !== undefined && last.end === normalize(word).length && isDictionaryForm(last);
      const written = toTerm(word, meaning);
      // (新) is a mark by its bracket. Of もの one character would be left, which stands in other words too.
      const text = (/^[(「『]/.exec(foldText(word))?.[0] ?? '') + written.text;
      if (text.length === 1 && word.length > 1) return [];
      if (!inflects) return [{ text, meaning }];
      // A verb that says nothing is no item of a question.
      if (as === 'ignore' && last.start === 0) return [];
      const sound = toTerm(word.slice(0, last.start) + last.reading, meaning);
      return [
        { text, meaning, inflects },
        { ...sound, inflects, onlyInflected: true },
      ];
    }),
  );
}

/** All names and phrases that a question can use. The first of two equal ones wins. */
export function collectTerms(
  catalogue: Catalogue,
  others: readonly IndicatorId[],
  tokenizer: Tokenizer,
): Term[] {
  const indicators = indicatorTerms(catalogue, others);
  const phrases = phraseTerms(catalogue, tokenizer);
  return [
    ...branchTerms(catalogue),
    ...regionTerms(catalogue),
    ...indicators,
    ...phrases,
    ...readings(indicators, tokenizer, SHORTEST_READING),
    ...readings(phrases, tokenizer, SHORTEST_READING + 1),
  ];
}
