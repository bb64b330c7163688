import { createHash } from 'node:crypto';
import { isoDayInTokyo, timeInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Jump, ReportEntry, ReportScope, SavedReport, SheetLine } from '../model/figure-report.ts';
import type { Member } from '../model/member.ts';
import { jumpsIn, sheetOf } from '../model/report-sheet.ts';
import { type FigureChange, type ReportedActual, type ReportedLine, reportedKey } from '../model/reported.ts';
import { readActual, WITHDRAW } from '../tables/figure-cell.ts';
import { type ReportingParts, type SharedFile, type TableOutcome, takeSharedTable } from './shared-table.ts';

/** Who reports, for the history and for what readers see as the source. */
export interface Reporter {
  user: string;
  /** As people know them: 鈴木 花子. */
  name: string;
}

/** A quarter's figures as staff enter them: checked beside what is known, and saved. */
export interface ReportService {
  /** The indicators of a branch's year; empty where no plan of that year is known. */
  sheet(about: Pick<ReportScope, 'branch' | 'fy' | 'asOf'>): Promise<SheetLine[]>;
  /** A figure as a person types it; `problem` is a sentence without its full stop. */
  read(text: string, line: SheetLine): { value: number | null; text: string } | { problem: string };
  jumps(scope: ReportScope, sheet: readonly SheetLine[], entries: readonly ReportEntry[]): Jump[];
  /** All or none, with who and when and what stood there before. */
  save(scope: ReportScope, entries: readonly ReportEntry[], by: Reporter): Promise<SavedReport>;
  /** Takes a table whole or not at all; every branch in it must be the member's to report for. */
  takeTable(file: SharedFile, member: Member, name: string): Promise<TableOutcome>;
}

export function createReportService(parts: ReportingParts): ReportService {
  return {
    sheet: (about) => openSheet(parts, about),
    read(text, line) {
      if (text === WITHDRAW) {
        return line.own ? { value: null, text } : { problem: 'この日の報告がないため、取り消せません' };
      }
      const read = readActual({ text, numeric: false }, line);
      return 'value' in read ? read.value : read;
    },
    jumps: ({ asOf }, sheet, entries) => jumpsIn(sheet, entries, asOf, parts.catalogue.calendar),
    save: (scope, entries, by) => save(parts, scope, entries, by),
    takeTable: (file, member, name) => takeSharedTable(parts, file, member, name),
  };
}

async function openSheet(
  { store, standings }: ReportingParts,
  { branch, fy, asOf }: Pick<ReportScope, 'branch' | 'fy' | 'asOf'>,
): Promise<SheetLine[]> {
  const [rows, actuals] = await Promise.all([standings(branch, fy), store.figures.reportedActuals()]);
  return sheetOf({ standings: rows, actuals, asOf });
}

async function save(
  parts: ReportingParts,
  scope: ReportScope,
  entries: readonly ReportEntry[],
  by: Reporter,
): Promise<SavedReport> {
  const { store, catalogue, standings, now } = parts;
  const { branch, fy, asOf } = scope;
  const sheet = await openSheet(parts, scope);
  const lines = entries.map((entry, index): ReportedLine<'kpi'> => {
    const key = reportedKey({ branch, fy, indicator: entry.indicator, asOf });
    return { line: index + 1, key, row: entry.text === WITHDRAW ? null : rowOf(scope, entry) };
  });
  const at = now();
  const file = `Slackでの報告 ${by.name} ${isoDayInTokyo(at)} ${timeInTokyo(at)}`;
  const digest = createHash('sha256').update(JSON.stringify(lines)).digest('hex');
  const table = { kind: 'kpi' as const, file, digest, by: by.user, lines };
  const change = await store.figures.import(table, at, (made) => {
    const detail = describeChange(made, catalogue, scope);
    return detail === null ? null : { action: 'figures_reported', actor: by.user, subject: branch, detail };
  });
  const written = new Set(
    [...change.added, ...change.changed.map(({ after }) => after), ...change.withdrawn].map(
      ({ line }) => line,
    ),
  );
  const fresh = await standings(branch, fy);
  const owners = await store.figures.owners();
  const newest = newestDays(await store.figures.reportedActuals(), scope);
  return {
    scope,
    unchanged: change.unchanged,
    channel: owners.find((owner) => owner.branch === branch)?.channel ?? null,
    figures: entries.flatMap((entry, index) => {
      const line = sheet.find(({ indicator }) => indicator === entry.indicator);
      if (!line || !written.has(index + 1)) return [];
      const standing = fresh.find(({ kpi }) => kpi.indicator === entry.indicator);
      const isNewest = newest.get(entry.indicator) === asOf && standing?.kpi.actual?.text === entry.text;
      const state = isNewest ? (standing?.judgement.state ?? null) : null;
      const corrected = line.own === null || line.own.text === entry.text ? null : line.own.text;
      const isWithdrawn = entry.text === WITHDRAW;
      const { name, target, last } = line;
      return [{ ...entry, name, target, state, corrected, isWithdrawn, last }];
    }),
  };
}

/** Keys stand in the order in which tables write them, so that the same figure is known again. */
function rowOf({ branch, fy, asOf }: ReportScope, entry: ReportEntry): ReportedActual {
  const { indicator, value, text, comment, evaluation, next } = entry;
  return {
    branch,
    fy,
    indicator,
    asOf,
    value,
    text,
    note: comment,
    ...(evaluation === null ? {} : { evaluation }),
    ...(next === null ? {} : { next }),
  };
}

function newestDays(actuals: readonly ReportedActual[], { branch, fy }: ReportScope): Map<string, string> {
  const newest = new Map<string, string>();
  for (const row of actuals) {
    if (row.branch !== branch || row.fy !== fy) continue;
    if ((newest.get(row.indicator) ?? '') < row.asOf) newest.set(row.indicator, row.asOf);
  }
  return newest;
}

/** 令和7年度 2025-09-30時点：ジェネリック医薬品使用割合 81.2％ → 80.2％、査定率 新規 0.3％; null where nothing changed. */
function describeChange(
  change: FigureChange<'kpi'>,
  { indicators }: Catalogue,
  scope: ReportScope,
): string | null {
  const nameOf = ({ indicator }: ReportedActual) =>
    indicators.find(({ id }) => id === indicator)?.name ?? indicator.replace(/^other:/, '');
  const added = change.added.flatMap(({ row }) => (row ? [`${nameOf(row)} 新規 ${row.text}`] : []));
  const changed = change.changed.flatMap(({ before, after }) =>
    after.row ? [`${nameOf(before)} ${before.text} → ${after.row.text}`] : [],
  );
  const withdrawn = change.withdrawn.map(({ before }) => `${nameOf(before)} ${before.text} → ${WITHDRAW}`);
  const all = [...added, ...changed, ...withdrawn];
  return all.length === 0 ? null : `令和${scope.fy}年度 ${scope.asOf}時点：${all.join('、')}`;
}
