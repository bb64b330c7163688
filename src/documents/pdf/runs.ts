import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { apply, type Matrix, multiply, type Run } from './geometry.ts';

/** A shadow or a bold face is the same text drawn again, less than this share of its height away. */
const REPEATED = 0.15;

/** The upright text of a page; text that stands aslant is a watermark, not of the plan. */
export function runsOf(items: readonly TextItem[], toPage: Matrix): Run[] {
  const runs: Run[] = [];
  let spaced = false;
  for (const item of items) {
    if (item.str.trim() === '') {
      spaced ||= item.str !== '';
      continue;
    }
    const run = runOf(item, toPage, spaced);
    spaced = /\s$/.test(item.str);
    if (run) runs.push(run);
  }
  return withoutRepeats(runs);
}

function runOf(item: TextItem, toPage: Matrix, spaced: boolean): Run | null {
  const [a, b, c, d] = multiply(toPage, matrixOf(item));
  const size = Math.hypot(c, d);
  if (size === 0 || a <= 0 || Math.abs(b) > 0.1 * a) return null;
  const [left, baseline] = apply(toPage, item.transform[4], item.transform[5]);
  const across = Math.hypot(a, b) / Math.hypot(item.transform[0], item.transform[1]);
  return {
    text: withoutTwins(item.str).replace(/\s+/g, ' ').trim(),
    left,
    right: left + item.width * across,
    top: baseline - 0.85 * size,
    bottom: baseline + 0.15 * size,
    baseline,
    size,
    spaced: spaced || /^\s/.test(item.str),
  };
}

function withoutRepeats(runs: readonly Run[]): Run[] {
  const kept = new Map<string, Run[]>();
  return runs.filter((run) => {
    const same = kept.get(run.text) ?? [];
    const repeated = same.some(
      (other) =>
        Math.abs(other.left - run.left) < REPEATED * run.size &&
        Math.abs(other.baseline - run.baseline) < REPEATED * run.size,
    );
    if (!repeated) kept.set(run.text, [...same, run]);
    return !repeated;
  });
}

function matrixOf({ transform: [a, b, c, d, e, f] }: TextItem): Matrix {
  return [a, b, c, d, e, f];
}

/** Fonts draw these as the middle dot ・, and PDFs then name any of them. */
const MIDDLE_DOTS = /[\u00b7\u2027\u2219\u22c5]/g;

/**
 * Fonts share one glyph between an ideograph and the radical of its shape, and PDFs then name the radical.
 * NFKC folds the Kangxi radicals (U+2F00 to U+2FDF); these of the supplement have no such folding in Unicode,
 * but an EquivalentUnifiedIdeograph.
 */
const SUPPLEMENT: Record<string, string> = {
  '⺁': '厂',
  '⺒': '巳',
  '⺓': '幺',
  '⺝': '月',
  '⺠': '民',
  '⺟': '母',
  '⻁': '虎',
  '⻄': '西',
  '⻑': '長',
  '⻘': '青',
  '⻝': '食',
  '⻤': '鬼',
  '⻨': '麦',
  '⻩': '黄',
  '⻫': '斉',
  '⻭': '歯',
  '⻯': '竜',
  '⻲': '亀',
};

/** The text with the characters that were meant, where a PDF names another of the same shape. */
export function withoutTwins(text: string): string {
  return text
    .replace(/[\u2e80-\u2fdf]/g, (sign) => SUPPLEMENT[sign] ?? sign.normalize('NFKC'))
    .replace(MIDDLE_DOTS, '・');
}
