import type { IpadicFeatures } from 'kuromoji';
import { toHiragana } from './kana.ts';
import type { Kuromoji } from './kuromoji.ts';
import type { Token, TokenKind } from './token.ts';

/**
 * What kuromoji reads between two offsets of the text. A prefix and its noun are one word that is also found
 * by the noun: 多受診, 未治療. kuromoji counts characters beyond the basic plane its own way, so words are
 * looked for where they stand.
 */
export function ipadicTokens(text: string, from: number, to: number, kuromoji: Kuromoji): Token[] {
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
