import type { Branch } from '../../model/branch.ts';
import type { DocumentForm } from '../formats/form.ts';
import { branchesIn } from '../known-layouts/branch-and-year.ts';

/** ■滋賀支部, 1 滋賀支部(12月末現在), the name of a sheet: nothing but the branch, with its number and a note. */
const HEADING =
  /^[■□◆◇●○◎▼▶・※【《〈<(（［[]*(?:\d{1,2}[.．)）、\s]*|[①-⑳ⅠⅡⅢⅣⅤ]+[.．\s]*)?(?:協会けんぽ|全国健康保険協会)?(\p{Script=Han}{2,4})支部[】》〉>)）］\]]*(?:[(（][^()（）]*[)）])?$/u;

/**
 * The branch that a line stands under, in a document that has a heading for each of several; null where it has none.
 * A document of one branch is of that branch whole, and no heading of its own name parts it.
 */
export interface BranchHeadings {
  /** Numbers of the lines that are such headings. */
  lines: ReadonlySet<number>;
  branchAt(line: number): string | null;
}

export function branchHeadings({ lines, tables }: DocumentForm, branches: readonly Branch[]): BranchHeadings {
  const tabled = (line: number) => tables.some(({ from, to }) => line >= from && line <= to);
  const found = lines.flatMap(({ number, text }) => {
    const dense = text.replace(/\s+/g, '');
    if (dense.length > 40 || !HEADING.test(dense)) return [];
    const [branch, ...others] = new Set(branchesIn(dense, branches));
    return branch === undefined || others.length > 0 || tabled(number) ? [] : [{ number, branch }];
  });
  const parted = new Set(found.map(({ branch }) => branch)).size > 1 ? found : [];
  return {
    lines: new Set(parted.map(({ number }) => number)),
    branchAt: (line) => parted.findLast(({ number }) => number <= line)?.branch ?? null,
  };
}
