import type { Catalogue } from '../model/catalogue.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Question } from '../model/question.ts';
import { aspectOf } from './aspect.ts';
import type { Reading } from './reading.ts';

interface Slots {
  branches: string[];
  fys: number[];
  indicators: IndicatorId[];
}

/** What a question was about. */
export function slotsOf(question: Question): Slots {
  const branches =
    'branches' in question
      ? question.branches
      : 'branch' in question && question.branch !== null
        ? [question.branch]
        : [];
  const have = question.kind === 'difference' ? [question.have, question.lack] : branches;
  const fys =
    'fys' in question ? question.fys : 'fy' in question && question.fy !== null ? [question.fy] : [];
  return { branches: have, fys, indicators: 'indicators' in question ? question.indicators : [] };
}

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
function isFragment(own: Question, reading: Reading): boolean {
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
  ] as const;
  return reading.unexplained <= 4 && (slots > 0 || cues.has('follow') || points.some((cue) => cues.has(cue)));
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
  if (isFragment(own, reading)) {
    const same = reading.indicators.length === 0 ? sameAbout(previous, branches, fys) : null;
    if (same !== null) return same;
    const indicators =
      reading.indicators.length === 0
        ? before.indicators
        : (counterpart(reading, before.indicators, catalogue) ?? reading.indicators);
    const [first, ...others] = indicators;
    if (first !== undefined)
      return fragmentAfter(previous, reading, { branches, fys, indicators: [first, ...others] });
  }
  return completed(own, { branches, fys, indicators: before.indicators });
}

function fragmentAfter(previous: Question, reading: Reading, slots: Slots): Question {
  const { branches, fys, indicators } = slots;
  const fy = fys.at(-1) ?? null;
  const spoken = aspectOf(reading.cues);
  const aspect = spoken === 'all' && 'aspect' in previous ? previous.aspect : spoken;
  if (reading.cues.has('allBranches')) {
    return {
      kind: 'rank',
      branches: [],
      fy,
      indicators,
      aspect,
      order: 'high',
      top: null,
      standing: null,
    };
  }
  switch (previous.kind) {
    case 'compare':
      if (reading.branches.length === 1 && previous.branches.length >= 2) break;
      return { ...previous, branches, fys, indicators, aspect };
    case 'rank':
    case 'list':
    case 'aggregate':
      if (reading.branches.length === 1) break;
      return { ...previous, branches, fy, indicators, aspect };
    case 'passage':
    case 'counts':
    case 'measures':
      break;
    default:
      break;
  }
  return { kind: 'figure', branch: branches[0] ?? null, fy, indicators, aspect };
}

/** The same about another branch or year, for questions that are about words or whole lists. */
function sameAbout(previous: Question, branches: string[], fys: number[]): Question | null {
  const branch = branches[0] ?? null;
  switch (previous.kind) {
    case 'kpis':
    case 'measures':
    case 'counts':
      return previous.kind === 'kpis' || previous.indicators.length === 0
        ? { ...previous, branch, fy: fys.at(-1) ?? null }
        : null;
    case 'budget':
      return { ...previous, branch, fys };
    case 'passage':
      return { ...previous, branches, fys };
    default:
      return null;
  }
}

/** Fills what the question does not say; kinds of their own keep theirs. */
function completed(own: Question, slots: Slots): Question {
  const branch = slots.branches[0] ?? null;
  const fy = slots.fys.at(-1) ?? null;
  switch (own.kind) {
    case 'figure':
    case 'kpis':
    case 'counts':
    case 'measures':
      return { ...own, branch: own.branch ?? branch, fy: own.fy ?? fy };
    case 'budget':
      return { ...own, branch: own.branch ?? branch, fys: own.fys.length > 0 ? own.fys : slots.fys };
    case 'passage':
      return { ...own, branches: own.branches.length > 0 ? own.branches : slots.branches.slice(0, 1) };
    case 'rank':
    case 'list':
    case 'aggregate':
      return { ...own, fy: own.fy ?? fy };
    case 'compare':
      return { ...own, branches: own.branches.length > 0 ? own.branches : slots.branches };
    default:
      return own;
  }
}
