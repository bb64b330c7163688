import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Question } from '../model/question.ts';
import { notFound } from './card.ts';
import { whichBranch } from './figure.ts';
import type { Sources } from './look-up.ts';

export interface Scope {
  branch: string;
  fys: number[];
}

interface Row {
  branch: string;
  fy: number;
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
