import type { DictionaryTerm } from '../model/catalogue.ts';
import { ipadicTokens } from './ipadic-tokens.ts';
import { toHiragana } from './kana.ts';
import { type Kuromoji, loadKuromoji } from './kuromoji.ts';
import { normalize } from './normalize.ts';
import { numeralAt } from './numerals.ts';
import { buildTermTrie, type TermTrie } from './term-trie.ts';
import type { Token, Tokenizer } from './token.ts';

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
