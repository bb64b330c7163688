import type { FiguresSchema } from './figures-schema.ts';
import type { OperationsSchema } from './operations-schema.ts';
import type { OutboxSchema } from './outbox-schema.ts';
import type { RequestsSchema } from './requests-schema.ts';

/** Tables as the database holds them. Lists and objects are JSON text; times are ISO 8601 in UTC. */

/** Every row of a document carries its place, so that rows come back in document order. */
interface PlacedRow {
  file: string;
  /** Order within the document and table, from 0. */
  position: number;
}

interface SourcedRow extends PlacedRow {
  branch: string;
  fy: number;
  line: number;
  page: number | null;
  source_title: string;
  place: string | null;
}

export interface DocumentRow {
  file: string;
  layout: string;
  digest: string;
  ingested_at: string;
}

export interface PartRow extends PlacedRow {
  branch: string;
  fy: number;
  kind: string;
  status: string | null;
  title: string;
}

export interface KpiRow extends SourcedRow {
  indicator: string;
  op: string;
  value: number | null;
  unit: string | null;
  relative: string | null;
  target_text: string;
  proviso: string | null;
  /** The actual's text; null where the document reports no actual at all. */
  actual_text: string | null;
  actual_value: number | null;
  as_of: string | null;
  previous_value: number | null;
  previous_text: string | null;
  stated: string | null;
  section: string;
  importance: string | null;
  difficulty: string | null;
}

export interface ReferenceActualRow extends SourcedRow {
  indicator: string;
  value: number;
  unit: string | null;
  body: string;
  as_of: string | null;
}

export interface MeasureRow extends SourcedRow {
  section: string;
  number: string;
  plan: string;
  progress: string | null;
  evaluation: string | null;
  next: string | null;
}

export interface BudgetRow extends SourcedRow {
  section: string;
  name: string;
  amount_yen: number;
  amount_text: string;
  executed_yen: number | null;
  status: string | null;
  note: string | null;
  previous_amount_yen: number | null;
}

export interface CommitmentRow extends SourcedRow {
  section: string;
  number: string;
  body: string;
  subject: string | null;
  every_months: number | null;
  date_words: string;
  first_day: string;
  last_day: string;
}

export interface CountRow extends SourcedRow {
  table_title: string;
  label: string;
  period: string;
  value: number | null;
  unit: string | null;
  body: string;
  as_of: string | null;
}

export interface PassageRow extends PlacedRow {
  title: string;
  branch: string;
  fy: number;
  section: string;
  first_line: number;
  last_line: number;
  page: number | null;
  body: string;
}

export interface ThreadRow {
  thread_key: string;
  context: string;
  saved_at: string;
}

export interface UnansweredRow {
  asked_at: string;
  question: string;
  understood: string;
  outcome: string;
}

export interface StoreSchema extends FiguresSchema, OutboxSchema, OperationsSchema, RequestsSchema {
  document: DocumentRow;
  document_part: PartRow;
  kpi: KpiRow;
  reference_actual: ReferenceActualRow;
  measure: MeasureRow;
  budget_line: BudgetRow;
  commitment: CommitmentRow;
  period_count: CountRow;
  passage: PassageRow;
  thread: ThreadRow;
  unanswered: UnansweredRow;
}
