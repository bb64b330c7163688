import type { IndicatorId } from '../model/indicator.ts';
import type { Question } from '../model/question.ts';

export interface Slots {
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
