import type { Commitment, Measure } from '../../model/measure.ts';
import { findWhen } from './when.ts';

/** What is yet to come, where it stands among what was done: 予定, 開催する. */
const AHEAD = /予定|する。?$|向け/;
const SAID_DONE = /(?:た|(?<!予定して)いる)(?:[(（][^()（）]*[)）])?。?$/;
/** How often something is done, and no day of its own where the sentence names one. */
const RECURRING = /^(?:毎月|月次|年度[内末]|年度中)$/;

/** The dated promises of a measure: each sentence of its next steps that names a date, and what its progress announces. */
export function commitmentsOf(measure: Measure): Commitment[] {
  const { branch, fy, section, number, source } = measure;
  const next = sentences(measure.next);
  const announced = sentences(measure.progress).filter((text) => AHEAD.test(text) && !SAID_DONE.test(text));
  return [...next, ...announced].flatMap((text): Commitment[] => {
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
    return [{ branch, fy, section, number, text, when, from, to, source }];
  });
}

function sentences(text: string | null): string[] {
  if (text === null) return [];
  return text
    .split(/\n|(?<=。)(?![)）(（])/)
    .map((sentence) => sentence.replace(/^[•・※]\s*/, '').trim())
    .filter((sentence) => sentence.length > 1);
}
