import { type Branch, formatBranch, HEAD_OFFICE } from '../../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import type { Doubt } from '../../model/plan-document.ts';
import { type Line, notTaken } from '../lines.ts';
import { type PartText, partText } from '../part-text.ts';
import { branchesIn, fiscalYearsIn, withoutYears } from './branch-and-year.ts';
import type { LayoutReader } from './layout.ts';

/** What a title of a plan holds besides its year and branch. */
const TITLE_WORDS = /全国健康保険協会|協会けんぽ|事業計画|について|\(案\)|の|書|[()（）【】「」・\s]/g;
const LONGEST_TITLE = 45;
const FIELD_AND_HEADING =
  /^(\d+\s*[.．、]\s*(?:基盤的保険者機能|戦略的保険者機能|組織・?運営体制)関係)\s+(\S.*)$/;

interface OpenPlan {
  branch: string;
  fy: FiscalYear;
  title: string;
  lines: Line[];
}

/** One document of many branches' plans, one after another, each under a title of its own. */
export const readCompilation: LayoutReader = (document) => {
  const parts: PartText[] = [];
  const doubts: Doubt[] = [];
  let open: OpenPlan | null = null;
  const close = (plan: OpenPlan | null) => {
    if (plan) parts.push(partText({ file: document.file, kind: 'plan', ...plan }));
  };
  for (const line of document.lines) {
    const title = planTitle(line.text, document.branches);
    if (title === null) {
      open?.lines.push(...splitField(line));
    } else if (title.branch === null) {
      close(open);
      open = null;
      const reason = '支部の一覧にない支部の計画です。取り込みませんでした';
      doubts.push(notTaken(document.file, line, reason));
    } else if (!goesOn(open, title)) {
      close(open);
      const { branch, fy } = title;
      open = { branch, fy, title: formatTitle(branch, fy), lines: [] };
    }
  }
  close(open);
  const titles = new Set(parts.map(({ branch, fy }) => `${branch}|${fy}`)).size + doubts.length;
  return titles >= 2 && parts.length > 0 ? { name: '支部事業計画の合本', parts, budgets: [], doubts } : null;
};

/** A running title repeats what the plan's own title said. */
function goesOn(plan: OpenPlan | null, title: { branch: string | null; fy: FiscalYear }): boolean {
  return plan?.branch === title.branch && plan?.fy === title.fy;
}

/** 令和3年度 事業計画(北海道支部), 2025年度 青森支部事業計画: a line that names a year and a branch and nothing else. */
function planTitle(
  text: string,
  branches: readonly Branch[],
): { branch: string | null; fy: FiscalYear } | null {
  if (text.length > LONGEST_TITLE || !text.includes('事業計画')) return null;
  const [fy, ...otherYears] = fiscalYearsIn(text);
  if (fy === undefined || otherYears.length > 0) return null;
  const [branch = null, ...others] = branchesIn(text, branches);
  if (others.length > 0) return null;
  const name = branch === null ? /\S{1,6}支部/ : branch === HEAD_OFFICE ? HEAD_OFFICE : `${branch}支部`;
  if (branch === null && !/\S支部/.test(text)) return null;
  const rest = withoutYears(text).replace(TITLE_WORDS, '').replace(name, '');
  return rest === '' ? { branch, fy } : null;
}

function formatTitle(branch: string, fy: FiscalYear): string {
  return `${formatFiscalYear(fy)} 事業計画（${formatBranch(branch)}）`;
}

/** The table's first column (分野) runs into the first heading of its second. */
function splitField(line: Line): Line[] {
  const both = FIELD_AND_HEADING.exec(line.text);
  if (!both?.[1] || !both[2]) return [line];
  return [
    { ...line, text: both[1] },
    { ...line, text: both[2] },
  ];
}
