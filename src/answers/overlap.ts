import { foldText } from '../japanese/fold.ts';
import { normalize } from '../japanese/normalize.ts';

/** An item that has some of the words that were asked about. */
export interface Overlap<T> {
  item: T;
  /** Rare words count more. */
  score: number;
  /** Part of what was asked about that the item has, 0 to 1. */
  coverage: number;
}

/** Words that offices write half in kana: their kanji keep the word in one piece. */
const HALF_KANA: readonly [RegExp, string][] = [
  [/島しょ/g, '島嶼'],
  [/進ちょく/g, '進捗'],
  [/漏えい/g, '漏洩'],
  [/封かん/g, '封緘'],
  [/障がい/g, '障害'],
  [/補てん/g, '補填'],
];

function inKanji(text: string): string {
  return HALF_KANA.reduce((written, [pattern, kanji]) => written.replace(pattern, kanji), text);
}

/** Pairs of neighbouring characters in runs of kanji, katakana or letters: short names have no other words. */
export function contentPairs(text: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of inKanji(normalize(text)).match(/[一-龠々]+|[ァ-ヶー]{2,}|[A-Za-z]{2,}/g) ?? []) {
    const folded = foldText(run);
    for (let at = 0; at + 1 < folded.length; at++) pairs.add(folded.slice(at, at + 2));
  }
  return pairs;
}

/** Items by what they share with the words, best first; those that share nothing are left out. */
export function overlaps<T>(about: string, items: readonly T[], textOf: (item: T) => string): Overlap<T>[] {
  const asked = [...contentPairs(about)];
  const owned = items.map((item) => contentPairs(textOf(item)));
  const weight = (pair: string) =>
    Math.log(1 + items.length / (0.5 + owned.filter((own) => own.has(pair)).length));
  const weights = new Map(asked.map((pair) => [pair, weight(pair)]));
  const total = [...weights.values()].reduce((sum, value) => sum + value, 0);
  return items
    .map((item, at) => {
      const score = asked.reduce(
        (sum, pair) => sum + (owned[at]?.has(pair) ? (weights.get(pair) ?? 0) : 0),
        0,
      );
      return { item, score, coverage: total === 0 ? 0 : score / total };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** Those that are nearly as good as the best. */
export function nearBest<T>(found: readonly Overlap<T>[], share: number): T[] {
  const best = found[0]?.score ?? 0;
  return found.filter(({ score }) => score >= best * share).map(({ item }) => item);
}
