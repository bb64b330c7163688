import { joinSection } from '../knowledge/facts-format.ts';
import type { KeptUnanswered } from '../knowledge/store-conversations.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Measure } from '../model/measure.ts';

/** Rows of `export`, with the keys that other programs rely on; null where there is no value. */

export function kpiExport({ source, branch, fy, indicator, target, stated, actual }: Kpi) {
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

export function unansweredExport({ askedAt, question, understood, outcome }: KeptUnanswered) {
  return { at: askedAt, question, understood, outcome };
}
