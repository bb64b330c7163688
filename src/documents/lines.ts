import { createHash } from 'node:crypto';
import type { Doubt } from '../model/plan-document.ts';

/** One line of a document, as extraction reads it. */
export interface Line {
  /** 1-based line of the document's text. */
  number: number;
  /** In one form (see `plain`), without white space at its ends but for the tabs of table cells; never empty. */
  text: string;
  /** White space stood before the text: pages and continued cells begin so in text taken from PDFs. */
  indented: boolean;
  /** The line directly before it is empty. */
  afterBlank: boolean;
}

/**
 * NFKC, but for enclosed numbers and Roman numerals, which mark items: ① would become 1.
 * Control characters go, but for the tab, which parts table cells.
 */
export function plain(text: string): string {
  return text
    .replace(/[^\u2160-\u217f\u2460-\u24ff]+/g, (run) => run.normalize('NFKC'))
    .replace(/[‐‑‒–—―−─]/g, '―')
    .replace(/[^\P{Cc}\t]|\p{Cf}/gu, '');
}

/** The lines that hold text, in order. */
export function toLines(text: string): Line[] {
  const lines: Line[] = [];
  let afterBlank = true;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const form = plain(raw);
    const trimmed = form.replace(/^[^\S\t]+|(?<![^\S\t])[^\S\t]+$/g, '');
    if (trimmed.trim() === '') {
      afterBlank = true;
      continue;
    }
    lines.push({
      number: index + 1,
      text: trimmed.includes('\t') ? trimmed : trimmed.trim(),
      indented: /^\s/.test(form),
      afterBlank,
    });
    afterBlank = false;
  }
  return lines;
}

/** Longer than any word: tokenising takes time by the square of what has no end within it. */
const ENDLESS_WORD = /[\u30a1-\u30fc]{500}|[A-Za-z0-9]{3000}|(\p{L})\1{499}/u;

/** The first line that holds a word without an end; undefined where none does. */
export function endlessLine(lines: readonly Line[]): Line | undefined {
  return lines.find(({ text }) => text.length >= 500 && ENDLESS_WORD.test(text));
}

/** A bracket is left open: the text goes on. */
export function isOpen(text: string): boolean {
  return (text.match(/[(（「]/g)?.length ?? 0) > (text.match(/[)）」]/g)?.length ?? 0);
}

/** A page number on a line of its own: - 12 -, 12. */
export function isPageNumber(text: string): boolean {
  return /^[-―]?\s*\d{1,4}\s*[-―]?$/.test(text);
}

/** What a line holds and no row was made of, with why. */
export function notTaken(
  file: string,
  { number, text }: Pick<Line, 'number' | 'text'>,
  reason: string,
): Doubt {
  return { kind: 'not_taken', file, line: number, text, reason };
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
