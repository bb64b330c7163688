import type { Question, QuestionOf } from '../model/question.ts';
import { aspectOf } from './aspect.ts';
import { orderOf, topOf } from './figures.ts';
import type { Reading } from './reading.ts';
import type { Slots } from './slots.ts';

/** 「石川も」「石川を加えて」 adds to what was compared; else a new branch takes the old one's place. */
const ADDS = /も(?:$|[?。、]|教|おし|入|追|加|見|お願)|加え|追加|入れて/;

/** A question about the same indicator that names what differs. */
export function fragmentAfter(previous: Question, reading: Reading, slots: Slots): Question {
  const { branches, fys, indicators } = slots;
  const { cues, said } = reading;
  const fy = fys.at(-1) ?? null;
  const spoken = aspectOf(cues);
  const kept = 'aspect' in previous ? previous.aspect : spoken;
  const aspect = spoken === 'all' ? kept : spoken;
  const [branch] = branches;
  const order = orderOf(reading);
  if (cues.has('standing') && branch !== undefined) {
    return { kind: 'rank', branches: [], fy, indicators, aspect: kept, order, top: null, standing: branch };
  }
  if (cues.has('allBranches')) {
    return { kind: 'rank', branches: [], fy, indicators, aspect, order, top: null, standing: null };
  }
  const adds = ADDS.test(said);
  switch (previous.kind) {
    case 'compare':
      if (adds) return { ...previous, branches: union(previous.branches, reading.branches), fys, indicators };
      if (reading.branches.length === 1 && previous.branches.length >= 2) break;
      return { ...previous, branches, fys, indicators, aspect };
    case 'rank':
    case 'list':
    case 'aggregate':
      if (reading.branches.length === 1) break;
      if (previous.kind !== 'rank') return { ...previous, branches, fy, indicators, aspect };
      return { ...previous, ...turned(previous, reading), branches, fy, indicators, aspect };
    case 'figure': {
      const beside = cues.has('gap') || cues.has('compare');
      if (previous.branch !== null && reading.branches.length > 0 && beside) {
        const both = union([previous.branch], reading.branches);
        return { kind: 'compare', branches: both, fys, indicators, aspect: previous.aspect };
      }
      const [year] = fys;
      const since = reading.previousYear && (cues.has('change') || cues.has('gap') || cues.has('compare'));
      if (since && branch !== undefined && year !== undefined) {
        return {
          kind: 'compare',
          branches: [branch],
          fys: [year, year + 1],
          indicators,
          aspect: previous.aspect,
        };
      }
      break;
    }
    default:
      break;
  }
  return { kind: 'figure', branch: branch ?? null, fy, indicators, aspect };
}

function union(before: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...before, ...more])];
}

/** 「下位5つは？」 after a ranking. */
function turned(previous: QuestionOf<'rank'>, reading: Reading): Pick<QuestionOf<'rank'>, 'order' | 'top'> {
  const says = reading.cues.has('high') || reading.cues.has('low');
  return {
    order: says ? orderOf(reading) : previous.order,
    top: topOf(reading.said) ?? previous.top,
  };
}

/** The same about another branch or year, for questions that are about words or whole lists. */
export function sameAbout(
  previous: Question,
  reading: Reading,
  branches: string[],
  fys: number[],
): Question | null {
  if (reading.branches.length === 0 && reading.fys.length === 0 && !reading.previousYear) return null;
  const branch = branches[0] ?? null;
  switch (previous.kind) {
    case 'kpis':
      return { ...previous, branch, fy: fys.at(-1) ?? null };
    case 'measures':
    case 'counts':
      return { ...previous, branch, fy: fys.at(-1) ?? null };
    case 'budget':
      return { ...previous, branch, fys };
    case 'passage':
      return { ...previous, branches, fys };
    default:
      return null;
  }
}

/** The words that a budget question of each kind is recognised by. */
function budgetWords({ want, status }: QuestionOf<'budget'>): string {
  const words: Record<QuestionOf<'budget'>['want'], string> = {
    item: '予算',
    total: '予算の合計',
    status: `${status ?? ''}の予算`,
    over: '予算を超過した項目',
    rate: '予算の執行率',
    new: '新規の予算',
    list: '予算の一覧',
    largest: '最大の予算',
    increased: '増えた予算',
    decreased: '減った予算',
  };
  return words[want];
}

/** Fills what the question does not say; kinds of their own keep theirs. */
export function completed(own: Question, previous: Question, reading: Reading, slots: Slots): Question {
  const branch = slots.branches[0] ?? null;
  const fy = slots.fys.at(-1) ?? null;
  switch (own.kind) {
    case 'counts':
    case 'measures': {
      const silent = own.indicators.length === 0 && reading.unexplained <= 4;
      const about = previous.kind === 'counts' && silent ? `${previous.about} ${own.about}` : own.about;
      const indicators = silent ? slots.indicators : own.indicators;
      return { ...own, branch: own.branch ?? branch, fy: own.fy ?? fy, indicators, about };
    }
    case 'figure':
    case 'kpis':
      return { ...own, branch: own.branch ?? branch, fy: own.fy ?? fy };
    case 'budget': {
      const silent = previous.kind === 'budget' && reading.unexplained <= 1;
      const about = silent ? `${previous.about} ${own.about}` : own.about;
      return { ...own, branch: own.branch ?? branch, fys: own.fys.length > 0 ? own.fys : slots.fys, about };
    }
    case 'passage': {
      const short = reading.unexplained <= 12 && !reading.cues.has('topic') && reading.branches.length === 0;
      if (previous.kind === 'budget' && short) {
        return {
          ...previous,
          fys: slots.fys,
          about: `${own.about.replace(/は?[?？]?$/, '')}の${budgetWords(previous)}`,
        };
      }
      return { ...own, branches: own.branches.length > 0 ? own.branches : slots.branches.slice(0, 1) };
    }
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
