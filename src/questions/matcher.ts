import { type Folded, foldText } from '../japanese/fold.ts';
import type { PhraseMeaning } from '../model/catalogue.ts';
import { isSkipped, type Meaning, type Term } from './lexicon.ts';
import { dictionaryForms, type Morpheme } from './morphemes.ts';

/** A name found in a question; `to` is exclusive. */
export interface TermMatch {
  from: number;
  to: number;
  meaning: Meaning;
  /** It was found with one character wrong, missing or too many. */
  typo: boolean;
}

export interface Matcher {
  /** Mentions in order, the longest at each place, none overlapping; `words`: what inflects is found by its dictionary form. */
  find(folded: Folded, words?: readonly Morpheme[]): TermMatch[];
}

interface Node {
  next: Map<string, Node>;
  /** Set where a name ends. */
  meaning: Meaning | null;
  /** Set where a word ends that is read in any of its forms. */
  inflected: Meaning | null;
  depth: number;
}

/** Shorter names differ from real words by one character too often. */
const SHORTEST_WITH_TYPO = 5;
/** A question is short; past this only exact names are looked for. */
const LONGEST_FOR_TYPOS = 400;

function newNode(depth: number): Node {
  return { next: new Map(), meaning: null, inflected: null, depth };
}

function buildTrie(terms: readonly Term[]): Node {
  const root = newNode(0);
  for (const term of terms) {
    let node = root;
    for (const character of term.text) {
      const next = node.next.get(character) ?? newNode(node.depth + 1);
      node.next.set(character, next);
      node = next;
    }
    if (term.inflects) node.inflected ??= term.meaning;
    if (!term.onlyInflected) node.meaning ??= term.meaning;
  }
  return root;
}

interface End {
  to: number;
  meaning: Meaning;
  length: number;
}

/** Words that inflect, by where they begin. */
type Inflected = ReadonlyMap<number, { to: number; forms: readonly string[] }>;

function inflectedWords(words: readonly Morpheme[]): Inflected {
  return new Map(
    words.map((word) => [
      word.from,
      { to: word.to, forms: dictionaryForms(word).map((form) => foldText(form)) },
    ]),
  );
}

function descend(from: Node, text: string): Node | undefined {
  let node: Node | undefined = from;
  for (const character of text) if (!isSkipped(character)) node = node?.next.get(character);
  return node;
}

/** The longest name that starts at `start` and that `accept` lets stand. */
function longestAt(
  root: Node,
  text: string,
  start: number,
  words: Inflected,
  accept: (to: number, meaning: Meaning) => boolean,
): End | null {
  let node: Node | undefined = root;
  let best: End | null = null;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (isSkipped(character) && at > start) continue;
    const word = words.get(at);
    for (const form of word?.forms ?? []) {
      const end = descend(node, form);
      if (word === undefined || !end?.inflected || !accept(word.to, end.inflected)) continue;
      best = { to: word.to, meaning: end.inflected, length: end.depth };
    }
    node = node.next.get(character);
    if (node === undefined) break;
    if (node.meaning !== null && at + 1 >= (best?.to ?? 0) && accept(at + 1, node.meaning)) {
      best = { to: at + 1, meaning: node.meaning, length: node.depth };
    }
  }
  return best;
}

/** 率 for 額 is another indicator; ト for ド is a slip. */
const KANA = /[ぁ-んー]/;

/** The longest name at `start` with one slip inside; the first character and a last kanji must be right. */
function nearestAt(root: Node, text: string, start: number): End | null {
  let best: End | null = null;
  /** `slip`: null for none so far, else the character that should have stood last, empty further on. */
  const walk = (node: Node, at: number, slip: string | null): void => {
    const ends = slip === '' || (slip !== null && KANA.test(slip));
    if (node.meaning?.type === 'indicator' && ends && node.depth >= SHORTEST_WITH_TYPO) {
      if (best === null || node.depth > best.length)
        best = { to: at, meaning: node.meaning, length: node.depth };
    }
    if (at >= text.length) return;
    const character = text.charAt(at);
    if (isSkipped(character) && at > start) walk(node, at + 1, slip);
    const exact = node.next.get(character);
    if (exact !== undefined) walk(exact, at + 1, slip === null ? null : '');
    if (slip !== null || node.depth === 0) return;
    for (const [expected, next] of node.next) {
      if (expected === character) continue;
      walk(next, at + 1, expected);
      walk(next, at, expected);
    }
    if (node.depth >= 2) walk(node, at + 1, '＿');
  };
  walk(root, start, null);
  return best;
}

const LATIN = /[a-z]/;

/** Short readings (なら, みえ) are words of their own: they count only where a name can stand. */
function standsAlone(folded: Folded, from: number, to: number): boolean {
  if (/[ァ-ヶ]/.test(folded.plain.charAt(from))) return true;
  const before = folded.text.slice(Math.max(0, from - 3), from);
  const opens = from === 0 || folded.gaps.has(from) || /(?:[、。,・/「(とや]|じゃあ|では|から)$/.test(before);
  const after = folded.text.slice(to, to + 3);
  const closes =
    to === folded.text.length ||
    folded.gaps.has(to) ||
    /^(?:支部|しぶ|の|は|と|、|,|・|県|けん|だと|って|より|から|まで|以外)/.test(after) ||
    // なら and みえ are words of their own before these.
    (to - from > 2 && /^(?:で|が|に|も|を)/.test(after));
  return opens && closes;
}

const KANJI = /[一-龠々]/;
const KATAKANA = /[ァ-ヶー]/;

/** One kanji among others (差 of 格差), 事業 of 事業所, or katakana of a longer word (フォローアップ) is no phrase. */
function isInsideWord({ plain, gaps }: Folded, from: number, to: number, as: PhraseMeaning): boolean {
  const [before, first, last, after] = [from - 1, from, to - 1, to].map((at) => plain.charAt(at));
  const joins = (kind: RegExp, left = '', right = '') => kind.test(left) && kind.test(right);
  const left = gaps.has(from) ? '' : before;
  const right = gaps.has(to) ? '' : after;
  if (joins(KATAKANA, left, first) || joins(KATAKANA, last, right)) return true;
  const short = to - from === 1 || as === 'ignore';
  return short && (joins(KANJI, left, first) || joins(KANJI, last, right));
}

/** 何ですか asks what, 何で why. */
const ENDS_IN_COPULA = /^(?:す|しょ|[、,])/;

const COUNTER =
  /^(?:%|ぱー|位|番|人|名|件|社|月|日|円|千円|支部|県|か所|倍|割|ぽいんと|処|回|ぼ|ぱ|て|で(?!す))/;

/** って何 before a counter is no question for a meaning: って何%. */
function asksForNumber(text: string, to: number): boolean {
  return /(?:何|なん)$/.test(text.slice(0, to)) && COUNTER.test(text.slice(to));
}

function isWhole(folded: Folded, from: number, to: number, meaning: Meaning): boolean {
  const { text } = folded;
  if (meaning.type === 'branch' && text.slice(from, to).includes('の')) return false;
  // 上から3つの合計: a number of places, not 「その3つ」.
  if (
    meaning.type === 'phrase' &&
    meaning.as === 'that' &&
    /(?:から|上位|下位|とっぷ|べすと|わーすと)$/.test(text.slice(0, from)) &&
    /^\d/.test(text.slice(from))
  )
    return false;
  // 西東京 is none of 東京.
  if (
    meaning.type === 'branch' &&
    from > 0 &&
    /[東西南北新]/.test(text.charAt(from - 1)) &&
    !folded.gaps.has(from)
  )
    return false;
  if (meaning.type === 'branch' && meaning.by === 'reading') return standsAlone(folded, from, to);
  if (
    meaning.type === 'branch' &&
    meaning.name === '大分' &&
    /^(?:違|遅|減|増|進|下|上|前|良|よ)/.test(text.slice(to))
  ) {
    return false;
  }
  // 前年より下がった: より and a verb, not より下.
  if (
    meaning.type === 'phrase' &&
    /[上下]$/.test(text.slice(from, to)) &&
    /^(?:が[っらりる]|げ)/.test(text.slice(to))
  )
    return false;
  if (meaning.type === 'phrase' && meaning.as === 'why' && /(?:何|なん)で$/.test(text.slice(0, to)))
    if (ENDS_IN_COPULA.test(text.slice(to))) return false;
  // 4支部はどこも: each of them, and none is asked for.
  if (meaning.type === 'phrase' && meaning.as === 'which_branch' && /どこ$/.test(text.slice(from, to)))
    if (text.charAt(to) === 'も') return false;
  // (新) is a mark, (新潟 is none.
  if (meaning.type === 'phrase' && /[(「『]/.test(text.charAt(from)) && !/[)」』]/.test(text.charAt(to)))
    return false;
  // 九州(沖縄を除く) is no 九州沖縄.
  if (meaning.type === 'region' && text.slice(from, to).includes('(') && text.charAt(to) !== ')')
    return false;
  if (meaning.type === 'region' && /^[語人籍製国]/.test(text.slice(to))) return false;
  if (meaning.type === 'phrase' && (isInsideWord(folded, from, to, meaning.as) || asksForNumber(text, to)))
    return false;
  const splitsLeft =
    from > 0 && LATIN.test(text.charAt(from)) && LATIN.test(text.charAt(from - 1)) && !folded.gaps.has(from);
  const splitsRight =
    to < text.length &&
    LATIN.test(text.charAt(to - 1)) &&
    LATIN.test(text.charAt(to)) &&
    !folded.gaps.has(to);
  return !splitsLeft && !splitsRight;
}

export function createMatcher(terms: readonly Term[]): Matcher {
  const root = buildTrie(terms);

  function find(folded: Folded, words: readonly Morpheme[] = []): TermMatch[] {
    const found: TermMatch[] = [];
    const inflected = inflectedWords(words);
    const verbs = words.filter(({ kind }) => kind === 'verb' || kind === 'adjective');
    // 数 is no part of 数える.
    const splits = (from: number, to: number) =>
      verbs.some((verb) => verb.from >= from && verb.from < to && to < verb.to);
    const { text } = folded;
    const withTypos = text.length <= LONGEST_FOR_TYPOS;
    for (let at = 0; at < text.length; ) {
      const exact = longestAt(
        root,
        text,
        at,
        inflected,
        (to, meaning) => isWhole(folded, at, to, meaning) && !(meaning.type === 'phrase' && splits(at, to)),
      );
      const replaceable =
        exact === null || (exact.length < SHORTEST_WITH_TYPO && exact.meaning.type === 'indicator');
      const near = withTypos && replaceable ? nearestAt(root, text, at) : null;
      const best = near !== null && near.length > (exact?.length ?? 0) + 1 ? near : exact;
      if (best === null) {
        at++;
        continue;
      }
      found.push({ from: at, to: best.to, meaning: best.meaning, typo: best === near });
      at = best.to;
    }
    return found;
  }

  return { find };
}
