import type { Folded } from '../japanese/fold.ts';
import type { Tokenizer, TokenKind } from '../japanese/token.ts';

/** A word as kuromoji reads it; `from` and `to` are indexes of the folded text. */
export interface Morpheme {
  from: number;
  to: number;
  surface: string;
  /** Dictionary form. */
  base: string;
  kind: TokenKind;
}

/** The words of a question; white space parts them and takes no place. */
export function morphemesOf({ plain, gaps }: Folded, tokenizer: Tokenizer): Morpheme[] {
  const spaced = [...plain].map((character, at) => (gaps.has(at) ? ` ${character}` : character)).join('');
  const shift = new Int32Array(spaced.length + 1);
  for (let at = 0, back = 0; at < spaced.length; at++) {
    shift[at] = at - back;
    if (spaced.charAt(at) === ' ') back++;
    shift[at + 1] = at + 1 - back;
  }
  return tokenizer.tokenize(spaced).map(({ kind, start, end, base, surface }) => ({
    from: shift[start] ?? 0,
    to: shift[end] ?? 0,
    surface,
    base,
    kind,
  }));
}

/** Whether a word is one that inflects, in the form in which a dictionary has it. */
export function isDictionaryForm({
  kind,
  base,
  surface,
}: Pick<Morpheme, 'kind' | 'base' | 'surface'>): boolean {
  return base === surface && (kind === 'verb' || kind === 'adjective' || base === 'ない');
}

/** ん of 届かん is a ない; of 届くんです it is a の. */
function isNegation({ base, surface }: Morpheme, before: Morpheme): boolean {
  if (base === 'ん' || surface === 'ん') return before.surface === 'ませ' || before.surface !== before.base;
  return ['ない', 'ぬ', 'へん', 'まへん', 'ひん', 'ず', 'ずに', '無い', 'まい'].includes(base);
}

/** What stands between a verb and its ない, and changes nothing of what the verb says. */
const AUXILIARIES: ReadonlySet<string> = new Set(
  'て で てる でる た だ ます いる おる とる どる れる られる せる させる しまう ちゃう くる いく ある は も する できる 出来る です'.split(
    ' ',
  ),
);

/** Where what is said up to `from` is negated, the end of its ない: 届い|ていない, 達成|できてません. */
export function negationAfter(words: readonly Morpheme[], from: number): number | null {
  const first = words.findIndex((word) => word.from >= from);
  let before = words[first - 1];
  if (before?.to !== from || words[first]?.from !== from) return null;
  for (const word of words.slice(first)) {
    if (word.from !== before.to) return null;
    if (isNegation(word, before)) return word.to;
    if (!AUXILIARIES.has(word.base)) return null;
    before = word;
  }
  return null;
}

/** What 五段 verbs end in, by the end of the form that nouns take: 上がり of 上がる, 動き of 動く. */
const GODAN: Readonly<Record<string, string>> = {
  い: 'う',
  き: 'く',
  ぎ: 'ぐ',
  し: 'す',
  ち: 'つ',
  び: 'ぶ',
  み: 'む',
  り: 'る',
};

/** The dictionary forms that a word can stand for: 下がっ of 下がる; 伸び as a noun of 伸びる. */
export function dictionaryForms({ kind, base, surface }: Morpheme): string[] {
  if (kind === 'verb' || kind === 'adjective' || base === 'ない') return [base];
  if (kind !== 'noun' || surface.length < 2) return [];
  const godan = GODAN[surface.slice(-1)];
  return [`${surface}る`, ...(godan === undefined ? [] : [surface.slice(0, -1) + godan])];
}
