import { stringify } from 'csv-stringify/sync';
import { knownNow } from '../app/built-in.ts';
import { joinSection } from '../catalogue/facts-format.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { importedFigure } from '../intake/import-report.ts';
import type { KeptAuditEntry } from '../model/audit.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { spreadsheetText } from '../model/escape.ts';
import type { KeptFeedback } from '../model/feedback.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Commitment, Count, Measure } from '../model/measure.ts';
import type { Member } from '../model/member.ts';
import type { Owner } from '../model/owner.ts';
import { describeQuestion, questionOf } from '../slack/button-question.ts';
import type { KeptUnanswered } from '../store/conversations.ts';
import type { FigureEvent } from '../store/figures-store.ts';
import { openStore, type Store } from '../store/store.ts';
import { type CommandIo, oneOf, parseCommand, storeLocation, wrongUse } from './command.ts';

type Row = Record<string, string | number | null>;

interface Export {
  /** Headings of a CSV file, which has them also where there are no rows. */
  columns: string;
  read: (store: Store) => Promise<Row[]>;
}

/** Of what documents state and staff report. */
function known<T>(list: (knowledge: Knowledge) => Promise<T[]>, toRow: (item: T) => Row): Export['read'] {
  return async (store) => (await list(await ingestedOr(store))).map(toRow);
}

const EXPORTS = {
  kpi: {
    columns:
      'file line branch fy indicator op value unit relative stated actual actual_text as_of prev_actual prev_text section importance difficulty actual_file actual_line',
    read: known((knowledge) => knowledge.kpis({}), kpiExport),
  },
  budget: {
    columns: 'file line branch fy section name amount_yen executed_yen status prev_amount_yen',
    read: known((knowledge) => knowledge.budgets({}), budgetExport),
  },
  measures: {
    columns: 'file line branch fy section number plan progress evaluation next',
    read: known((knowledge) => knowledge.measures({}), measureExport),
  },
  counts: {
    columns: 'file line branch fy table label period value unit text as_of',
    read: known((knowledge) => knowledge.counts({}), countExport),
  },
  commitments: {
    columns: 'file line branch fy section number subject text when from to every_months',
    read: known((knowledge) => knowledge.commitments({}), commitmentExport),
  },
  owners: {
    columns: 'branch channel owner deputy head',
    read: async (store) => (await store.figures.owners()).map(ownerExport),
  },
  members: {
    columns: 'user role branches',
    read: async (store) => (await store.members.list()).map(memberExport),
  },
  audit: {
    columns: 'id at action actor subject detail',
    read: async (store) => (await store.audit.entries()).map(auditExport),
  },
  feedback: {
    columns: 'at verdict asked comment user channel ts',
    read: async (store) => {
      const catalogue = loadCatalogue();
      return (await store.feedback.list()).map((feedback) => feedbackExport(feedback, catalogue));
    },
  },
  history: {
    columns: 'at by kind file line branch fy indicator as_of text ended_at ended_in',
    read: async (store) => (await store.figures.history()).map(historyExport),
  },
  unanswered: {
    columns: 'at question understood outcome',
    read: async (store) => (await store.unanswered.list()).map(unansweredExport),
  },
} as const satisfies Record<string, Export>;

const KINDS = Object.keys(EXPORTS) as (keyof typeof EXPORTS)[];

/** `planbot export`: what is known, a line each. */
export async function exportRows(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { format: { type: 'string', default: 'jsonl' } });
  const format = oneOf('--format', values.format, ['jsonl', 'csv']);
  if (positionals.length !== 1) {
    throw wrongUse(`書き出すものを1つ選んでください: ${KINDS.join('、')}`);
  }
  const kind = oneOf('export', positionals[0] ?? '', KINDS);
  const store = await openStore(storeLocation(values.data, io.env));
  try {
    const { columns, read }: Export = EXPORTS[kind];
    const rows = await read(store);
    if (format === 'csv') {
      // Whatever stands in a document, a file's name or a comment: a spreadsheet must not compute it.
      const options = { header: true, columns: columns.split(' '), cast: { string: spreadsheetText } };
      io.print(stringify(rows, options).trimEnd());
    } else {
      for (const row of rows) {
        io.print(JSON.stringify(row));
      }
    }
  } finally {
    await store.close();
  }
}

/** Rows of what was ingested; of what planbot is delivered with where nothing was. */
async function ingestedOr(store: Store): Promise<Knowledge> {
  return (await store.documents.list()).length > 0 ? store.knowledge : knownNow(store);
}

/** Rows of `export`, with the keys that other programs rely on; null where there is no value. */

function kpiExport(kpi: Kpi) {
  const { source, branch, fy, indicator, target, stated, actual } = kpi;
  const actualSource = actual === null ? null : (kpi.actualSource ?? source);
  return {
    file: source.file,
    line: source.line,
    branch,
    fy,
    indicator,
    op: target.op,
    value: target.value,
    unit: target.unit,
    relative: target.relative,
    stated,
    actual: actual?.value ?? null,
    actual_text: actual?.text ?? null,
    as_of: actual?.asOf ?? null,
    prev_actual: actual?.previousValue ?? null,
    prev_text: actual?.previousText ?? null,
    section: joinSection(kpi.section),
    importance: kpi.importance,
    difficulty: kpi.difficulty,
    actual_file: actualSource?.file ?? null,
    actual_line: actualSource?.line ?? null,
  };
}

function budgetExport(budget: BudgetLine) {
  const { source, branch, fy, section, name, amountYen, executedYen, status, previousAmountYen } = budget;
  return {
    file: source.file,
    line: source.line,
    branch,
    fy,
    section,
    name,
    amount_yen: amountYen,
    executed_yen: executedYen,
    status,
    prev_amount_yen: previousAmountYen,
  };
}

function measureExport(measure: Measure) {
  const { source, branch, fy, section, number, plan, progress, evaluation, next } = measure;
  const { file, line } = source;
  return { file, line, branch, fy, section: joinSection(section), number, plan, progress, evaluation, next };
}

function commitmentExport(commitment: Commitment) {
  const { source, branch, fy, section, number, subject, text, when, from, to, everyMonths } = commitment;
  const { file, line } = source;
  return {
    file,
    line,
    branch,
    fy,
    section: joinSection(section),
    number,
    subject: subject ?? null,
    text,
    when,
    from,
    to,
    every_months: everyMonths ?? null,
  };
}

function countExport({ source, branch, fy, table, label, period, value, unit, text, asOf }: Count) {
  const { file, line } = source;
  return { file, line, branch, fy, table, label, period, value, unit, text, as_of: asOf };
}

function ownerExport({ branch, channel, owner, deputy, head }: Owner) {
  return { branch, channel, owner, deputy, ...(head === undefined ? {} : { head }) };
}

/** As `import` reads it. */
function memberExport({ user, role, branches }: Member) {
  return { user, role, branches: branches.join('、') };
}

function auditExport({ id, at, action, actor, subject, detail }: KeptAuditEntry) {
  return { id, at, action, actor, subject, detail };
}

function feedbackExport(
  { at, verdict, asked, comment, user, channel, ts }: KeptFeedback,
  catalogue: Catalogue,
) {
  const words = asked === null ? null : describeQuestion(questionOf(asked), catalogue);
  return { at, verdict, asked: words, comment, user, channel, ts };
}

/** A row that was ever imported; `ended_at` is null while it holds. */
function historyExport({ kind, at, by, file, line, row, endedAt, endedIn }: FigureEvent) {
  return {
    at,
    by,
    kind,
    file,
    line,
    branch: row.branch,
    fy: 'fy' in row ? row.fy : null,
    indicator: 'indicator' in row ? row.indicator : null,
    as_of: 'asOf' in row ? row.asOf : null,
    text: importedFigure(row),
    ...outlookOf(row),
    ended_at: endedAt,
    ended_in: endedIn,
  };
}

/** What the person who reported a figure said of it. */
function outlookOf(row: FigureEvent['row']) {
  const { evaluation = null, next = null, note = null } = 'asOf' in row ? row : {};
  return { note, evaluation, next: next?.text ?? null, next_due: next?.due ?? null };
}

function unansweredExport({ askedAt, question, understood, outcome }: KeptUnanswered) {
  return { at: askedAt, question, understood, outcome };
}
