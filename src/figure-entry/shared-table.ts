import { describeBad, formatImport, importNotes, refusalOf } from '../intake/import-report.ts';
import { formatBranch } from '../model/branch.ts';
import { formatDay, isoDayInTokyo, timeInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { type Member, mayReport } from '../model/member.ts';
import { jumpsIn, reportEntryOf, sheetOf } from '../model/report-sheet.ts';
import type { ReportedLine } from '../model/reported.ts';
import type { Standings } from '../model/standing.ts';
import type { Store } from '../store/store.ts';
import { type ReportTable, readSharedTable } from '../tables/read-table.ts';

export interface SharedFile {
  name: string;
  bytes: Buffer;
}

/** What came of a table: lines of plain Japanese. */
export type TableOutcome =
  | { kind: 'imported'; lines: string[] }
  /** Nothing was taken: bad rows, one line each, or no table at all. */
  | { kind: 'bad'; lines: string[] }
  /** Nothing was taken: the person may not import it. */
  | { kind: 'refused'; why: string };

export interface ReportingParts {
  store: Store;
  catalogue: Catalogue;
  standings: Standings;
  /** What is known now, with what staff reported. */
  openKnowledge: () => Promise<Knowledge>;
  now: () => Date;
}

/** A workbook without the headings of a table of figures may be a plan. */
export const DOCUMENTS =
  '事業計画・実施状況・予算などの資料は、Slackからは取り込めません。運用担当の方が planbot ingest で取り込みます。';

/** As `planbot import`, of a file that a member sent: whole or not at all, and only for what is theirs. */
export async function takeSharedTable(
  parts: ReportingParts,
  shared: SharedFile,
  member: Member,
  name: string,
): Promise<TableOutcome> {
  const { store, catalogue, openKnowledge, now } = parts;
  try {
    const table = await readSharedTable(shared, catalogue);
    if (table.bad.length > 0) {
      return { kind: 'bad', lines: [`${refusalOf(table.bad)}。`, ...describeBad(table.bad)] };
    }
    const why = forbidden(table, member);
    if (why !== null) return { kind: 'refused', why };
    const { kind, digest, lines } = table;
    const jumps = isOfFigures(table) ? await jumpNotes(parts, table.lines) : [];
    const notes = [...(await importNotes(table, await openKnowledge(), store.figures)), ...jumps];
    const at = now();
    const file = `${table.file}（Slack ${name} ${isoDayInTokyo(at)} ${timeInTokyo(at)}）`;
    const change = await store.figures.import({ kind, file, digest, by: member.user, lines }, at);
    return { kind: 'imported', lines: formatImport(table, change, notes, catalogue).split('\n') };
  } catch (error) {
    if (error instanceof AppError && (error.code === 'unreadable_file' || error.code === 'bad_import')) {
      return { kind: 'bad', lines: [error.toLine(), ...(error.code === 'bad_import' ? [DOCUMENTS] : [])] };
    }
    throw error;
  }
}

/** Why a member may not import a table: a sentence; null where they may. */
function forbidden({ kind, lines }: ReportTable, member: Member): string | null {
  if (member.role === 'admin') return null;
  if (kind !== 'kpi') return '目標や担当者などの表を取り込めるのは、管理者の方だけです。';
  // A key begins with the branch, also where the row takes back what was reported.
  const branches = new Set(lines.map(({ key }) => key.split('|')[0] ?? ''));
  const others = [...branches].filter((branch) => !mayReport(member, branch));
  return others.length === 0
    ? null
    : `${others.map(formatBranch).join('、')}の実績を報告できるのは、登録された報告担当の方です。`;
}

function isOfFigures(table: ReportTable): table is ReportTable<'kpi'> {
  return table.kind === 'kpi';
}

/** Figures that moved far are taken, since a table has been looked over; but whoever sent it hears of them. */
async function jumpNotes(
  { store, catalogue, standings }: ReportingParts,
  lines: readonly ReportedLine<'kpi'>[],
): Promise<{ line: number; text: string }[]> {
  const actuals = await store.figures.reportedActuals();
  const notes: { line: number; text: string }[] = [];
  for (const { line, row } of lines) {
    if (row === null) continue;
    const sheet = sheetOf({ standings: await standings(row.branch, row.fy), actuals, asOf: row.asOf });
    for (const { from, to, why } of jumpsIn(sheet, [reportEntryOf(row)], row.asOf, catalogue.calendar)) {
      notes.push({
        line,
        text: `${why}（${from.text}${from.asOf === null ? ' ' : `（${formatDay(from.asOf)}）`}→ ${to}）。お確かめください`,
      });
    }
  }
  return notes;
}
