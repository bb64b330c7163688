import type { DocumentChange } from '../knowledge/store-changes.ts';
import { formatBranch } from '../model/branch.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Doubt, IngestedDocument } from '../model/plan-document.ts';

/** Beyond these a list of branches is only counted. */
const BRANCHES_SHOWN = 4;

/** What an ingest found in one document, as people read it. */
export function formatReport(document: IngestedDocument, change: DocumentChange): string {
  const { file, layout, kpis, measures, budgets, commitments, counts, passages, doubts } = document;
  const found = [
    `KPI ${kpis.length}`,
    `取組 ${measures.length}`,
    `予算 ${budgets.length}`,
    `今後の予定 ${commitments.length}`,
    `件数表 ${counts.length}`,
    `本文 ${passages.length}`,
  ];
  return [
    `${file}`,
    `  様式: ${layout}　支部: ${describeBranches(document)}　年度: ${years(document).join('、')}`,
    `  ${found.join('　')}`,
    `  ${describeChange(change)}`,
    ...doubts.map((doubt) => `  ${describeDoubt(doubt)}`),
  ].join('\n');
}

/** The same for programs. */
export function reportLine(document: IngestedDocument, change: DocumentChange) {
  const { file, layout, kpis, measures, budgets, commitments, counts, passages, doubts } = document;
  return {
    file,
    layout,
    branches: branches(document),
    fys: [...new Set(document.parts.map((part) => part.fy))].sort((a, b) => a - b),
    kpis: kpis.length,
    measures: measures.length,
    budgets: budgets.length,
    commitments: commitments.length,
    counts: counts.length,
    passages: passages.length,
    change: {
      kind: change.kind,
      added: change.added.map(placeOf),
      removed: change.removed.map(placeOf),
      changed: change.changed.map(({ before, after }) => ({
        ...placeOf(after),
        before: before.target.text,
        after: after.target.text,
      })),
    },
    doubts: doubts.map(({ kind, line, text, reason }) => ({ kind, line, text, reason })),
  };
}

function placeOf({ branch, fy, indicator, source }: Kpi) {
  return { branch, fy, indicator, line: source.line };
}

function branches(document: IngestedDocument): string[] {
  return [...new Set(document.parts.map((part) => part.branch))];
}

function describeBranches(document: IngestedDocument): string {
  const names = branches(document).map(formatBranch);
  const shown = names.slice(0, BRANCHES_SHOWN).join('、');
  return names.length > BRANCHES_SHOWN ? `${shown} ほか 計${names.length}` : shown;
}

function years(document: IngestedDocument): string[] {
  const fys = [...new Set(document.parts.map((part) => part.fy))].sort((a, b) => a - b);
  return fys.map((fy) => `令和${fy}`);
}

function describeChange({ kind, added, removed, changed }: DocumentChange): string {
  switch (kind) {
    case 'new':
      return '新しい資料です';
    case 'unchanged':
      return '前回の取り込みからKPIの変更はありません';
    case 'changed':
      return `前回から KPI 追加 ${added.length}　削除 ${removed.length}　変更 ${changed.length}`;
  }
}

function describeDoubt({ kind, line, text, reason }: Doubt): string {
  const head = kind === 'conflict' ? '食い違い' : '要確認';
  return `${head} ${line}行目: ${text.replace(/\s+/g, ' ').slice(0, 60)}（${reason}）`;
}
