import { partText } from '../part-text.ts';
import { fiscalYearsIn, headTitle, mainBranch } from './about.ts';
import type { LayoutReader } from './layout.ts';

/** The plan of one branch and year as running text. */
export const readSinglePlan: LayoutReader = (document) => {
  const { lines, sidecar, file } = document;
  const title = sidecar.title ?? headTitle(lines);
  const branch = sidecar.branch ?? mainBranch(lines, document.branches);
  const fy =
    sidecar.fy ??
    fiscalYearsIn(title ?? '')[0] ??
    fiscalYearsIn(
      lines
        .slice(0, 40)
        .map((line) => line.text)
        .join('\n'),
    )[0];
  if (!title || !branch || fy === undefined) return null;
  const named = title.includes(branch) ? title : `${title}（${branch}支部）`;
  return {
    name: '単独の事業計画',
    parts: [partText({ file, branch, fy, kind: 'plan', title: named, lines })],
    budgets: [],
  };
};
