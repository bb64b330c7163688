import { compact } from '../japanese/normalize.ts';
import { dayOf } from '../model/calendar-day.ts';
import { type FiscalYear, fiscalYearOf, formatFiscalYear } from '../model/fiscal-year.ts';
import { Evaluation } from '../model/measure.ts';
import { ROLE_NAMES, Role } from '../model/member.ts';
import { type ReportedActual, type ReportedKind, type ReportedLine, reportedKey } from '../model/reported.ts';
import { type CellRead, problem, readAsOf, readYear } from './cell.ts';
import { type ColumnId, columnHeading, type Header } from './columns.ts';
import { readActual, readTarget, WITHDRAW } from './figure-cell.ts';
import type { NameReader } from './names.ts';
import type { SheetCell, TableRow } from './table-file.ts';

const CHANNEL = /^(?:<#)?([CG][A-Z0-9]{2,})(?:\|[^>]*)?>?$/;
const PERSON = /^(?:<@|<!subteam\^)?([UWS][A-Z0-9]{2,})(?:\|[^>]*)?>?$/;
const MEMBER = /^(?:<@)?([UW][A-Z0-9]{2,})(?:\|[^>]*)?>?$/;
const IN_CHARGE = 'SlackのメンバーID（Uで始まる英数字）かユーザーグループのID（Sで始まる英数字）';

type ReadRow<K extends ReportedKind> = (
  reader: RowReader,
  names: NameReader,
) => Omit<ReportedLine<K>, 'line'> | null;

/** A row that is whole, or null with what is bad noted in the reader. */
const READERS: { readonly [K in ReportedKind]: ReadRow<K> } = {
  kpi(reader, names) {
    const branch = reader.required('branch', ({ text }) => names.branch(text));
    const stated = reader.optional('fy', ({ text }) => readYear(text));
    const indicator = reader.required('indicator', ({ text }) => names.indicator(text));
    const asOf = reader.required('as_of', ({ text }) => inYear(readAsOf(text, stated), stated));
    const withdrawn = reader.cell('actual').text === WITHDRAW;
    const actual =
      withdrawn || indicator === null
        ? null
        : reader.required('actual', (cell) => readActual(cell, indicator));
    if (branch === null || indicator === null || asOf === null) return null;
    const about = { branch, fy: fiscalYearOf(dayOf(asOf)), indicator: indicator.id, asOf };
    const key = reportedKey(about);
    if (withdrawn) return { key, row: null };
    const outlook = readOutlook(reader, about.fy);
    return (
      actual && { key, row: { ...about, ...actual, note: reader.cell('note').text || null, ...outlook } }
    );
  },
  targets(reader, names) {
    const branch = reader.required('branch', ({ text }) => names.branch(text));
    const fy = reader.required('fy', ({ text }) => readYear(text));
    const indicator = reader.required('indicator', ({ text }) => names.indicator(text));
    const withdrawn = reader.cell('target').text === WITHDRAW;
    const target =
      withdrawn || indicator === null
        ? null
        : reader.required('target', (cell) => readTarget(cell, indicator));
    if (branch === null || fy === null || indicator === null) return null;
    const about = { branch, fy, indicator: indicator.id };
    const key = reportedKey(about);
    if (withdrawn) return { key, row: null };
    return target && { key, row: { ...about, target, note: reader.cell('note').text || null } };
  },
  owners(reader, names) {
    const branch = reader.required('branch', ({ text }) => names.branch(text));
    if (branch !== null && reader.cell('channel').text === WITHDRAW) {
      return { key: reportedKey({ branch }), row: null };
    }
    const channel = reader.required('channel', slackId(CHANNEL, 'SlackのチャンネルID（Cで始まる英数字）'));
    const owner = reader.required('owner', slackId(PERSON, IN_CHARGE));
    const deputy = reader.optional('deputy', slackId(PERSON, IN_CHARGE));
    const head = reader.optional('head', slackId(MEMBER, 'SlackのメンバーID（Uで始まる英数字）'));
    if (branch === null || channel === null || owner === null) return null;
    const row = { branch, channel, owner, deputy, ...(head === null ? {} : { head }) };
    return { key: reportedKey({ branch }), row };
  },
  members(reader, names) {
    const user = reader.required('user', slackId(MEMBER, 'SlackのメンバーID（Uで始まる英数字）'));
    if (reader.cell('role').text === WITHDRAW) return user === null ? null : { key: user, row: null };
    const role = reader.required('role', ({ text }) => readRole(text));
    const cell = role === 'reporter' ? 'required' : 'optional';
    const branches = role && reader[cell]('branches', ({ text }) => readBranches(text, role, names));
    if (user === null || role === null) return null;
    return { key: user, row: { user, role, branches: branches ?? [] } };
  },
};

function slackId(pattern: RegExp, what: string): (cell: SheetCell) => CellRead<string> {
  return ({ text }) => {
    const id = pattern.exec(text)?.[1];
    return id === undefined ? problem(`${what}を書いてください`) : { value: id };
  };
}

function inYear(asOf: CellRead<string>, fy: number | null): CellRead<string> {
  if ('problem' in asOf) return asOf;
  const own = fiscalYearOf(dayOf(asOf.value));
  if (own < 1) return problem('令和より前の日付です');
  return fy !== null && own !== fy
    ? problem(`${formatFiscalYear(fy)}の日ではありません（年度の結果は3月31日としてください）`)
    : asOf;
}

interface ReadTable<K extends ReportedKind> {
  lines: ReportedLine<K>[];
  bad: BadCell[];
}

/** All rows below the headings, each whole or bad; a second row about the same thing is bad too. */
export function readRows<K extends ReportedKind>(
  kind: K,
  rows: readonly TableRow[],
  header: Header,
  names: NameReader,
): ReadTable<K> {
  const table: ReadTable<K> = { lines: [], bad: [] };
  const seen = new Map<string, number>();
  for (const row of rows) {
    const reader = new RowReader(row, header);
    const read = READERS[kind](reader, names);
    table.bad.push(...reader.bad);
    if (read === null || reader.bad.length > 0) continue;
    const first = seen.get(read.key);
    if (first === undefined) {
      seen.set(read.key, row.line);
      table.lines.push({ ...read, line: row.line });
    } else {
      const text = row.cells.map(({ text }) => text).join(' ');
      table.bad.push({
        line: row.line,
        column: null,
        text,
        reason: `${first}行目と同じものについての行です`,
      });
    }
  }
  return table;
}

/** 閲覧者, 報告者, 管理者, or their ids. */
function readRole(text: string): CellRead<Role> {
  const plain = compact(text).toLowerCase();
  const role = Role.options.find((id) => id === plain || ROLE_NAMES[id] === plain);
  const names = Object.values(ROLE_NAMES).join('、');
  return role === undefined
    ? problem(`${names} のどれかを書いてください（取り消すときは「${WITHDRAW}」）`)
    : { value: role };
}

/** What somebody of a role reports for: 東京、神奈川支部; each once. */
function readBranches(text: string, role: Role, names: NameReader): CellRead<string[]> {
  if (role !== 'reporter') return problem('支部を書くのは報告者だけです');
  const read = text.split(/[、,，・/／\s]+/).flatMap((name) => (name === '' ? [] : [names.branch(name)]));
  const wrong = read.find((one) => 'problem' in one);
  if (wrong) return wrong;
  return { value: [...new Set(read.flatMap((one) => ('value' in one ? [one.value] : [])))] };
}

/** Signs that keyboards and other programs give for the four evaluations, after normalisation. */
const SIGNS: Readonly<Record<string, Evaluation>> = {
  〇: '○',
  '◯': '○',
  '◎': '○',
  '▲': '△',
  X: '×',
  '✕': '×',
  '✖': '×',
  '-': '―',
  ー: '―',
};

/** ○, △, × or ―, as people type them. */
function readEvaluation(text: string): CellRead<Evaluation> {
  const plain = compact(text).toUpperCase();
  const evaluation = Evaluation.safeParse(SIGNS[plain] ?? plain);
  return evaluation.success ? { value: evaluation.data } : problem('○、△、×、― のどれかを書いてください');
}

/** Evaluation and next step; what the table does not say is left out of the row. */
function readOutlook(reader: RowReader, fy: FiscalYear): Pick<ReportedActual, 'evaluation' | 'next'> {
  const evaluation = reader.optional('evaluation', ({ text }) => readEvaluation(text));
  const due = reader.optional('due', ({ text }) => readAsOf(text, fy));
  const text =
    due === null ? reader.cell('next').text : reader.required('next', (cell) => ({ value: cell.text }));
  return { ...(evaluation ? { evaluation } : {}), ...(text ? { next: { text, due } } : {}) };
}

/** Why a row cannot be taken. */
export interface BadCell {
  line: number;
  /** Heading of the column; null where the whole row is meant. */
  column: string | null;
  text: string;
  reason: string;
}

const EMPTY: SheetCell = { text: '', numeric: false };

/** One row as its reader sees it: a cell that cannot be read is noted and gives null. */
class RowReader {
  readonly bad: BadCell[] = [];
  readonly #row: TableRow;
  readonly #header: Header;

  constructor(row: TableRow, header: Header) {
    this.#row = row;
    this.#header = header;
  }

  get line(): number {
    return this.#row.line;
  }

  cell(id: ColumnId): SheetCell {
    const index = this.#header.at.get(id);
    return (index === undefined ? undefined : this.#row.cells[index]) ?? EMPTY;
  }

  optional<T>(id: ColumnId, read: (cell: SheetCell) => CellRead<T>): T | null {
    return this.cell(id).text === '' ? null : this.required(id, read);
  }

  required<T>(id: ColumnId, read: (cell: SheetCell) => CellRead<T>): T | null {
    const cell = this.cell(id);
    const result = cell.text === '' ? problem('空です') : read(cell);
    if ('value' in result) return result.value;
    const column = columnHeading(this.#header.kind, id);
    this.bad.push({ line: this.line, column, text: cell.text, reason: result.problem });
    return null;
  }
}
