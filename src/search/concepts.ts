import { normalize } from '../japanese/normalize.ts';
import type { Token, Tokenizer } from '../japanese/token.ts';
import type { SynonymGroup } from '../model/catalogue.ts';
import { isStopWord } from './stop-words.ts';

/** A place of a text that says what a group of synonyms means. Offsets count as the tokens' do. */
export interface FoundConcept {
  start: number;
  /** Exclusive. */
  end: number;
  /** The index term that stands for the group: its first word behind a sign that no text has. */
  term: string;
}

/** Finds every concept that a normalised text names, in order; places may overlap. */
export type ConceptFinder = (plain: string, tokens: readonly Token[]) => FoundConcept[];

/** How a form of a group is recognised: as it is written, and by the dictionary forms of its words. */
interface Form {
  term: string;
  written: string;
  /** Words that may stand between two of its own: a form written with spaces is a phrase that a sentence may stretch. */
  reach: number;
  words: string[];
}

const SIGN = '#';
/** A phrase may be stretched by this many words between two of its own. */
const REACH = 2;
const KANA_ONLY = /^[ぁ-ゖー]+$/;
const SENTENCE_END = /[。！？!?■●○◆※\n]/;
const RUNS = [/[ァ-ヺー]/, /[A-Za-z]/, /\d/] as const;

export function isConcept(term: string): boolean {
  return term.startsWith(SIGN);
}

/**
 * Forms are found in two ways, in documents and questions alike: by their letters, where these begin and end with
 * a word or lie within a compound of the domain dictionary, and by the dictionary forms of their words, whatever
 * particles and endings stand between them.
 */
export function buildConceptFinder(groups: readonly SynonymGroup[], tokenizer: Tokenizer): ConceptFinder {
  const byLetter = new Map<string, Form[]>();
  const byWord = new Map<string, Form[]>();
  for (const [name = '', ...others] of groups) {
    for (const form of [name, ...others]) add(readForm(form, SIGN + normalize(name), tokenizer));
  }
  return (plain, tokens) => {
    const text = spelling(plain);
    const content = contentOf(tokens);
    const bounds = boundsOf(tokens);
    const found = [
      ...[...text].flatMap((_, at) => written(text, at, bounds)),
      ...content.flatMap((_, at) => phrases(content, at)),
    ].filter(({ start, end }) => !SENTENCE_END.test(plain.slice(start, end)));
    return unique(found).sort((a, b) => a.start - b.start || b.end - a.end);
  };

  function add(form: Form): void {
    const [first] = form.words;
    if (first !== undefined) push(byWord, first, form);
    if (form.reach === 0) push(byLetter, form.written.slice(0, 1), form);
  }

  function written(text: string, at: number, bounds: Bounds): FoundConcept[] {
    return (byLetter.get(text.charAt(at)) ?? []).flatMap(({ written, term }) => {
      const end = at + written.length;
      const stands = text.startsWith(written, at) && isWhole(text, at, end, written, bounds);
      return stands ? [{ start: at, end, term }] : [];
    });
  }

  function phrases(content: readonly Token[], at: number): FoundConcept[] {
    const bases = new Set([lemma(content[at]), ...(content[at]?.parts ?? [])]);
    return [...bases]
      .flatMap((base) => byWord.get(base) ?? [])
      .flatMap((form) => {
        const end = endOfPhrase(content, at, form);
        return end === undefined ? [] : [{ start: content[at]?.start ?? 0, end, term: form.term }];
      });
  }
}

function readForm(form: string, term: string, tokenizer: Tokenizer): Form {
  const plain = normalize(form);
  const tokens = tokenizer.tokenize(plain);
  const content = contentOf(tokens);
  const telling = content.some((token) => !isStopWord(token));
  const whole = telling && (content.length > 1 || isInflected(plain, content[0]));
  const words = whole ? content.map(lemma) : [];
  return { term, written: spelling(plain.replace(/\s+/g, '')), reach: /\s/.test(plain) ? REACH : 0, words };
}

/** Without particles, endings and する; that something is not done is kept. */
function contentOf(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => (token.kind !== 'other' && token.base !== 'する') || denies(token));
}

function denies({ kind, base }: Token): boolean {
  return kind === 'other' && (base === 'ない' || base === 'ぬ' || base === 'ん');
}

/** Long vowels and small kana are written in many ways: ウオーキング, ウォーキング; サーバ, サーバー. */
export function spelling(plain: string): string {
  return plain.toLowerCase().replace(/[ァィゥェォ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 1));
}

function lemma(token: Token | undefined): string {
  if (token === undefined) return '';
  return denies(token) ? 'ない' : spelling(token.base);
}

/** 借りられる is 借りる; 駅の中 is more than 駅, and 飲みすぎ more than 飲む. */
function isInflected(form: string, token: Token | undefined): boolean {
  const ending = form.slice(token?.end ?? 0);
  return (
    token?.start === 0 && ending.length <= 4 && /^(?![のにをはでがと]|すぎ|やす|にく)[ぁ-ゖ]*$/.test(ending)
  );
}

interface Bounds {
  /** Offsets at which a word begins or ends. */
  edges: ReadonlySet<number>;
  /** Offsets within compounds of the dictionary: their parts begin and end there. */
  inner: ReadonlySet<number>;
}

function boundsOf(tokens: readonly Token[]): Bounds {
  const edges = new Set(tokens.flatMap(({ start, end }) => [start, end]));
  const inner = new Set(
    tokens.flatMap(({ start, end, parts }) =>
      parts.length === 0 ? [] : Array.from({ length: end - start - 1 }, (_, at) => start + at + 1),
    ),
  );
  return { edges, inner };
}

function isWhole(
  text: string,
  start: number,
  end: number,
  written: string,
  { edges, inner }: Bounds,
): boolean {
  if (RUNS.some((run) => goesOn(text, start, run) || goesOn(text, end, run))) return false;
  const bounded = (at: number) => edges.has(at) || (inner.has(at) && written.length > 1);
  if (KANA_ONLY.test(written) || written.length === 1) return edges.has(start) && edges.has(end);
  // The general dictionary splits words that it does not know anywhere: one end on a word's edge is enough.
  return written.length >= 4 ? bounded(start) || bounded(end) : bounded(start) && bounded(end);
}

function goesOn(text: string, at: number, run: RegExp): boolean {
  return run.test(text.charAt(at - 1)) && run.test(text.charAt(at));
}

function endOfPhrase(content: readonly Token[], at: number, { words, reach }: Form): number | undefined {
  let place = at;
  for (const word of words.slice(1)) {
    const next = content
      .slice(place + 1, place + 2 + reach)
      .findIndex((token) => lemma(token) === word || token.parts.includes(word));
    if (next < 0) return undefined;
    place += next + 1;
  }
  return content[place]?.end;
}

function unique(found: readonly FoundConcept[]): FoundConcept[] {
  return [...new Map(found.map((one) => [`${one.start}-${one.end}-${one.term}`, one])).values()];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
