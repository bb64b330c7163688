import { type Branch, HEAD_OFFICE } from '../../model/branch.ts';
import { type FiscalYear, fiscalYearFromWestern } from '../../model/fiscal-year.ts';
import type { Line } from '../lines.ts';

/** The fiscal years that a text names, in order: 令和7年度, 2025年度. */
export function fiscalYearsIn(text: string): FiscalYear[] {
  return [...text.matchAll(/令和\s*(元|\d+)\s*年度|(20\d{2})\s*年度/g)].map((match) =>
    match[2] === undefined
      ? match[1] === '元'
        ? 1
        : Number(match[1])
      : fiscalYearFromWestern(Number(match[2])),
  );
}

/** The branches that a text names as 支部, and the head office, in order of their places. */
export function branchesIn(text: string, branches: readonly Branch[]): string[] {
  const found: { at: number; name: string }[] = [];
  for (const { name } of branches) {
    const word = name === HEAD_OFFICE ? HEAD_OFFICE : `${name}支部`;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push({ at, name });
  }
  return found.sort((a, b) => a.at - b.at).map(({ name }) => name);
}

/** The branch that a text is about: the one it names most often. */
export function mainBranch(lines: readonly Line[], branches: readonly Branch[]): string | null {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const name of branchesIn(line.text, branches)) {
      if (name !== HEAD_OFFICE) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? null;
}

/** Title lines of a document: those of its head that name a plan. */
export function headTitle(lines: readonly Line[]): string | null {
  const head = lines.slice(0, 12).map((line) => line.text.replace(/\s+/g, ' ').trim());
  const titled = head.filter((text) => /事業計画/.test(text) && text.length <= 60 && !text.includes('\t'));
  const title = titled.find((text) => fiscalYearsIn(text).length > 0) ?? titled[0];
  return title === undefined ? null : tidyTitle(title);
}

function tidyTitle(title: string): string {
  return title
    .replace(/令和\s*(元|\d+)\s*年度/g, '令和$1年度')
    .replace(/[(（](.+?)[)）]/g, '（$1）')
    .replace(/(事業計画(?:（案）)?)及び.*$/, '$1')
    .replace(/について$/, '');
}
