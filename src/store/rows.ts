import type { z } from 'zod';
import { BudgetLine } from '../model/budget-line.ts';
import { Kpi, ReferenceActual } from '../model/kpi.ts';
import { Commitment, Count, Measure } from '../model/measure.ts';
import { Passage } from '../model/passage.ts';
import { DocumentPart } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import type {
  BudgetRow,
  CommitmentRow,
  CountRow,
  KpiRow,
  MeasureRow,
  PartRow,
  PassageRow,
  ReferenceActualRow,
} from './schema.ts';

/**
 * Between our types and rows, both ways. Reading parses: a row that somebody edited by hand is a fault. A column that
 * a newer planbot has added to the same database is none.
 */

/** A row without its place among its fellows, which the writer counts. */
export type Unplaced<Row> = Omit<Row, 'position'>;

/** A value kept as JSON text; undefined where it does not have the schema's shape. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
  return schema.safeParse(storedJson(text)).data;
}

/** The value of a JSON column; the text itself where it is no JSON, so that the row's schema refuses it. */
export function storedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface SourceColumns {
  file: string;
  line: number;
  page: number | null;
  source_title: string;
  place: string | null;
}

function sourceOf({ file, line, page, source_title: title, place }: SourceColumns): Source {
  return { file, line, page, title, ...(place === null ? {} : { place }) };
}

function sourceColumns({ source }: { source: Source }): SourceColumns {
  const { file, line, page, title, place = null } = source;
  return { file, line, page, source_title: title, place };
}

export function partToRow(part: DocumentPart): Unplaced<PartRow> {
  return part;
}

export function partFromRow({ file, branch, fy, kind, status, title }: PartRow): DocumentPart {
  return DocumentPart.parse({ file, branch, fy, kind, status, title });
}

export function kpiToRow(kpi: Kpi): Unplaced<KpiRow> {
  const { target, actual } = kpi;
  return {
    ...sourceColumns(kpi),
    branch: kpi.branch,
    fy: kpi.fy,
    indicator: kpi.indicator,
    op: target.op,
    value: target.value,
    unit: target.unit,
    relative: target.relative,
    target_text: target.text,
    proviso: target.proviso,
    actual_text: actual?.text ?? null,
    actual_value: actual?.value ?? null,
    as_of: actual?.asOf ?? null,
    previous_value: actual?.previousValue ?? null,
    previous_text: actual?.previousText ?? null,
    stated: kpi.stated,
    section: JSON.stringify(kpi.section),
    importance: kpi.importance,
    difficulty: kpi.difficulty,
  };
}

export function kpiFromRow(row: KpiRow): Kpi {
  const actual = {
    value: row.actual_value,
    text: row.actual_text,
    asOf: row.as_of,
    previousValue: row.previous_value,
    previousText: row.previous_text,
  };
  return Kpi.parse({
    branch: row.branch,
    fy: row.fy,
    indicator: row.indicator,
    target: {
      op: row.op,
      value: row.value,
      unit: row.unit,
      relative: row.relative,
      text: row.target_text,
      proviso: row.proviso,
    },
    actual: row.actual_text === null ? null : actual,
    stated: row.stated,
    section: storedJson(row.section),
    importance: row.importance,
    difficulty: row.difficulty,
    source: sourceOf(row),
  });
}

export function referenceActualToRow(actual: ReferenceActual): Unplaced<ReferenceActualRow> {
  const { source: _, text, asOf, ...rest } = actual;
  return { ...rest, ...sourceColumns(actual), body: text, as_of: asOf };
}

export function referenceActualFromRow(row: ReferenceActualRow): ReferenceActual {
  const { branch, fy, indicator, value, unit, body, as_of } = row;
  return ReferenceActual.parse({
    branch,
    fy,
    indicator,
    value,
    unit,
    text: body,
    asOf: as_of,
    source: sourceOf(row),
  });
}

export function measureToRow(measure: Measure): Unplaced<MeasureRow> {
  const { source: _, section, ...rest } = measure;
  return { ...rest, ...sourceColumns(measure), section: JSON.stringify(section) };
}

export function measureFromRow(row: MeasureRow): Measure {
  const { branch, fy, number, plan, progress, evaluation, next } = row;
  const section = storedJson(row.section);
  const source = sourceOf(row);
  return Measure.parse({ branch, fy, section, number, plan, progress, evaluation, next, source });
}

export function budgetToRow(budget: BudgetLine): Unplaced<BudgetRow> {
  return {
    ...sourceColumns(budget),
    branch: budget.branch,
    fy: budget.fy,
    section: budget.section,
    name: budget.name,
    amount_yen: budget.amountYen,
    amount_text: budget.amountText,
    executed_yen: budget.executedYen,
    status: budget.status,
    note: budget.note,
    previous_amount_yen: budget.previousAmountYen,
  };
}

export function budgetFromRow(row: BudgetRow): BudgetLine {
  return BudgetLine.parse({
    branch: row.branch,
    fy: row.fy,
    section: row.section,
    name: row.name,
    amountYen: row.amount_yen,
    amountText: row.amount_text,
    executedYen: row.executed_yen,
    status: row.status,
    note: row.note,
    previousAmountYen: row.previous_amount_yen,
    source: sourceOf(row),
  });
}

export function commitmentToRow(commitment: Commitment): Unplaced<CommitmentRow> {
  return {
    ...sourceColumns(commitment),
    branch: commitment.branch,
    fy: commitment.fy,
    section: JSON.stringify(commitment.section),
    number: commitment.number,
    body: commitment.text,
    subject: commitment.subject ?? null,
    every_months: commitment.everyMonths ?? null,
    date_words: commitment.when,
    first_day: commitment.from,
    last_day: commitment.to,
  };
}

export function commitmentFromRow(row: CommitmentRow): Commitment {
  return Commitment.parse({
    branch: row.branch,
    fy: row.fy,
    section: storedJson(row.section),
    number: row.number,
    text: row.body,
    ...(row.subject === null ? {} : { subject: row.subject }),
    ...(row.every_months === null ? {} : { everyMonths: row.every_months }),
    when: row.date_words,
    from: row.first_day,
    to: row.last_day,
    source: sourceOf(row),
  });
}

export function countToRow(count: Count): Unplaced<CountRow> {
  const { source: _, table, text, asOf, ...rest } = count;
  return { ...rest, ...sourceColumns(count), table_title: table, body: text, as_of: asOf };
}

export function countFromRow(row: CountRow): Count {
  return Count.parse({
    branch: row.branch,
    fy: row.fy,
    table: row.table_title,
    label: row.label,
    period: row.period,
    value: row.value,
    unit: row.unit,
    text: row.body,
    asOf: row.as_of,
    source: sourceOf(row),
  });
}

export function passageToRow(passage: Passage): Unplaced<PassageRow> {
  const { from, to, text, section, ...rest } = passage;
  return { ...rest, section: JSON.stringify(section), first_line: from, last_line: to, body: text };
}

export function passageFromRow(row: PassageRow): Passage {
  return Passage.parse({
    file: row.file,
    title: row.title,
    branch: row.branch,
    fy: row.fy,
    section: storedJson(row.section),
    from: row.first_line,
    to: row.last_line,
    page: row.page,
    text: row.body,
  });
}
