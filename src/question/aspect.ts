import type { Aspect } from '../model/question.ts';
import type { Cue } from './cues.ts';

/** The most telling word wins: 「前年度の実績」 asks for the previous figure, not for the actual one. */
const ASPECTS: readonly [Cue, Aspect][] = [
  ['source', 'source'],
  ['unit', 'unit'],
  ['proviso', 'proviso'],
  ['asOf', 'as_of'],
  ['achievement', 'achievement'],
  ['gap', 'gap'],
  ['previous', 'previous'],
];

/** What of the figure is asked; both target and actual, or neither, is the whole card. */
export function aspectOf(cues: ReadonlySet<Cue>): Aspect {
  const named = ASPECTS.find(([cue]) => cues.has(cue));
  if (named !== undefined) return named[1];
  if (cues.has('actual') || cues.has('met') || cues.has('unmet'))
    return cues.has('target') ? 'all' : 'actual';
  return cues.has('target') ? 'target' : 'all';
}
