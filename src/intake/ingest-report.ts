import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Doubt, IngestedDocument } from '../model/plan-document.ts';
import type { ChangedRow, DocumentChange } from '../store/changes.ts';

/** Beyond these a list is only counted. */
const BRANCHES_SHOWN = 4;
const CHANGES_SHOWN = 20;
const DOUBTS_SHOWN = 3;

const KIND_NAMES: Record<ChangedRow['kind'], string> = {
  kpi: 'KPI',
  measure: '取組の評価',
  budget: '予算',
  count: '件数',
};

/** What an ingest found in one document, as people read it. */
export function formatReport(
  document: IngestedDocument,
  change: DocumentChange,
  catalogue: Catalogue,
): string {
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
    `  様式: ${layout}　支部: ${describeBranches(document)}　年度: ${years(document)
      .map((fy) => `令和${fy}`)
      .join('、')}`,
    `  ${found.join('　')}`,
    ...describeChange(change, catalogue).map((line) => `  ${line}`),
    ...describeDoubts(doubts).map((line) => `  ${line}`),
  ].join('\n');
}

/** The same for programs. */
export function reportLine(document: IngestedDocument, change: DocumentChange) {
  const { file, layout, kpis, measures, budgets, commitments, counts, passages, doubts } = document;
  return {
    file,
    layout,
    branches: branches(document),
    fys: years(document),
    kpis: kpis.length,
    measures: measures.length,
    budgets: budgets.length,
    commitments: commitments.length,
    counts: counts.length,
    passages: passages.length,
    change: {
      kind: change.kind,
      renamed_from: change.renamedFrom,
      added: change.added,
      removed: change.removed,
      changed: change.changed.map(({ before, after: { figure, ...row } }) => ({
        ...row,
        before: before.figure,
        after: figure,
      })),
    },
    doubts: doubts.map(({ kind, line, text, reason }) => ({ kind, line, text, reason })),
  };
}

function branches(document: IngestedDocument): string[] {
  return [...new Set(document.parts.map((part) => part.branch))];
}

function describeBranches(document: IngestedDocument): string {
  const names = branches(document).map(formatBranch);
  const shown = names.slice(0, BRANCHES_SHOWN).join('、');
  return names.length > BRANCHES_SHOWN ? `${shown} ほか 計${names.length}` : shown;
}

function years(document: IngestedDocument): FiscalYear[] {
  return [...new Set(document.parts.map((part) => part.fy))].sort((a, b) => a - b);
}

function describeChange(
  { kind, renamedFrom, added, removed, changed }: DocumentChange,
  catalogue: Catalogue,
): string[] {
  const row = (changedRow: ChangedRow) => describeRow(changedRow, catalogue);
  const renamed = renamedFrom === null ? [] : [`${renamedFrom} と同じ内容です。名前を改めました`];
  if (kind !== 'changed') {
    return [...renamed, kind === 'new' ? '新しい資料です' : '前回の取り込みから変更はありません'];
  }
  const rows = [
    ...changed.map(
      ({ before, after }) => `変更 ${after.line}行目 ${row(after)}: ${before.figure} → ${after.figure}`,
    ),
    ...added.map((own) => `追加 ${own.line}行目 ${row(own)}: ${own.figure}`),
    ...removed.map((own) => `削除 ${row(own)}: ${own.figure}`),
  ];
  const more = rows.length > CHANGES_SHOWN ? [`ほか${rows.length - CHANGES_SHOWN}件`] : [];
  return [
    ...renamed,
    `前回から 追加 ${added.length}　削除 ${removed.length}　変更 ${changed.length}`,
    ...[...rows.slice(0, CHANGES_SHOWN), ...more].map((line) => `  ${line}`),
  ];
}

function describeRow({ kind, branch, fy, name }: ChangedRow, { indicators }: Catalogue): string {
  const shown =
    indicators.find(({ id }) => kind === 'kpi' && id === name)?.name ?? name.replace('other:', '');
  return `${KIND_NAMES[kind]} ${formatBranch(branch)} ${formatFiscalYear(fy)} ${shown}`;
}

/** Counts first, then by reason, each with its first lines; the report for programs has them all. */
function describeDoubts(doubts: readonly Doubt[]): string[] {
  const groups = new Map<string, Doubt[]>();
  for (const doubt of doubts) {
    // What differs from one line to the next, such as its figure, makes no reason of its own.
    const key = doubt.kind === 'conflict' ? 'ほかの記載との食い違い' : `要確認: ${doubt.reason}`;
    const known = groups.get(key);
    if (known) known.push(doubt);
    else groups.set(key, [doubt]);
  }
  return [...groups].flatMap(([key, own]) => [
    own.length > 1 ? `${key}（${own.length}件）` : key,
    ...own.slice(0, DOUBTS_SHOWN).map((doubt) => `  ${describeDoubt(doubt)}`),
    ...(own.length > DOUBTS_SHOWN ? [`  ほか${own.length - DOUBTS_SHOWN}件（--json ですべて出ます）`] : []),
  ]);
}

function describeDoubt({ kind, line, text, reason }: Doubt): string {
  const quote = `${line}行目: ${text.replace(/\s+/g, ' ').slice(0, 60)}`;
  return kind === 'conflict' ? `食い違い ${quote}（${reason}）` : quote;
}
