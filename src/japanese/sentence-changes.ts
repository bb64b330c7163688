import { compact } from '../japanese/normalize.ts';

/** One sentence of a section, held against the other year's or the other branch's. */
export type SentenceChange =
  | { kind: 'same'; text: string }
  | { kind: 'changed'; before: string; after: string }
  | { kind: 'added'; after: string }
  | { kind: 'removed'; before: string };

/** Share of common character pairs (Dice) from which a sentence is the other one reworded. */
const REWORDED = 0.5;
const SENTENCE = /[^。\n]+。?/g;
const MARK = /^[\s・•○〇●◎■□◆◇▶➢✓※]*(?:[①-⑳]|[(（]?[0-9０-９ⅰ-ⅹア-オ]{1,2}[)）.．、])?\s*/u;

/**
 * What became of each sentence: pairs are taken greedily, most alike first; marks and numbering do not count.
 * In the order of `after`, then what was removed.
 */
export function compareSentences(before: string, after: string): SentenceChange[] {
  const old = sentencesOf(before);
  const current = sentencesOf(after);
  const pairs = old.flatMap((left, i) =>
    current.flatMap((right, j) => {
      const alike = likeness(left.pairs, right.pairs);
      return alike >= REWORDED ? [{ i, j, alike }] : [];
    }),
  );
  pairs.sort((a, b) => b.alike - a.alike || a.i - b.i || a.j - b.j);
  const partnerOfNew = new Map<number, number>();
  const partnered = new Set<number>();
  for (const { i, j } of pairs) {
    if (partnered.has(i) || partnerOfNew.has(j)) continue;
    partnered.add(i);
    partnerOfNew.set(j, i);
  }
  const changes = current.map((right, j): SentenceChange => {
    const left = old[partnerOfNew.get(j) ?? -1];
    if (!left) return { kind: 'added', after: right.text };
    if (left.plain === right.plain) return { kind: 'same', text: right.text };
    return { kind: 'changed', before: left.text, after: right.text };
  });
  const removed = old.filter((_, i) => !partnered.has(i));
  return [...changes, ...removed.map((left): SentenceChange => ({ kind: 'removed', before: left.text }))];
}

interface Sentence {
  text: string;
  plain: string;
  pairs: Set<string>;
}

function sentencesOf(text: string): Sentence[] {
  return [...text.matchAll(SENTENCE)].flatMap(([sentence]) => {
    const trimmed = sentence.trim();
    const plain = compact(trimmed.replace(MARK, '')).replace(/。$/, '');
    if (plain === '') return [];
    const pairs = new Set<string>();
    for (let at = 0; at < Math.max(1, plain.length - 1); at++) pairs.add(plain.slice(at, at + 2));
    return [{ text: trimmed, plain, pairs }];
  });
}

function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of left) if (right.has(pair)) common++;
  return (2 * common) / (left.size + right.size);
}
