import MiniSearch from 'minisearch';
import { foldText } from '../japanese/fold.ts';
import { foldRomaji, toRomaji } from '../japanese/romaji.ts';
import type { Tokenizer } from '../japanese/token.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Suggest, Suggestion } from '../model/suggest.ts';

/** Something to suggest, with every word by which people look for it. */
interface Entry extends Suggestion {
  names: string[];
  /** Of the names, in hiragana. */
  readings: string[];
  /** What belongs to it without naming it. */
  others: string[];
}

/** Where what was typed can begin a word. */
const FIELDS = ['names', 'readings', 'romaji', 'others', 'inside'] as const;
type Words = Record<(typeof FIELDS)[number], string>;

/** Letters that an input method has not turned into kana yet: とうk, 特定kん. */
const UNFINISHED = /(?<=[^ -~])[a-z]{1,2}$/;
/** Letters that may be wrong, as a share of the word. */
const SLIPS = 0.25;

/** Finds branches and indicators while somebody types. The tokenizer tells how names in kanji are read. */
export function createSuggest(catalogue: Catalogue, tokenizer: Tokenizer): Suggest {
  return {
    branches: onFirstUse(() => suggestAmong(branchEntries(catalogue))),
    indicators: onFirstUse(() => suggestAmong(indicatorEntries(catalogue, tokenizer))),
  };
}

/** A start must not wait for what is needed when somebody types. */
function onFirstUse(build: () => Suggest['branches']): Suggest['branches'] {
  let built: Suggest['branches'] | null = null;
  return (query, limit) => {
    built ??= build();
    return built(query, limit);
  };
}

function branchEntries({ branches }: Catalogue): Entry[] {
  return branches.map(({ name, reading, prefecture, region, aliases, cities }) => ({
    id: name,
    label: formatBranch(name),
    names: [name, formatBranch(name), prefecture],
    readings: [reading, `${reading}しぶ`],
    others: [...aliases, ...cities, region],
  }));
}

function indicatorEntries({ indicators, ambiguous }: Catalogue, tokenizer: Tokenizer): Entry[] {
  const readingOf = (text: string) =>
    tokenizer
      .tokenize(text)
      .map(({ reading, surface }) => reading || surface)
      .join('');
  return indicators.map(({ id, name, official, synonyms }) => {
    const shared = ambiguous.filter((term) => term.indicators.includes(id)).map(({ term }) => term);
    const names = [name, ...official.map((era) => era.name), ...synonyms, ...shared];
    return { id, label: name, names, readings: names.map(readingOf), others: [] };
  });
}

function suggestAmong(entries: readonly Entry[]): Suggest['branches'] {
  const index = new MiniSearch<Words & { id: number }>({
    fields: [...FIELDS],
    tokenize: (words) => words.split('\n'),
    processTerm: (word) => word,
  });
  index.addAll(entries.map((entry, id) => ({ id, ...wordsOf(entry) })));
  return (query, limit) => {
    const typed = query
      .split(/\s+/)
      .map((word) => foldText(word).replace(UNFINISHED, ''))
      .filter((word) => word !== '');
    const found = typed.length === 0 ? entries : find(index, typed).flatMap((id) => entries[id] ?? []);
    return found.slice(0, limit).map(({ id, label }) => ({ id, label }));
  };
}

/** A word a line. */
function wordsOf({ names, readings, others }: Entry): Words {
  const lines = (words: readonly string[]) => [...new Set(words)].filter((word) => word !== '').join('\n');
  const folded = {
    names: names.map(foldText),
    readings: readings.map(foldText),
    others: others.map(foldText),
  };
  return {
    names: lines(folded.names),
    readings: lines(folded.readings),
    others: lines(folded.others),
    romaji: lines(folded.readings.map(toRomaji)),
    inside: lines(
      Object.values(folded)
        .flat()
        .flatMap((word) => [...word].slice(1).map((_, start) => word.slice(start + 1))),
    ),
  };
}

/** Ids of the entries that have all words, best first; with slips of the fingers where none has. */
function find(index: MiniSearch, typed: readonly string[]): number[] {
  const queries = typed.map((word) => ({ combineWith: 'OR' as const, queries: meanings(word) }));
  const found = index.search({ combineWith: 'AND', queries }, { prefix: true });
  if (found.length === 0) {
    return index.search({ combineWith: 'AND', queries }, { prefix: true, fuzzy: SLIPS }).map(({ id }) => id);
  }
  return found
    .map(({ id, match }) => ({ id: id as number, rank: rankOf(match, typed) }))
    .sort((one, other) => one.rank - other.rank || one.id - other.id)
    .map(({ id }) => id);
}

function meanings(word: string): { queries: string[]; fields: string[] }[] {
  const written = { queries: [word], fields: FIELDS.filter((field) => field !== 'romaji') };
  return /^[a-z]/.test(word) ? [written, { queries: [foldRomaji(word)], fields: ['romaji'] }] : [written];
}

/** Where a match stands: names and their readings are alike, what belongs to a name comes after, a middle last. */
const PLACES: Readonly<Record<string, number>> = { names: 0, readings: 0, romaji: 0, others: 1, inside: 2 };

/** Smaller is better: for each typed word the best that matched, whole words before beginnings, then by place. */
function rankOf(match: Readonly<Record<string, string[]>>, typed: readonly string[]): number {
  const ranks = typed.map((word) => {
    const found = Object.entries(match).filter(
      ([known]) => known.startsWith(word) || known.startsWith(foldRomaji(word)),
    );
    const places = found.flatMap(([known, fields]) =>
      fields.map((field) => {
        const isWhole = field !== 'inside' && known === word;
        return (PLACES[field] ?? 0) - (isWhole ? FIELDS.length : 0);
      }),
    );
    return Math.min(...places);
  });
  return ranks.reduce((sum, rank) => sum + rank, 0);
}
