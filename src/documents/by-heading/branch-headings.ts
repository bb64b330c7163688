import { type Branch, HEAD_OFFICE } from '../../model/branch.ts';
import type { DocumentForm } from '../formats/form.ts';
import { branchesIn } from '../known-layouts/branch-and-year.ts';

/** ■滋賀支部, 1 滋賀支部(12月末現在), the name of a sheet: nothing but the branch, with its number and a note. */
const HEADING =
  /^[■□◆◇●○◎▼▶・※【《〈<(（［[]*(?:\d{1,2}[.．)）、\s]*|[①-⑳ⅠⅡⅢⅣⅤ]+[.．\s]*)?(?:協会けんぽ|全国健康保険協会)?(\p{Script=Han}{2,4})支部[】》〉>)）］\]]*(?:[(（][^()（）]*[)）])?$/u;

/**
 * The branch that a line stands under, in a document that has a heading for each of several; null where it has none.
 * A document of one branch is of that branch whole, and no heading of its own name parts it.
 */
interface BranchHeadings {
  /** Numbers of the lines that are such headings. */
  lines: ReadonlySet<number>;
  /** The first of the branches; null where the document has no such headings. */
  first: string | null;
  branchAt(line: number): string | null;
}

export function branchHeadings(
  { lines, tables, placeOf }: DocumentForm,
  branches: readonly Branch[],
): BranchHeadings {
  const names = new Set(branches.map(({ name }) => name));
  const sheetOf = (line: number) => /^シート「.*?」/.exec(placeOf(line) ?? '')?.[0] ?? null;
  const tableOf = (line: number) => tables.find(({ to }) => line <= to);
  const found = lines.flatMap(({ number, text }) => {
    const dense = text.replace(/\s+/g, '');
    const table = tableOf(number);
    if (dense.length > 40 || (table && number >= table.from)) return [];
    // A sheet is of the branch that its name or its title names.
    const isTitle = sheetOf(number) !== null && table !== undefined && !isAfterTable(number);
    if (!HEADING.test(dense) && !names.has(dense) && !isTitle) return [];
    const [branch, ...others] = new Set(names.has(dense) ? [dense] : branchesIn(dense, branches));
    return branch === undefined || branch === HEAD_OFFICE || others.length > 0 ? [] : [{ number, branch }];
  });
  function isAfterTable(line: number): boolean {
    return tables.some(({ from, to }) => to < line && sheetOf(from) === sheetOf(line));
  }
  const parted = new Set(found.map(({ branch }) => branch)).size > 1 ? found : [];
  return {
    lines: new Set(parted.map(({ number }) => number)),
    first: parted[0]?.branch ?? null,
    branchAt: (line) =>
      parted.findLast(({ number }) => number <= line && sheetOf(number) === sheetOf(line))?.branch ?? null,
  };
}
