import { isKana, toHiragana } from '../japanese/fold.ts';
import type { Token } from '../japanese/token.ts';
import { isStopWord } from './stop-words.ts';

/** Reading in hiragana to the nouns of the plans that are read so. */
export type Readings = Map<string, string[]>;

/** A word that the question writes in kana. */
interface FoundReading {
  start: number;
  end: number;
  words: readonly string[];
}

/** Shorter readings are mostly particles and endings. */
const SHORTEST = 4;
const LONGEST = 24;
/** A reading that more words share says too little. */
const MOST_HOMOPHONES = 3;
/** Share of a kana run, particles and words of asking aside, that readings must explain before they are believed. */
const BELIEVABLE = 0.6;
const KANA_RUN = /[ぁ-ゖァ-ヺー]{4,}/g;
const PARTICLES = new Set('のはがをにでともやへか');

export function learnReading(readings: Readings, token: Token): void {
  const { base, kind, reading } = token;
  if (kind !== 'noun' || reading.length < SHORTEST || reading.length > LONGEST) return;
  if (!isKana(reading) || (toHiragana(base) === base.toLowerCase() && isKana(base))) return;
  const words = readings.get(reading);
  if (!words) readings.set(reading, [base]);
  else if (!words.includes(base)) words.push(base);
}

/**
 * Nouns that the question writes in ひらがな or カタカナ: けんしん, トクテイホケンシドウ, じぇねりっく. One starts
 * where a word of the tokenizer does, and is no adverb, particle or ending that the tokenizer knows as a whole.
 */
export function findReadings(
  plain: string,
  tokens: readonly Token[],
  readings: ReadonlyMap<string, readonly string[]>,
): FoundReading[] {
  const starts = new Set(tokens.map((token) => token.start));
  const grammar = new Set(
    tokens.flatMap(({ kind, start, end }) =>
      kind === 'other' || kind === 'adverb' ? [`${start}-${end}`] : [],
    ),
  );
  const asking = new Set(tokens.filter(isStopWord).flatMap(({ start, end }) => offsets(start, end)));
  return [...plain.matchAll(KANA_RUN)]
    .flatMap((run) => explain(toHiragana(run[0]), run.index, readings, asking))
    .filter(({ start, end }) => starts.has(start) && !grammar.has(`${start}-${end}`));
}

function offsets(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, at) => start + at);
}

/** The split of a run into readings, particles and unexplained characters with the fewest of the latter. */
function explain(
  run: string,
  offset: number,
  readings: ReadonlyMap<string, readonly string[]>,
  asking: ReadonlySet<number>,
): FoundReading[] {
  const costs = [0];
  const from = [0];
  for (let end = 1; end <= run.length; end++) {
    const single = PARTICLES.has(run.charAt(end - 1)) ? 0.5 : 1;
    costs[end] = (costs[end - 1] ?? 0) + single;
    from[end] = end - 1;
    for (let start = Math.max(0, end - LONGEST); start <= end - SHORTEST; start++) {
      const cost = (costs[start] ?? 0) + 0.4;
      const words = cost < (costs[end] ?? 0) ? readings.get(run.slice(start, end)) : undefined;
      if (words && words.length <= MOST_HOMOPHONES) {
        costs[end] = cost;
        from[end] = start;
      }
    }
  }
  const found: FoundReading[] = [];
  let explained = 0;
  let particles = 0;
  for (let end = run.length; end > 0; end = from[end] ?? 0) {
    const start = from[end] ?? 0;
    const words = end - start >= SHORTEST ? readings.get(run.slice(start, end)) : undefined;
    if (words) {
      found.push({ start: offset + start, end: offset + end, words });
      explained += end - start;
    } else if (PARTICLES.has(run.charAt(start)) || asking.has(offset + start)) particles++;
  }
  return explained >= BELIEVABLE * (run.length - particles) ? found.reverse() : [];
}
