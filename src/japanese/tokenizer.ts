import type { IpadicFeatures } from 'kuromoji';
import type { DictionaryTerm } from '../model/catalogue.ts';
import { toHiragana } from './kana.ts';
import { type Kuromoji, loadKuromoji } from './kuromoji.ts';
import { normalize } from './normalize.ts';
import { numeralAt } from './numerals.ts';
import { buildTermTrie, type TermTrie } from './term-trie.ts';
import type { Token, Tokenizer, TokenKind } from './token.ts';

/**
 * kuromoji with the domain dictionary. kuromoji.js takes no user dictionary, so numbers, years and our terms
 * are cut out of the text first (longest match) and kuromoji reads what stands between them.
 */
export async function loadTokenizer(terms: readonly DictionaryTerm[]): Promise<Tokenizer> {
  const kuromoji = await loadKuromoji();
  const trie = buildTermTrie(terms);
  return { tokenize: (text) => tokenize(normalize(text), trie, kuromoji) };
}

function tokenize(text: string, trie: TermTrie, kuromoji: Kuromoji): Token[] {
  const tokens: Token[] = [];
  let plainFrom = 0;
  let at = 0;
  const flush = (end: number) => {
    if (end > plainFrom) tokens.push(...plainTokens(text, plainFrom, end, kuromoji));
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

/** kuromoji counts characters beyond the basic plane its own way, so words are looked for where they stand. */
function plainTokens(text: string, from: number, to: number, kuromoji: Kuromoji): Token[] {
  const tokens: Token[] = [];
  let start = from;
  for (const word of kuromoji.tokenize(text.slice(from, to))) {
    const at = text.indexOf(word.surface_form, start);
    const end = at + word.surface_form.length;
    if (at < 0 || end > to) continue;
    if (word.surface_form.trim() !== '') tokens.push(toToken(word, at, end));
    start = end;
  }
  return tokens;
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
