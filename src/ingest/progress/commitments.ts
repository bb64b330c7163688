import type { Commitment, Measure } from '../../model/measure.ts';
import { findWhen } from './when.ts';

/** What is yet to come, where it stands among what was done: 予定, 開催する. */
const AHEAD = /予定|する。?$|向け/;
const SAID_DONE = /(?:した|った|いた|いる)(?:[(（][^()（）]*[)）])?。?$/;

/** The dated promises of a measure: each sentence of its next steps that names a date, and what its progress announces. */
export function commitmentsOf(measure: Measure): Commitment[] {
  const { branch, fy, section, number, source } = measure;
  const next = sentences(measure.next);
  const announced = sentences(measure.progress).filter((text) => AHEAD.test(text) && !SAID_DONE.test(text));
  return [...next, ...announced].flatMap((text): Commitment[] => {
    const [first, ...others] = findWhen(text, fy);
    if (!first) return [];
    const to =
      [first, ...others]
        .map((when) => when.to)
        .sort()
        .at(-1) ?? first.to;
    const words = others.length === 0 ? first.words : [first, ...others].map((when) => when.words).join('、');
    return [{ branch, fy, section, number, text, when: words, from: first.from, to, source }];
  });
}

function sentences(text: string | null): string[] {
  if (text === null) return [];
  return text
    .split(/\n|(?<=。)(?![)）])/)
    .map((sentence) => sentence.replace(/^[•・]\s*/, '').trim())
    .filter((sentence) => sentence.length > 1);
}
