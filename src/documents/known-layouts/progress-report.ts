import { partText } from '../part-text.ts';
import { fiscalYearsIn, headTitle, mainBranch } from './branch-and-year.ts';
import type { LayoutReader } from './layout.ts';

const TABLE_HEADER = /^事業計画\s+実施状況\s+評価\s+今後の取組/;

/** A report on one branch's plan: tables of plan, progress, evaluation and next steps, page by page. */
export const readProgressReport: LayoutReader = (document) => {
  const { lines, sidecar, file } = document;
  if (lines.filter((line) => TABLE_HEADER.test(line.text)).length < 2) return null;
  const branch = sidecar.branch ?? mainBranch(lines, document.branches);
  const fy = sidecar.fy ?? targetYear(lines.map((line) => line.text));
  if (!branch || fy === undefined) return null;
  const title =
    sidecar.title ??
    headTitle(lines.filter((line) => !TABLE_HEADER.test(line.text))) ??
    `令和${fy}年度 事業計画の実施状況（${branch}支部）`;
  return {
    name: '実施状況報告',
    parts: [partText({ file, branch, fy, kind: 'progress_report', title, lines: [...lines] })],
    budgets: [],
  };
};

/** The year of the targets that it reports on: 令和7年度目標. */
function targetYear(texts: readonly string[]): number | undefined {
  const header = texts.find((text) => /年度目標/.test(text));
  return fiscalYearsIn(header ?? texts.slice(0, 40).join('\n'))[0];
}
