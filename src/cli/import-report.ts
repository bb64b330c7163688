import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import { formatMember } from '../model/member.ts';
import { type FigureChange, REPORTED_NAMES, type ReportedKind, type ReportedRow } from '../model/reported.ts';
import type { ReportTable } from '../tables/read-table.ts';
import type { BadCell } from '../tables/row-reader.ts';
import type { ImportNote } from './import-notes.ts';

/** What an import did, as people read it. */
export function formatImport(
  { file, kind }: ReportTable,
  change: FigureChange,
  notes: readonly ImportNote[],
  catalogue: Catalogue,
): string {
  const { added, changed, withdrawn, unchanged } = change;
  const counts = [
    `追加 ${added.length}`,
    `変更 ${changed.length}`,
    `取消 ${withdrawn.length}`,
    `変わりなし ${unchanged}`,
  ];
  return [
    `${file}（${REPORTED_NAMES[kind]}）`,
    `  ${counts.join('　')}`,
    ...changed.map(({ before, after }) => {
      const now = after.row === null ? '' : importedFigure(after.row);
      return `  変更 ${after.line}行目: ${subjectOf(before, catalogue)} ${importedFigure(before)} → ${now}`;
    }),
    ...withdrawn.map(
      ({ before, line }) => `  取消 ${line}行目: ${subjectOf(before, catalogue)} ${importedFigure(before)}`,
    ),
    ...notes.map(({ line, text }) => `  注意 ${line}行目: ${text}`),
  ].join('\n');
}

/** One line for each bad cell, in the table's order. */
export function describeBad(bad: readonly BadCell[]): string[] {
  return [...bad]
    .sort((a, b) => a.line - b.line)
    .map(({ line, column, text, reason }) => {
      const place = column === null ? `${line}行目` : `${line}行目「${column}」`;
      return text === '' ? `${place}: ${reason}` : `${place}: ${text} … ${reason}`;
    });
}

export function refusalOf(bad: readonly BadCell[]): string {
  const rows = new Set(bad.map(({ line }) => line)).size;
  return `${rows}行に誤りがあるため、何も取り込みませんでした`;
}

/** What an import did, for programs. */
export function importLine(
  { file, kind }: ReportTable,
  { added, changed, withdrawn, unchanged }: FigureChange,
  notes: readonly ImportNote[],
) {
  return {
    file,
    kind,
    imported: true,
    added: added.length,
    changed: changed.map(({ before, after }) => ({ line: after.line, before, after: after.row })),
    withdrawn,
    unchanged,
    notes,
  };
}

type AnyRow = ReportedRow<ReportedKind>;

function subjectOf(row: AnyRow, { indicators }: Catalogue): string {
  if ('user' in row) return row.user;
  if (!('indicator' in row)) return formatBranch(row.branch);
  const name = indicators.find(({ id }) => id === row.indicator)?.name ?? row.indicator.replace('other:', '');
  const asOf = 'asOf' in row ? `（${row.asOf}）` : '';
  return `${formatBranch(row.branch)} ${formatFiscalYear(row.fy)} ${name}${asOf}`;
}

/** The figure of a row in words; for an owner the channel and the people. */
export function importedFigure(row: AnyRow): string {
  if ('role' in row) return formatMember(row);
  if ('target' in row) return row.target.text;
  if ('text' in row) return row.text;
  return [row.channel, row.owner, row.deputy, row.head].filter((id) => typeof id === 'string').join(' ');
}
