import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import {
  type ReportedActual,
  type ReportedLine,
  type ReportedTarget,
  reportedKey,
} from '../model/reported.ts';
import { formatSource } from '../model/source.ts';
import { sameTarget } from '../store/figures-merge.ts';
import type { Figures } from '../store/figures-store.ts';
import type { ReportTable } from '../tables/read-table.ts';

/** What the person who imports should know, though nothing is wrong with the row. */
export interface ImportNote {
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
