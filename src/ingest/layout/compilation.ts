import type { Line } from '../lines.ts';
import { type PartText, partText } from '../part-text.ts';
import { branchesIn } from './about.ts';
import type { LayoutReader } from './layout.ts';

/** 令和3年度 事業計画(北海道支部) at the head of each branch's plan. */
const PLAN_TITLE = /^令和\s*(\d+)\s*年度\s*事業計画\s*\((.+?)支部\)$/;
const FIELD_AND_HEADING =
  /^(\d+\s*[.．、]\s*(?:基盤的保険者機能|戦略的保険者機能|組織・?運営体制)関係)\s+(\S.*)$/;

/** One document of many branches' plans, one after another. */
export const readCompilation: LayoutReader = (document) => {
  const parts: PartText[] = [];
  let open: { branch: string; fy: number; title: string; lines: Line[] } | null = null;
  function close() {
    if (open) parts.push(partText({ file: document.file, kind: 'plan', ...open }));
  }
  for (const line of document.lines) {
    const title = PLAN_TITLE.exec(line.text.trim());
    const branch = title ? branchesIn(line.text, document.branches)[0] : undefined;
    if (title && branch !== undefined) {
      close();
      const fy = Number(title[1]);
      open = { branch, fy, title: `令和${fy}年度 事業計画（${branch}支部）`, lines: [] };
    } else {
      open?.lines.push(...splitField(line));
    }
  }
  close();
  return parts.length >= 2 ? { name: '支部事業計画の合本', parts, budgets: [] } : null;
};

/** The table's first column (分野) runs into the first heading of its second. */
function splitField(line: Line): Line[] {
  const both = FIELD_AND_HEADING.exec(line.text);
  if (!both?.[1] || !both[2]) return [line];
  return [
    { ...line, text: both[1] },
    { ...line, text: both[2] },
  ];
}
