import { isBullet, itemMark, kpiMarkLength } from '../kpi/marks.ts';
import type { Line } from '../lines.ts';

/** The lines of one page, given to the left and the right column. */
interface Split {
  left: Line[];
  right: Line[];
}

/** Shared character pairs that a further pair of blocks must bring to be worth a cut. */
const PAIR_COST = 14;
/** What it costs to cut inside a sentence, or before an item that is not the first of its list. */
const MID_SENTENCE_COST = 9;
const MID_LIST_COST = 12;
/** Lines that no cell passes. Without it, a text whose page breaks were lost takes time by the cube of its length. */
const LONGEST_CELL = 60;
/** What it is worth that both columns of a row open with the same line. */
const SAME_OPENING = 10;

/**
 * Parts a page that prints two plans side by side. Its text is a run of rows, each the left cell and then the
 * right cell. The plans say much the same, so the cuts are put where left and right share most:
 * the sum over all rows of the character pairs that both cells have, less the cost of the cuts.
 */
export function splitColumns(page: readonly Line[]): Split {
  const grams = page.map((line) => pairsOf(line.text));
  const costs = page.map((_, index) => cutCost(page, index));
  const best = bestRows(page, grams, costs);
  const split: Split = { left: [], right: [] };
  for (const { from, middle, to } of best) {
    split.left.push(...page.slice(from, middle));
    split.right.push(...page.slice(middle, to));
  }
  return split;
}

interface Row {
  from: number;
  middle: number;
  to: number;
}

/** Dynamic programme over the places where a row may begin; a page's last row may have a left cell alone. */
function bestRows(page: readonly Line[], grams: readonly number[][], costs: readonly number[]): Row[] {
  const count = page.length;
  const best: { score: number; row: Row | null }[] = Array.from({ length: count + 1 }, () => ({
    score: Number.NEGATIVE_INFINITY,
    row: null,
  }));
  best[count] = { score: 0, row: null };
  const cuts = costs.flatMap((cost, index) => (cost < MID_SENTENCE_COST || index === 0 ? [index] : []));
  for (const from of cuts.toReversed()) {
    consider(best, { from, middle: count, to: count }, -PAIR_COST, 0);
    const left = new Map<number, number>();
    for (let middle = from + 1; middle < Math.min(count, from + LONGEST_CELL); middle++) {
      for (const gram of grams[middle - 1] ?? []) left.set(gram, (left.get(gram) ?? 0) + 1);
      // Where a cell goes on from the page before, its column may change within a sentence.
      const cost = costs[middle] ?? 0;
      if (from !== 0 && cost >= MID_SENTENCE_COST) continue;
      extendRight(best, page, grams, costs, { from, middle, left, cost });
    }
  }
  const rows: Row[] = [];
  for (let at = 0; at < count; ) {
    const row = best[at]?.row;
    if (!row) break;
    rows.push(row);
    at = row.to;
  }
  return rows;
}

function extendRight(
  best: { score: number; row: Row | null }[],
  page: readonly Line[],
  grams: readonly number[][],
  costs: readonly number[],
  open: { from: number; middle: number; left: Map<number, number>; cost: number },
): void {
  const { from, middle, left, cost } = open;
  const opening = similar(grams[from] ?? [], grams[middle] ?? []) ? SAME_OPENING : 0;
  const taken = new Map<number, number>();
  let shared = 0;
  for (let to = middle + 1; to <= Math.min(page.length, middle + LONGEST_CELL); to++) {
    for (const gram of grams[to - 1] ?? []) {
      const used = taken.get(gram) ?? 0;
      if (used < (left.get(gram) ?? 0)) shared++;
      taken.set(gram, used + 1);
    }
    const end = to === page.length ? 0 : (costs[to] ?? 0);
    if (end >= MID_SENTENCE_COST) continue;
    const rest = best[to]?.score ?? Number.NEGATIVE_INFINITY;
    consider(best, { from, middle, to }, shared + opening - PAIR_COST - cost - end, rest);
  }
}

function consider(best: { score: number; row: Row | null }[], row: Row, gain: number, rest: number): void {
  const score = gain + rest;
  if (score > (best[row.from]?.score ?? Number.NEGATIVE_INFINITY)) best[row.from] = { score, row };
}

/** What a cut before a line costs: nothing where a paragraph begins. */
function cutCost(page: readonly Line[], index: number): number {
  const line = page[index];
  const before = page[index - 1];
  if (!line || !before) return 0;
  const mark = itemMark(line.text);
  if (mark && mark.ordinal > 1 && mark.style !== 'roman')
    return mark.style === 'paren' ? MID_LIST_COST - 4 : 2;
  if (kpiMarkLength(line.text) > 0) return 3;
  if (mark || isBullet(line.text) || /^[【《＜(]/.test(line.text)) return 0;
  return /[。」)]$|とする$|行う$/.test(before.text) ? 4 : MID_SENTENCE_COST;
}

function pairsOf(text: string): number[] {
  const dense = text.replace(/\s+/g, '');
  const pairs: number[] = [];
  for (let at = 0; at + 1 < dense.length; at++)
    pairs.push(dense.charCodeAt(at) * 65536 + dense.charCodeAt(at + 1));
  return pairs;
}

function similar(one: readonly number[], other: readonly number[]): boolean {
  const known = new Set(one);
  const shared = other.filter((gram) => known.has(gram)).length;
  return shared * 2 >= 1.4 * Math.min(one.length, other.length) && shared > 1;
}
