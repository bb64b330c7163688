import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { AskInput, Question } from '../model/question.ts';

export interface Filled {
  question: Question;
  /** What was filled in, in words. */
  assumed: string[];
}

/** Fills in what the channel or the person set where the question does not say it. */
export function withDefaults(question: Question, defaults: AskInput['defaults']): Filled {
  const { branch, fy } = defaults ?? {};
  let filled = question;
  const assumed: string[] = [];
  if (branch !== undefined && 'branch' in filled && filled.branch === null) {
    filled = { ...filled, branch };
    assumed.push(`支部の指定がないため、既定の${formatBranch(branch)}でお答えしました。`);
  }
  if (fy !== undefined && 'fy' in filled && filled.fy === null) {
    filled = { ...filled, fy };
    assumed.push(`年度の指定がないため、既定の${formatFiscalYear(fy)}でお答えしました。`);
  } else if (fy !== undefined && filled.kind === 'budget' && filled.fys.length === 0) {
    filled = { ...filled, fys: [fy] };
    assumed.push(`年度の指定がないため、既定の${formatFiscalYear(fy)}でお答えしました。`);
  }
  return { question: filled, assumed };
}

/** An assumption is said openly, in the card and in its text. */
export function withAssumptions(answer: Answer, assumed: readonly string[]): Answer {
  if (answer.kind !== 'answered' || assumed.length === 0) {
    return answer;
  }
  const note = [...assumed, ...(answer.note === null ? [] : [answer.note])].join('');
  const lines = answer.text.split('\n').filter((line) => line !== `※${answer.note}`);
  const sources = lines.findIndex((line) => line.startsWith('出典：'));
  lines.splice(sources < 0 ? lines.length : sources, 0, `※${note}`);
  return { ...answer, note, text: lines.join('\n') };
}
