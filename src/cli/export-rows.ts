import { joinSection } from '../catalogue/facts-format.ts';
import type { KeptAuditEntry } from '../model/audit.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { KeptFeedback } from '../model/feedback.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Commitment, Count, Measure } from '../model/measure.ts';
import type { Member } from '../model/member.ts';
import type { Owner } from '../model/owner.ts';
import { describeQuestion, questionOf } from '../slack/button-question.ts';
import type { KeptUnanswered } from '../store/conversations.ts';
import type { FigureEvent } from '../store/figures-store.ts';
import { importedFigure } from './import-report.ts';

/** Rows of `export`, with the keys that other programs rely on; null where there is no value. */

export function kpiExport(kpi: Kpi) {
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

export function budgetExport(budget: BudgetLine) {
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

export function measureExport(measure: Measure) {
  const { source, branch, fy, section, number, plan, progress, evaluation, next } = measure;
  const { file, line } = source;
  return { file, line, branch, fy, section: joinSection(section), number, plan, progress, evaluation, next };
}

export function commitmentExport(commitment: Commitment) {
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

export function countExport({ source, branch, fy, table, label, period, value, unit, text, asOf }: Count) {
  const { file, line } = source;
  return { file, line, branch, fy, table, label, period, value, unit, text, as_of: asOf };
}

export function ownerExport({ branch, channel, owner, deputy, head }: Owner) {
  return { branch, channel, owner, deputy, ...(head === undefined ? {} : { head }) };
}

/** As `import` reads it. */
export function memberExport({ user, role, branches }: Member) {
  return { user, role, branches: branches.join('、') };
}

export function auditExport({ id, at, action, actor, subject, detail }: KeptAuditEntry) {
  return { id, at, action, actor, subject, detail };
}

export function feedbackExport(
  { at, verdict, asked, comment, user, channel, ts }: KeptFeedback,
  catalogue: Catalogue,
) {
  const words = asked === null ? null : describeQuestion(questionOf(asked), catalogue);
  return { at, verdict, asked: words, comment, user, channel, ts };
}

/** A row that was ever imported; `ended_at` is null while it holds. */
export function historyExport({ kind, at, by, file, line, row, endedAt, endedIn }: FigureEvent) {
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

export function unansweredExport({ askedAt, question, understood, outcome }: KeptUnanswered) {
  return { at: askedAt, question, understood, outcome };
}
