import type { Jump, ReportEntry, ReportScope, SavedReport, SheetLine } from '../model/figure-report.ts';
import type { Member } from '../model/member.ts';

/** Who reports, for the history and for what readers see as the source. */
export interface Reporter {
  user: string;
  /** As people know them: 鈴木 花子. */
  name: string;
}

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

/** What reporting in Slack acts on; the store, the catalogue and the reader of figures stand behind it. */
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
