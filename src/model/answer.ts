import { z } from 'zod';
import type { FiscalYear } from './fiscal-year.ts';
import type { IndicatorId, Unit } from './indicator.ts';
import type { Op } from './kpi.ts';
import { Query } from './query.ts';
import type { Source } from './source.ts';

/** A next question that one click asks; the query is complete and needs no thread. */
export const Choice = z.strictObject({ label: z.string().min(1).max(75), query: Query });
export type Choice = z.infer<typeof Choice>;

/** One figure that the answer rests on. */
export interface AnswerRow {
  branch: string;
  fy: FiscalYear;
  indicator: IndicatorId;
  aspect: 'target' | 'actual' | 'previous' | 'count' | 'budget';
  op: Op | null;
  /** The target's value; null where it is relative or qualitative. */
  value: number | null;
  unit: Unit | string | null;
  relative: 'prev_year' | null;
  actual: number | null;
  /** As printed: ５月時点. */
  asOf: string | null;
  source: Source;
  /** Set where the actual stands elsewhere than the target. */
  actualSource?: Source | undefined;
}

export interface AnswerPassage {
  file: string;
  title: string;
  section: string[];
  /** 1-based lines, both inclusive. */
  from: number;
  to: number;
  /** At most 600 characters. */
  text: string;
  /** Words of the text that the question asked about, to be set off. */
  words?: string[] | undefined;
  score: number;
}

export interface AnswerCell {
  text: string;
  /** For sorting; null where the cell holds no number. */
  value: number | null;
}

export interface AnswerTable {
  caption: string;
  columns: { name: string; kind: 'text' | 'number' }[];
  rows: AnswerCell[][];
}

export interface Chart {
  kind: 'bar' | 'line';
  title: string;
  unit: string;
  series: { name: string; points: { label: string; value: number }[] }[];
}

/** A card in its fixed order: title, headline, details, table or chart, note, passages, sources, choices. */
export interface Answered {
  kind: 'answered';
  /** What kind of question it answers: kpi, compare, rank, list, progress, budget, passage, help … */
  topic: string;
  /** 東京支部 令和3年度 ジェネリック医薬品使用割合の目標. */
  title: string;
  /** The figure, large: 80.0％以上. Null where the answer is a list or text. */
  headline: string | null;
  details: { label: string; value: string }[];
  /** Between the details and the note; a table reads as these in plain text. */
  lines: string[];
  table: AnswerTable | null;
  chart: Chart | null;
  /** An assumption that was made (the latest year was taken), said openly. */
  note: string | null;
  rows: AnswerRow[];
  passages: AnswerPassage[];
  sources: Source[];
  choices: Choice[];
  /** The whole answer in plain Japanese; stands alone for screen readers, notifications and the command line. */
  text: string;
}

/** The question has several meanings, or misses something: it is asked back. */
export interface Clarify {
  kind: 'clarify';
  text: string;
  /** Places that come near and are no sure answer; `text` shows them. */
  passages: AnswerPassage[];
  choices: Choice[];
}

/** Nothing that surely answers was found; `text` names the nearest things that are there. */
export interface NotFound {
  kind: 'not_found';
  text: string;
  passages: AnswerPassage[];
  choices: Choice[];
}

export type Answer = Answered | Clarify | NotFound;
