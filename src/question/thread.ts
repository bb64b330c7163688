import type { Catalogue } from '../model/catalogue.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Question } from '../model/question.ts';
import { completed, fragmentAfter, sameAbout } from './fragment.ts';
import type { Reading } from './reading.ts';
import { slotsOf } from './slots.ts';

/**
 * 「被扶養者だと？」 after an indicator of insured persons: of what the word can mean, that which shares
 * another word with what was talked about (both are 保健指導).
 */
function counterpart(
  reading: Reading,
  previous: readonly IndicatorId[],
  catalogue: Catalogue,
): IndicatorId[] | null {
  const { indicators, sure } = reading;
  const [before] = previous;
  if (sure || before === undefined || indicators.includes(before)) return null;
  const akin = catalogue.ambiguous.filter((term) => term.indicators.includes(before));
  const found = indicators.filter((id) => akin.some((term) => term.indicators.includes(id)));
  return found.length === 1 ? found : null;
}

/** A question that names only what differs from the one before: 「じゃあ青森は？」. */
function isFragment(own: Question, reading: Reading, previous: Question): boolean {
  const { cues, branches, indicators, fys } = reading;
  if (own.kind === 'talk' || own.kind === 'definition') return false;
  const slots =
    branches.length + indicators.length + fys.length + (reading.previousYear || reading.nextYear ? 1 : 0);
  const points = [
    'source',
    'unit',
    'asOf',
    'gap',
    'actual',
    'target',
    'previous',
    'allBranches',
    'proviso',
    'achievement',
    'standing',
  ] as const;
  const turned = previous.kind === 'rank' && (cues.has('high') || cues.has('low'));
  return (
    reading.unexplained <= 4 &&
    (slots > 0 || turned || cues.has('follow') || points.some((cue) => cues.has(cue)))
  );
}

function yearsInThread(reading: Reading, before: readonly number[]): number[] {
  const [year] = before;
  if (reading.fys.length > 0) return reading.fys;
  if (reading.previousYear && year !== undefined && year > 1) return [year - 1];
  if (reading.nextYear && year !== undefined) return [year + 1];
  return [...before];
}

/** The question with what it leaves unsaid taken from the thread's last one. */
export function inThread(
  own: Question,
  reading: Reading,
  previous: Question,
  catalogue: Catalogue,
): Question {
  const before = slotsOf(previous);
  const fys = yearsInThread(reading, before.fys);
  const branches = reading.branches.length > 0 ? reading.branches : before.branches;
  if (isFragment(own, reading, previous)) {
    const same = reading.indicators.length === 0 ? sameAbout(previous, reading, branches, fys) : null;
    if (same !== null) return same;
    const indicators =
      reading.indicators.length === 0
        ? before.indicators
        : (counterpart(reading, before.indicators, catalogue) ?? reading.indicators);
    const [first, ...others] = indicators;
    if (first !== undefined)
      return fragmentAfter(previous, reading, { branches, fys, indicators: [first, ...others] });
  }
  return completed(own, previous, reading, { branches, fys, indicators: before.indicators });
}
