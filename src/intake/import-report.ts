import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import { formatMember } from '../model/member.ts';
import {
  type FigureChange,
  REPORTED_NAMES,
  type ReportedActual,
  type ReportedKind,
  type ReportedLine,
  type ReportedRow,
  type ReportedTarget,
  reportedKey,
} from '../model/reported.ts';
import { formatSource } from '../model/source.ts';
import { sameTarget } from '../store/figures-merge.ts';
import type { Figures } from '../store/figures-store.ts';
import type { BadCell } from '../tables/read-rows.ts';
import type { ReportTable } from '../tables/read-table.ts';

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

/** What the person who imports should know, though nothing is wrong with the row. */
interface ImportNote {
  line: number;
  text: string;
}

/** Actuals without a target, figures older than what is known, targets that differ from the document's. */
export async function importNotes(
  table: ReportTable,
  knowledge: Knowledge,
  figures: Pick<Figures, 'reportedActuals'>,
): Promise<ImportNote[]> {
  const examples = table.examples.map((line) => ({
    line,
    text: 'ひな形の記入例なので、取り込みませんでした',
  }));
  return [...examples, ...(await figureNotes(table, knowledge, figures))];
}

async function figureNotes(
  table: ReportTable,
  knowledge: Knowledge,
  figures: Pick<Figures, 'reportedActuals'>,
): Promise<ImportNote[]> {
  if (table.kind === 'owners' || table.kind === 'members') return [];
  const known = new Map<string, Kpi>();
  for (const kpi of await knowledge.kpis({})) {
    const key = reportedKey({ branch: kpi.branch, fy: kpi.fy, indicator: kpi.indicator });
    if (!known.get(key)?.actual) known.set(key, kpi);
  }
  if (table.kind === 'targets') {
    return targetNotes(table.lines as ReportedLine<'targets'>[], known);
  }
  const newest = new Map<string, string>();
  for (const { asOf, ...about } of await figures.reportedActuals()) {
    const key = keyOf(about);
    if ((newest.get(key) ?? '') < asOf) newest.set(key, asOf);
  }
  return actualNotes(table.lines as ReportedLine<'kpi'>[], known, newest);
}

function keyOf({ branch, fy, indicator }: Pick<Kpi, 'branch' | 'fy' | 'indicator'>): string {
  return reportedKey({ branch, fy, indicator });
}

function present<R>(lines: readonly { line: number; row: R | null }[]): { line: number; row: R }[] {
  return lines.flatMap(({ line, row }) => (row === null ? [] : [{ line, row }]));
}

function actualNotes(
  lines: readonly ReportedLine<'kpi'>[],
  known: ReadonlyMap<string, Kpi>,
  newest: ReadonlyMap<string, string>,
): ImportNote[] {
  return present<ReportedActual>(lines).flatMap(({ line, row }) => {
    if (!known.has(keyOf(row))) {
      return [{ line, text: '目標が資料にも取り込みにもありません。目標が入るまで答えには出ません' }];
    }
    const later = newest.get(keyOf(row));
    return later !== undefined && later > row.asOf
      ? [{ line, text: `より新しい時点（${later}）の実績があるため、答えにはそちらが出ます` }]
      : [];
  });
}

function targetNotes(
  lines: readonly ReportedLine<'targets'>[],
  known: ReadonlyMap<string, Kpi>,
): ImportNote[] {
  return present<ReportedTarget>(lines).flatMap(({ line, row }) => {
    const kpi = known.get(keyOf(row));
    const stated = kpi?.documented ?? (kpi?.stated ? kpi : undefined);
    return stated && !sameTarget(stated.target, row.target)
      ? [{ line, text: `資料の目標（${stated.target.text}、${formatSource(stated.source)}）と異なります` }]
      : [];
  });
}
