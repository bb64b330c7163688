import MiniSearch from 'minisearch';
import { foldText } from '../japanese/fold.ts';
import { normalize } from '../japanese/normalize.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { Catalogue } from '../model/catalogue.ts';

/** Something that has a name, and other words by which it is known. */
export interface Named<Id> {
  id: Id;
  name: string;
  /** Its heading, its statement: worth less than its name. */
  context?: string | undefined;
}

interface Nearness<Id> {
  id: Id;
  score: number;
  /** Share of what was asked that the name and its context have, by weight of rareness: 0 to 1. */
  coverage: number;
  /** Share of it that the name alone has. */
  byName: number;
}

export interface NameIndex<Id> {
  /** Nearest first; nothing that shares no word. */
  search(words: string): Nearness<Id>[];
}

const MOST_KEPT = 5_000;

type WordReader = (text: string) => string[];

/** A catalogue's names are read once, however often what is known is opened anew. */
const readers = new WeakMap<Catalogue, { tokenizer: Tokenizer; read: WordReader }>();

/** Words of a text: its content words in dictionary form, their readings, and pairs of neighbouring characters. */
export function createWordReader(catalogue: Catalogue, tokenizer: Tokenizer): WordReader {
  const made = readers.get(catalogue);
  if (made?.tokenizer === tokenizer) return made.read;
  const read = wordReader(catalogue, tokenizer);
  readers.set(catalogue, { tokenizer, read });
  return read;
}

function wordReader(catalogue: Catalogue, tokenizer: Tokenizer): WordReader {
  const groups = new Map<string, string[]>();
  for (const [at, group] of catalogue.synonyms.entries()) {
    // 〜強化 and the like say nothing about a name.
    if (group[0]?.startsWith('〜')) continue;
    for (const word of group) groups.set(foldText(word), [...(groups.get(foldText(word)) ?? []), `=${at}`]);
  }
  const concepts = [...groups].filter(([word]) => word.length > 1).sort(([a], [b]) => b.length - a.length);
  const byLetters = new Map<string, number[]>();
  for (const [at, [word]] of concepts.entries()) {
    const own = byLetters.get(word.slice(0, 2));
    if (own) own.push(at);
    else byLetters.set(word.slice(0, 2), [at]);
  }
  /** Longest first. */
  const conceptsIn = (folded: string): string[] => {
    const found = new Set<number>();
    for (let start = 0; start + 1 < folded.length; start++)
      for (const at of byLetters.get(folded.slice(start, start + 2)) ?? [])
        if (folded.startsWith(concepts[at]?.[0] ?? '', start)) found.add(at);
    return [...found].sort((a, b) => a - b).flatMap((at) => concepts[at]?.[1] ?? []);
  };
  const known = new Map<string, string[]>();
  const read = (text: string): string[] => {
    const words = new Set<string>();
    for (const { kind, base, reading, parts } of tokenizer.tokenize(normalize(text))) {
      if (kind === 'other' || kind === 'adverb') continue;
      words.add(foldText(base));
      if (reading.length > 2) words.add(`~${foldText(reading)}`);
      for (const part of parts) words.add(foldText(part));
    }
    for (const run of normalize(text).match(/[一-龠々]+|[ァ-ヶー]{2,}|[A-Za-z]{2,}/g) ?? []) {
      const characters = foldText(run);
      for (let at = 0; at + 1 < characters.length; at++) words.add(characters.slice(at, at + 2));
    }
    for (const id of conceptsIn(foldText(text))) words.add(id);
    return [...words];
  };
  return (text) => {
    const words = known.get(text) ?? read(text);
    // Names come again and again, questions do not: the oldest go first.
    if (known.size >= MOST_KEPT) known.delete(known.keys().next().value ?? '');
    known.set(text, words);
    return words;
  };
}

/** Names that are not found as they stand are looked for here, by words, readings, synonyms and pairs of characters. */
export function createNameIndex<Id>(
  entries: readonly Named<Id>[],
  wordsOf: (text: string) => string[],
): NameIndex<Id> {
  const index = new MiniSearch<{ id: number; name: string; context: string }>({
    fields: ['name', 'context'],
    tokenize: wordsOf,
    processTerm: (word) => word,
    searchOptions: { boost: { name: 3 } },
  });
  index.addAll(entries.map(({ name, context }, id) => ({ id, name, context: context ?? '' })));
  const named = entries.map(({ name }) => new Set(wordsOf(name)));
  const whole = entries.map(({ name, context }) => new Set(wordsOf(`${name} ${context ?? ''}`)));
  const counts = new Map<string, number>();
  for (const words of whole) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weightOf = (word: string) => Math.log(1 + entries.length / (0.5 + (counts.get(word) ?? 0)));
  return {
    search(words) {
      const weights = wordsOf(words).map((word) => ({ word, weight: weightOf(word) }));
      const total = weights.reduce((sum, { weight }) => sum + weight, 0);
      const share = (has: ReadonlySet<string> | undefined) =>
        total === 0
          ? 0
          : weights.reduce((sum, { word, weight }) => sum + (has?.has(word) ? weight : 0), 0) / total;
      return index.search(words).flatMap(({ id, score }) => {
        const entry = entries[id];
        return entry === undefined
          ? []
          : [{ id: entry.id, score, coverage: share(whole[id]), byName: share(named[id]) }];
      });
    },
  };
}
