import { createNameIndex } from '../catalogue/name-index.ts';
import { foldText } from '../japanese/fold.ts';
import { normalize } from '../japanese/normalize.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';
import type { LinkName } from './indicators.ts';

/** Share of the words asked that a name must have. */
const CLEAR = 0.5;
/** The same where another indicator is named beside them: 国保の特定健診 is none of ours. */
const CLEAR_BESIDE = 0.6;
/** Another indicator that is this near makes it a tie. */
const TIE = 0.85;

/** Share of a word's parts that the names of an indicator must have for the word to be one of its own. */
const OWN = 0.6;

/** Shorter names differ from real words by one character too often. */
const SHORTEST_SLIP = 6;

/** Whether two names of one length have one character that is not the same: 建康宣言事業所数. */
function differsByOne(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let differing = 0;
  for (let at = 0; at < a.length && differing < 2; at++) if (a.charAt(at) !== b.charAt(at)) differing++;
  return differing === 1;
}

/** Shorter words stand in too many names. */
const SHORTEST_ABBREVIATION = 4;

/** 生習健診 of 生活習慣病予防健診: a beginning, and characters of the name in its order. */
function abbreviates(word: string, name: string): boolean {
  if (word.length < SHORTEST_ABBREVIATION || word.charAt(0) !== name.charAt(0)) return false;
  let at = 0;
  for (const character of name) if (character === word.charAt(at)) at++;
  return at === word.length;
}

/**
 * Links words that are no name of the catalogue to an indicator, by its names, its statements and its definition
 * (たばこを吸う人の率, HPアクセス数). Ties and weak hits are no link.
 */
export function createLinkName(
  catalogue: Catalogue,
  others: readonly IndicatorId[],
  wordsOf: (text: string) => string[],
  tokenizer: Tokenizer,
): LinkName {
  const entries = [
    ...catalogue.indicators.flatMap(({ id, name, official, synonyms, statement, definition }) =>
      [name, ...official.map((era) => era.name), ...synonyms].map((text) => ({
        id,
        name: text,
        context: `${statement.join(' ')} ${definition}`,
      })),
    ),
    ...catalogue.ambiguous.flatMap(({ term, indicators }) =>
      indicators.slice(0, 1).map((id) => ({ id, name: term })),
    ),
    ...others.filter(isOther).map((id) => ({ id, name: id.slice('other:'.length) })),
  ];
  const index = createNameIndex<IndicatorId>(entries, wordsOf);
  const vocabularies = new Map<IndicatorId, Set<string>>();
  for (const { id, name, context = '' } of entries.map((entry) => ({ context: '', ...entry })))
    vocabularies.set(id, new Set([...(vocabularies.get(id) ?? []), ...wordsOf(name), ...wordsOf(context)]));
  const belongs = (word: string, ids: readonly IndicatorId[]) => {
    const parts = wordsOf(word);
    const own = parts.filter((part) => ids.some((id) => vocabularies.get(id)?.has(part)));
    const isSame = own.some((part) => part.startsWith('='));
    return parts.length > 0 && (isSame || own.length / parts.length >= OWN);
  };
  const best = (text: string) => {
    const byId = new Map<IndicatorId, number>();
    for (const { id, coverage, byName } of index.search(text))
      byId.set(id, Math.max(byId.get(id) ?? 0, (coverage + 2 * byName) / 3));
    return [...byId].map(([id, nearness]) => ({ id, nearness })).sort((a, b) => b.nearness - a.nearness);
  };
  const readingOf = (text: string) =>
    tokenizer
      .tokenize(normalize(text))
      .map(({ reading, surface }) => reading || surface)
      .join('');
  const byReading = new Map(entries.map(({ id, name }) => [foldText(readingOf(name)), id]));
  const written = entries.map(({ id, name }) => ({ id, name: foldText(name) }));
  const nearestName = (word: string) =>
    word.length < SHORTEST_SLIP ? undefined : written.find(({ name }) => differsByOne(name, word))?.id;
  return (words, ids, names) => {
    const sounds = byReading.get(foldText(readingOf([...names, ...words].join(''))));
    if (sounds !== undefined) return { ids: [sounds], sure: true, words: [...words] };
    const slip = words.length === 1 ? nearestName(foldText(words[0] ?? '')) : undefined;
    if (slip !== undefined) return { ids: [slip], sure: true, words: [...words] };
    const short = foldText([...names, ...words].join(''));
    const meant = new Set(written.filter(({ name }) => abbreviates(short, name)).map(({ id }) => id));
    const [abbreviated] = meant;
    if (ids.length === 0 && abbreviated !== undefined && meant.size === 1)
      return { ids: [abbreviated], sure: true, words: [...words] };
    // 喫煙率、タバコの: another word for what is named.
    const concepts = new Set(names.flatMap(wordsOf).filter((word) => word.startsWith('=')));
    const same = words.filter((word) => wordsOf(word).some((own) => concepts.has(own)));
    if (ids.length > 0 && same.length === words.length) return { ids: [...ids], sure: true, words: same };
    // What is named already would be found with any further word: only words of its own names belong to it.
    const own = words.filter((word) => belongs(word, ids));
    if (ids.length > 0 && own.length === words.length) return { ids: [...ids], sure: true, words: own };
    const [first, second] = best([...names, ...words].join(' '));
    if (first === undefined || first.nearness < (ids.length === 0 ? CLEAR : CLEAR_BESIDE)) return null;
    if (second !== undefined && second.nearness > first.nearness * TIE && !ids.includes(first.id))
      return null;
    if (!ids.includes(first.id)) return { ids: [first.id], sure: true, words: [...words] };
    return own.length === 0 ? null : { ids: [...ids], sure: true, words: own };
  };
}
