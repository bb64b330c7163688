import type { Token } from '../src/japanese/token.ts';

export interface TermProposal {
  count: number;
  surface: string;
  /** In katakana, put together from the parts: to be checked. */
  reading: string;
  parts: string[];
}

const MOST_PARTS = 5;
const LONGEST = 12;
/** A run that nearly always stands inside one longer run is a piece of it, no word. */
const INSIDE = 0.85;

/** Runs of nouns without a gap that the texts repeat at least `least` times, most frequent first. */
export function proposeTerms(texts: readonly (readonly Token[])[], least: number): TermProposal[] {
  const proposals = new Map<string, TermProposal>();
  for (const run of texts.flatMap(nounRuns)) {
    for (let from = 0; from < run.length; from++) {
      for (let to = from + 2; to <= Math.min(run.length, from + MOST_PARTS); to++) count(run.slice(from, to));
    }
  }
  const frequent = [...proposals.values()].filter((proposal) => proposal.count >= least);
  return frequent
    .filter((short) => !frequent.some((long) => isPieceOf(short, long)))
    .sort((a, b) => b.count - a.count || a.surface.localeCompare(b.surface, 'ja'));

  function count(tokens: readonly Token[]): void {
    const surface = tokens.map((token) => token.surface).join('');
    if (surface.length > LONGEST) return;
    const seen = proposals.get(surface);
    if (seen) seen.count++;
    else {
      proposals.set(surface, {
        count: 1,
        surface,
        reading: toKatakana(tokens.map((token) => token.reading).join('')),
        parts: tokens.map((token) => token.surface),
      });
    }
  }
}

function isPieceOf(short: TermProposal, long: TermProposal): boolean {
  return (
    long.surface.length > short.surface.length &&
    long.surface.includes(short.surface) &&
    long.count >= INSIDE * short.count
  );
}

function nounRuns(tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [[]];
  for (const token of tokens) {
    const open = runs.at(-1) ?? [];
    if (!isNounLike(token)) runs.push([]);
    else if (open.length === 0 || open.at(-1)?.end === token.start) open.push(token);
    else runs.push([token]);
  }
  return runs.filter((run) => run.length > 1);
}

/** 健診 comes out as a noun and a verb, because the general dictionary knows 診る alone. */
function isNounLike({ kind, surface }: Token): boolean {
  return kind === 'noun' || (kind === 'verb' && /^\p{sc=Han}+$/u.test(surface));
}

function toKatakana(text: string): string {
  return text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}
