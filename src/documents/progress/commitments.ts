import type { Commitment } from '../../model/measure.ts';
import { type Cell, lineAt } from './cell.ts';
import type { MeasureRow } from './measures.ts';
import { findWhen } from './when.ts';

/** What is yet to come, where it stands among what was done: 予定, 開催する. */
const AHEAD = /予定|する。?$|向け/;
const SAID_DONE = /(?:た|(?<!予定して)いる)(?:[(（][^()（）]*[)）])?。?$/;
/** How often something is done, and no day of its own where the sentence names one. */
const RECURRING = /^(?:毎月|月次|年度[内末]|年度中)$/;

/** Up to its 。, unless a bracket follows, or to the end of the line. */
const SENTENCE = /(?:[^\n。]|。(?=[)）(（]))+。?|。/g;

/** The dated promises of a measure: each sentence of its next steps that names a date, and what its progress announces. */
export function commitmentsOf({ measure, progress, next }: MeasureRow): Commitment[] {
  const { branch, fy, section, number } = measure;
  const announced = sentences(progress).filter(({ text }) => AHEAD.test(text) && !SAID_DONE.test(text));
  return [...sentences(next), ...announced].flatMap(({ text, line }): Commitment[] => {
    const named = findWhen(text, fy);
    const dated = named.filter(({ words }) => !RECURRING.test(words));
    const days = dated.length === 0 ? named : dated;
    const from = days.map((when) => when.from).sort()[0];
    const to = days
      .map((when) => when.to)
      .sort()
      .at(-1);
    if (from === undefined || to === undefined) return [];
    const when = named.map(({ words }) => words).join('、');
    const source = { ...measure.source, line: line ?? measure.source.line };
    return [{ branch, fy, section, number, text, when, from, to, source }];
  });
}

interface Sentence {
  text: string;
  /** The document's line that it begins on. */
  line: number | null;
}

function sentences(cell: Cell | null): Sentence[] {
  if (cell === null) return [];
  return [...cell.text.matchAll(SENTENCE)]
    .map(({ 0: run, index }) => {
      const said = run.replace(/^[•・※]\s*/, '').trimStart();
      return { text: said.trimEnd(), line: lineAt(cell, index + run.length - said.length) };
    })
    .filter(({ text }) => text.length > 1);
}
