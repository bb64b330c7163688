import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Question } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { choice, clarify, notFound } from './card.ts';
import type { Sources } from './look-up.ts';

interface Row {
  branch: string;
  fy: number;
}

/** A question back: whose figure is meant. */
export function whichBranch(question: Question, { catalogue }: Sources, branches: readonly string[]): Answer {
  const choices = branches
    .slice(0, 8)
    .map((branch) =>
      choice(formatBranch(branch), formatQuestion({ ...question, branch } as Question, catalogue)),
    );
  const examples = branches.slice(0, 3).map(formatBranch).join('、');
  const like = examples === '' ? '' : `（${examples} など）`;
  return clarify(`どの支部のことでしょうか${like}。支部名をつけてもう一度お尋ねください。`, choices);
}

/** The branch that a question without one means when only one has such rows; else the question back. */
export function chooseBranch(
  question: Question & { branch: string | null },
  rows: readonly Row[],
  sources: Sources,
): string | Answer {
  if (question.branch !== null) return question.branch;
  const branches = [...new Set(rows.map((row) => row.branch))];
  const [only] = branches;
  return only !== undefined && branches.length === 1 ? only : whichBranch(question, sources, branches);
}

export function nothingOf(what: string, branch: string, fy: number | null, rows: readonly Row[]): Answer {
  const years = [...new Set(rows.filter((row) => row.branch === branch).map((row) => row.fy))].sort(
    (a, b) => a - b,
  );
  const when = fy === null ? '' : `${formatFiscalYear(fy)}の`;
  const there = years.length === 0 ? '' : `資料にあるのは${years.map(formatFiscalYear).join('、')}です。`;
  return notFound(`${formatBranch(branch)}の${when}${what}は資料にありません。${there}`);
}

/** What was assumed: the branch where none was said, and the year. */
export function assumptions(
  question: { branch: string | null },
  branch: string,
  year: string | null,
): string {
  const assumed =
    question.branch === null ? `支部の指定がないため、${formatBranch(branch)}でお答えしました。` : '';
  return `${assumed}${year ?? ''}`;
}
