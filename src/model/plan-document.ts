import { z } from 'zod';
import type { BudgetLine } from './budget-line.ts';
import { FiscalYear } from './fiscal-year.ts';
import type { Kpi, ReferenceActual } from './kpi.ts';
import type { Commitment, Count, Measure } from './measure.ts';
import type { Passage } from './passage.ts';

export const DocumentKind = z.enum(['plan', 'progress_report']);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** `draft` where the document calls itself a draft (案), `approved` where it says that it was decided (確定, 決定). */
export const DocumentStatus = z.enum(['draft', 'approved']);
export type DocumentStatus = z.infer<typeof DocumentStatus>;

/** The part of a document that is one branch's plan of one year. */
export const DocumentPart = z.strictObject({
  file: z.string().min(1),
  branch: z.string().min(1),
  fy: FiscalYear,
  kind: DocumentKind,
  /** Null where the document does not say. */
  status: DocumentStatus.nullable(),
  /** What users see as the source: 令和3年度 事業計画（東京支部）. */
  title: z.string().min(1),
});
export type DocumentPart = z.infer<typeof DocumentPart>;

/** A line that looks like a KPI and gave no row, or two statements that disagree. */
export interface Doubt {
  kind: 'not_taken' | 'conflict';
  file: string;
  line: number;
  text: string;
  reason: string;
}

/** All that one document states. */
export interface IngestedDocument {
  file: string;
  /** Name of the layout that was recognised. */
  layout: string;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  parts: DocumentPart[];
  kpis: Kpi[];
  referenceActuals: ReferenceActual[];
  measures: Measure[];
  budgets: BudgetLine[];
  commitments: Commitment[];
  counts: Count[];
  passages: Passage[];
  doubts: Doubt[];
}
