import { partText } from '../part-text.ts';
import { fiscalYearsIn, headTitle, mainBranch } from './about.ts';

/** Lines of the head in which a year is the plan's own, not that of a figure it looks back on. */
const NAMES_YEAR = /事業計画|年度計画|年度\s*KPI|年度目標|^\S{1,12}\s*年度$/;

import type { LayoutReader } from './layout.ts';

/** The plan of one branch and year as running text. */
export const readSinglePlan: LayoutReader = (document) => {
  const { lines, sidecar, file } = document;
  const title = sidecar.title ?? headTitle(lines);
  const branch = sidecar.branch ?? mainBranch(lines, document.branches);
  const head = lines.slice(0, 40).filter((line) => NAMES_YEAR.test(line.text));
  const fy =
    sidecar.fy ?? fiscalYearsIn(title ?? '')[0] ?? head.flatMap((line) => fiscalYearsIn(line.text))[0];
  if (!title || !branch || fy === undefined) return null;
  const named = title.includes(branch) ? title : `${title}（${branch}支部）`;
  return {
    name: '単独の事業計画',
    parts: [partText({ file, branch, fy, kind: 'plan', title: named, lines })],
    budgets: [],
  };
};
