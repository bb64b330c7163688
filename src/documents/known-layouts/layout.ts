import type { Branch } from '../../model/branch.ts';
import type { BudgetLine } from '../../model/budget-line.ts';
import { AppError } from '../../model/errors.ts';
import type { Doubt } from '../../model/plan-document.ts';
import type { Line } from '../lines.ts';
import type { PartText } from '../part-text.ts';
import type { Sidecar } from '../sidecar.ts';
import { branchesIn } from './branch-and-year.ts';

/** A document as text, before anything is known of it. */
export interface DocumentText {
  file: string;
  /** Every line that holds text; `plain` form, table tabs kept. */
  lines: Line[];
  /** What a person has stated about it; wins over what the text suggests. */
  sidecar: Sidecar;
  branches: readonly Branch[];
}

/** The plans that a document holds, each with its own lines in reading order. */
export interface ReadLayout {
  /** Name of the layout, as the ingest report prints it. */
  name: string;
  parts: PartText[];
  /** Budgets, where they stand in cells of their own. */
  budgets: BudgetLine[];
  /** What the layout itself could not place. */
  doubts?: Doubt[];
}

/** Null where the document is not of this layout. */
export type LayoutReader = (document: DocumentText) => ReadLayout | null;

/** Where a title stands. */
const HEAD_LINES = 12;
const LONGEST_TITLE = 60;
/** The word before 支部, behind the organisation's name or a year. */
const NAMED = /(?:協会|年度|\s|^|[(（「])([一-龠ぁ-んァ-ヶー]{1,5})支部/;
/** What stands before 支部 and names none. */
const NO_NAME = /^(?:各|全|当|本|他|都道府県)$|本部・?$|及び$|各$|全$/;

/**
 * A plan is kept under a branch of the catalogue or not at all: the text may mention others, whose plan it is not.
 * Throws AppError `not_a_plan` where the title, or what a person stated, names a branch that is not in the catalogue.
 */
export function refuseUnknownBranch({ file, lines, sidecar, branches }: DocumentText): void {
  const known = new Set(branches.map(({ name }) => name));
  if (sidecar.branch !== undefined) {
    if (!known.has(sidecar.branch)) throw unknown(sidecar.branch, { file });
    return;
  }
  const titles = lines
    .slice(0, HEAD_LINES)
    .filter(({ text }) => text.includes('事業計画') && text.length <= LONGEST_TITLE);
  // A compilation keeps the plans of the branches it knows and reports the others itself.
  if (titles.some(({ text }) => branchesIn(text, branches).length > 0)) return;
  for (const { number, text } of titles) {
    const name = NAMED.exec(text)?.[1];
    if (name !== undefined && !NO_NAME.test(name)) throw unknown(name, { file, line: number, text });
  }
}

function unknown(name: string, place: { file: string; line?: number; text?: string }): AppError {
  const message = `${name}支部は支部の一覧（index/catalogue/branches.yml）にありません`;
  return new AppError('not_a_plan', { message, ...place });
}
