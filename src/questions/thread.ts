import type { Catalogue } from '../model/catalogue.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Question } from '../model/question.ts';
import { orderOf } from './figures.ts';
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
  // A year and no more is the year of what was asked before.
  if (own.kind === 'documents') return cues.size === 0;
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

/** What single questions before were about, latest first: 「どっちが高い？」 sets them beside each other. */
export interface Recent {
  branches: readonly string[];
  fys: readonly FiscalYear[];
}

/** 「どっちが高い？」, 「差は？」, 「いくつ増えた？」 after questions about one branch or one year each. */
function besideEachOther(reading: Reading, previous: Question, recent: Recent): Question | null {
  const { cues } = reading;
  const between = cues.has('compare') || cues.has('gap') || cues.has('extreme') || cues.has('order');
  const names = reading.branches.length + reading.indicators.length + reading.fys.length;
  if (reading.unexplained > 4 || names > 0) return null;
  if (previous.kind !== 'figure' && previous.kind !== 'compare') return null;
  const { indicators, aspect } = previous;
  const branches = previous.kind === 'compare' ? previous.branches : [...recent.branches].reverse();
  const fy = slotsOf(previous).fys.at(-1) ?? null;
  if (branches.length >= 2 && (between || cues.has('high') || cues.has('low'))) {
    if (cues.has('order') || cues.has('extreme')) {
      return {
        kind: 'rank',
        branches,
        fy,
        indicators,
        aspect,
        order: orderOf(reading),
        top: null,
        standing: null,
      };
    }
    return { kind: 'compare', branches, fys: fy === null ? [] : [fy], indicators, aspect };
  }
  const years = [...recent.fys].sort((a, b) => a - b);
  if (branches.length > 1 || years.length < 2 || !(between || cues.has('change'))) return null;
  return { kind: 'compare', branches: slotsOf(previous).branches, fys: years, indicators, aspect };
}

/** 「LINEは？」 after a budget asks for that item's budget, whatever KPI is named so. */
function nextItem(own: Question, reading: Reading, previous: Question): Question | null {
  const { cues, branches, fys, about } = reading;
  if (previous.kind !== 'budget' || own.kind !== 'figure' || reading.unexplained > 4) return null;
  if (cues.has('target') || cues.has('actual') || cues.has('state')) return null;
  return {
    ...previous,
    branch: branches[0] ?? previous.branch,
    fys: fys.length > 0 ? fys : previous.fys,
    want: previous.want === 'total' || previous.want === 'rate' ? previous.want : 'item',
    status: null,
    about: `${about.replace(/は?[?？]?$/, '')}の予算`,
  };
}

/** The question with what it leaves unsaid taken from the thread's last one. */
export function inThread(
  own: Question,
  reading: Reading,
  previous: Question,
  catalogue: Catalogue,
  recent: Recent = { branches: [], fys: [] },
): Question {
  const together = besideEachOther(reading, previous, recent) ?? nextItem(own, reading, previous);
  if (together !== null) return together;
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
