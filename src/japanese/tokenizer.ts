import type { IpadicFeatures } from 'kuromoji';
import type { DictionaryTerm } from '../model/catalogue.ts';
import { westernYear } from '../model/fiscal-year.ts';
import { toHiragana } from './fold.ts';
import { type Kuromoji, loadKuromoji } from './kuromoji.ts';
import { normalize } from './normalize.ts';
import type { Token, Tokenizer, TokenKind } from './token.ts';

/**
 * kuromoji with the domain dictionary. kuromoji.js takes no user dictionary, so numbers, years and our terms
 * are cut out of the text first (longest match) and kuromoji reads what stands between them.
 */
export async function loadTokenizer(terms: readonly DictionaryTerm[]): Promise<Tokenizer> {
  const kuromoji = await loadKuromoji();
  const known = tokenizers.get(terms);
  if (known) return known;
  const trie = buildTermTrie(terms);
  const tokenizer: Tokenizer = { tokenize: (text) => tokenize(normalize(wellFormed(text)), trie, kuromoji) };
  tokenizers.set(terms, tokenizer);
  return tokenizer;
}

/** One for a dictionary, so that what is made with it can be made once. */
const tokenizers = new WeakMap<readonly DictionaryTerm[], Tokenizer>();

/** kuromoji throws at half of a surrogate pair. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

function tokenize(text: string, trie: TermTrie, kuromoji: Kuromoji): Token[] {
  const tokens: Token[] = [];
  let plainFrom = 0;
  let at = 0;
  const flush = (end: number) => {
    if (end > plainFrom) tokens.push(...ipadicTokens(text, plainFrom, end, kuromoji));
  };
  while (at < text.length) {
    const found = termAt(text, at, trie);
    if (found) {
      flush(at);
      tokens.push(found);
      plainFrom = found.end;
      at = found.end;
    } else at++;
  }
  flush(text.length);
  return tokens;
}

/** Years first: 令和 is also a term, but 令和3年度 is a year. */
function termAt(text: string, at: number, trie: TermTrie): Token | undefined {
  const numeral = numeralAt(text, at);
  if (numeral) {
    const end = at + numeral.length;
    return {
      surface: text.slice(at, end),
      base: numeral.base,
      reading: '',
      kind: 'number',
      start: at,
      end,
      parts: [],
    };
  }
  const term = trie.longestAt(text, at);
  if (!term) return undefined;
  return {
    surface: term.surface,
    base: term.surface,
    reading: toHiragana(term.reading),
    kind: 'noun',
    start: at,
    end: at + term.surface.length,
    parts: term.parts,
  };
}

/** Terms by first character, longest first: a few hundred terms need no deeper tree. */
interface TermTrie {
  /** The longest term that starts at `at`, or undefined. Katakana and Latin terms never match inside a longer run. */
  longestAt(text: string, at: number): DictionaryTerm | undefined;
}

const KATAKANA = /[ァ-ヺー]/;
const LATIN = /[A-Za-z]/;

function sameRun(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return (KATAKANA.test(left) && KATAKANA.test(right)) || (LATIN.test(left) && LATIN.test(right));
}

function buildTermTrie(terms: readonly DictionaryTerm[]): TermTrie {
  const byFirst = new Map<string, DictionaryTerm[]>();
  for (const term of terms) {
    const surface = normalize(term.surface);
    const first = surface.charAt(0);
    const same = byFirst.get(first) ?? [];
    same.push({ ...term, surface, parts: term.parts.map(normalize) });
    byFirst.set(first, same);
  }
  for (const same of byFirst.values()) same.sort((a, b) => b.surface.length - a.surface.length);

  return {
    longestAt(text, at) {
      const candidates = byFirst.get(text.charAt(at));
      if (!candidates) return undefined;
      return candidates.find((term) => {
        if (!text.startsWith(term.surface, at)) return false;
        const end = at + term.surface.length;
        return !sameRun(text[at - 1], text[at]) && !sameRun(text[end - 1], text[end]);
      });
    },
  };
}

/** A number or year of a text in its normal form: 1,200 → 1200; 令和3年度, R3年度 and 2021年度 → 2021年. */
interface Numeral {
  base: string;
  /** UTF-16 units of normalised text that it takes. */
  length: number;
}

const HEISEI_OFFSET = 1988;
const ERA_YEAR = /(令和|平成|[RH](?=\d{1,2}(?![A-Za-z\d])))\s?(元|\d{1,2})\s?(?:年度|年)?/uy;
const WESTERN_YEAR = /((?:19|20)\d{2})\s?年(?:度)?/y;
const STARTS = /[\d令平RH]/;
const NUMBER = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/y;

/** The numeral that starts at `at` in normalised text, or undefined. */
function numeralAt(text: string, at: number): Numeral | undefined {
  if (!STARTS.test(text.charAt(at))) return undefined;
  const era = match(ERA_YEAR, text, at);
  if (era && !isLatin(text[at - 1])) {
    const year = era[2] === '元' ? 1 : Number(era[2]);
    const western = era[1] === '令和' || era[1] === 'R' ? westernYear(year) : HEISEI_OFFSET + year;
    return { base: `${western}年`, length: era[0].length };
  }
  const western = match(WESTERN_YEAR, text, at);
  if (western) return { base: `${western[1]}年`, length: western[0].length };
  const number = match(NUMBER, text, at);
  if (number) return { base: number[0].replaceAll(',', ''), length: number[0].length };
  return undefined;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isLatin(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z]/.test(character);
}

/**
 * What kuromoji reads between two offsets of the text. A prefix and its noun are one word that is also found
 * by the noun: 多受診, 未治療. kuromoji counts characters beyond the basic plane its own way, so words are
 * looked for where they stand.
 */
function ipadicTokens(text: string, from: number, to: number, kuromoji: Kuromoji): Token[] {
  const tokens: Token[] = [];
  let start = from;
  let prefix = false;
  for (const word of wordsOf(text.slice(from, to), kuromoji)) {
    const at = text.indexOf(word.surface_form, start);
    const end = at + word.surface_form.length;
    if (at < 0 || end > to) continue;
    start = end;
    if (word.surface_form.trim() === '') continue;
    const token = toToken(word, at, end);
    const before = tokens.at(-1);
    const joins = prefix && before?.end === at && token.kind === 'noun';
    if (joins) tokens[tokens.length - 1] = withPrefix(before, token);
    else tokens.push(token);
    prefix = word.pos === '接頭詞';
  }
  return tokens;
}

/** Pieces between terms of the dictionary are short and come again and again; the synonyms alone have 11,000. */
const LONGEST_KEPT = 20;
const MOST_KEPT = 20_000;
const known = new Map<string, readonly IpadicFeatures[]>();

function wordsOf(piece: string, kuromoji: Kuromoji): readonly IpadicFeatures[] {
  if (piece.length > LONGEST_KEPT) return kuromoji.tokenize(piece);
  const words = known.get(piece) ?? kuromoji.tokenize(piece);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(piece, words);
  return words;
}

function withPrefix(prefix: Token, noun: Token): Token {
  return {
    ...noun,
    surface: prefix.surface + noun.surface,
    base: prefix.base + noun.base,
    reading: prefix.reading + noun.reading,
    start: prefix.start,
    parts: [noun.base],
  };
}

function toToken(word: IpadicFeatures, start: number, end: number): Token {
  const known = word.basic_form !== '*';
  const surface = word.surface_form;
  return {
    surface,
    base: known ? word.basic_form : surface.toLowerCase(),
    reading: toHiragana(word.reading && word.reading !== '*' ? word.reading : surface).toLowerCase(),
    kind: kindOf(word),
    start,
    end,
    parts: [],
  };
}

function kindOf(word: IpadicFeatures): TokenKind {
  switch (word.pos) {
    case '名詞':
      if (/[^\p{L}\p{N}ー々〆]/u.test(word.surface_form) && !/\p{L}|\p{N}/u.test(word.surface_form))
        return 'other';
      if (word.pos_detail_1 === '非自立' || word.pos_detail_1 === '代名詞') return 'other';
      return word.pos_detail_1 === '数' ? 'number' : 'noun';
    case '動詞':
      return word.pos_detail_1 === '自立' ? 'verb' : 'other';
    case '形容詞':
      return word.pos_detail_1 === '自立' ? 'adjective' : 'other';
    case '副詞':
      return 'adverb';
    default:
      return 'other';
  }
}
