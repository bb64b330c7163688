import type { Folded } from '../japanese/fold.ts';
import type { Tokenizer, TokenKind } from '../japanese/token.ts';
import { contains, overlap, type QueryToken } from './query-token.ts';

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

/** What remains of a compound around a name and says nothing: 率, 目標値. */
const REMAINDER = /^(?:率|数|値|額|者|割合|実施率|受診率|目標|予算|支部|県|都|府|年度?|の)*$/;

/** 会議資料用に, 説明会用です: what an answer is for. */
const PURPOSE = /用[にでの、。]$/;

interface Words {
  /** The names and phrases that stand for themselves. */
  named: QueryToken[];
  words: QueryToken[];
}

/**
 * Content words that nothing explains, as kuromoji reads them; neighbours without a particle are one word, and a
 * name inside a compound is no name (健診機関, 集団健診).
 */
export function unexplained(
  { plain, text, gaps }: Folded,
  known: readonly QueryToken[],
  read: readonly Morpheme[],
  isIgnored: (base: string) => boolean,
): Words {
  const dropped = new Set<QueryToken>();
  const words: (QueryToken & { kind: 'word' })[] = [];
  for (const { kind, base, surface, ...span } of read) {
    if (kind === 'other' || kind === 'adverb') continue;
    if (!/[\p{L}\p{N}]/u.test(surface) || (/^[ぁ-んー]{1,2}$/.test(surface) && kind !== 'number')) continue;
    const inside = known.filter((other) => overlap(other, span));
    const isCompound =
      kind === 'noun' &&
      inside.length === 1 &&
      inside.every((other) => isPart(other) && contains(span, other)) &&
      !REMAINDER.test(
        inside.reduce(
          (rest, { from, to }) => rest.replace(plain.slice(from, to), ''),
          plain.slice(span.from, span.to),
        ),
      );
    if (inside.length > 0 && !isCompound) continue;
    for (const other of inside) dropped.add(other);
    const verb = kind === 'verb' || kind === 'adjective';
    const before = words.at(-1);
    if (before !== undefined && before.to === span.from && !gaps.has(span.from) && !before.verb && !verb)
      before.to = span.to;
    else if (!verb || !isIgnored(base)) words.push({ kind: 'word', verb, ...span });
  }
  const named = known.filter((token) => !dropped.has(token));
  return withCompounds(
    named,
    words.filter(
      ({ from, to }) => !isIgnored(plain.slice(from, to)) && !PURPOSE.test(plain.slice(from, to + 1)),
    ),
    { plain, text, gaps },
  );
}

/** Names that may be a part of a longer word; a branch or a year never is. */
function isPart({ kind }: QueryToken): boolean {
  return kind === 'indicator' || kind === 'phrase';
}

function opensCompound(token: QueryToken): boolean {
  return (
    token.kind === 'indicator' ||
    (token.kind === 'phrase' && (token.as === 'count' || token.as === 'mean' || token.as === 'branches'))
  );
}

/** A word right beside an indicator's name makes another name of it: ジェネリックカルテ, 歯科健診, 平均年齢. */
function withCompounds(
  named: readonly QueryToken[],
  words: readonly (QueryToken & { kind: 'word' })[],
  { plain, gaps }: Folded,
): Words {
  const all = [...named, ...words].sort((a, b) => a.from - b.from);
  const kept: QueryToken[] = [];
  for (const token of all) {
    const before = kept.at(-1);
    const touches = before !== undefined && before.to === token.from && !gaps.has(token.from);
    const adds = token.kind === 'word' && REMAINDER.test(plain.slice(token.from, token.to));
    if (touches && adds && before.kind === 'indicator') continue;
    const joins =
      touches &&
      ((before.kind === 'word' && !before.verb && token.kind === 'indicator') ||
        (opensCompound(before) && token.kind === 'word' && !token.verb));
    if (joins) kept[kept.length - 1] = { kind: 'word', verb: false, from: before.from, to: token.to };
    else kept.push(token);
  }
  return {
    named: kept.filter(({ kind }) => kind !== 'word'),
    words: kept.filter(({ kind }) => kind === 'word'),
  };
}
