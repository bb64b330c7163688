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

/** What of the figure is asked; the whole card where no word says. */
export function aspectOf(cues: ReadonlySet<Cue>): Aspect {
  const named = ASPECTS.find(([cue]) => cues.has(cue));
  if (named !== undefined) return named[1];
  const reached = cues.has('state') || cues.has('met') || cues.has('unmet');
  if (cues.has('actual')) return cues.has('target') || reached ? 'progress' : 'actual';
  if (reached) return 'progress';
  return cues.has('target') ? 'target' : 'all';
}
