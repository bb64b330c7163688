import type { BudgetLine } from './budget-line.ts';
import type { FiscalYear } from './fiscal-year.ts';
import type { IndicatorId } from './indicator.ts';
import type { Kpi, ReferenceActual } from './kpi.ts';
import type { Commitment, Count, Measure } from './measure.ts';
import type { Passage, PassageHit } from './passage.ts';
import type { DocumentPart } from './plan-document.ts';

/** Absent means any. */
export interface PartFilter {
  branches?: readonly string[] | undefined;
  fys?: readonly FiscalYear[] | undefined;
}

export interface KpiFilter extends PartFilter {
  indicators?: readonly IndicatorId[] | undefined;
}

/** Whether a row is of what is asked for; of an indicator where it has one. */
export function matches(
  { branch, fy, indicator }: { branch: string; fy: FiscalYear; indicator?: IndicatorId },
  { branches, fys, indicators }: KpiFilter,
): boolean {
  return (
    (branches?.includes(branch) ?? true) &&
    (fys?.includes(fy) ?? true) &&
    (indicator === undefined || (indicators?.includes(indicator) ?? true))
  );
}

/** What is known, for reading. Rows come in document order: file, line. */
export interface Knowledge {
  parts(): Promise<DocumentPart[]>;
  /** Every document's row: where two documents state one KPI, both come. */
  kpis(filter: KpiFilter): Promise<Kpi[]>;
  referenceActuals(filter: KpiFilter): Promise<ReferenceActual[]>;
  budgets(filter: PartFilter): Promise<BudgetLine[]>;
  measures(filter: PartFilter): Promise<Measure[]>;
  commitments(filter: PartFilter): Promise<Commitment[]>;
  counts(filter: PartFilter): Promise<Count[]>;
}

export interface PassageQuery extends PartFilter {
  text: string;
  limit: number;
  /** `branch`: the best passage of every branch that says it, for 「どの支部が…していますか」. */
  each?: 'branch' | undefined;
}

/** A document whose text is searched. */
export type TextDocument = Pick<Passage, 'file' | 'title' | 'branch' | 'fy'>;

/** Plan text, best first; empty when nothing is near enough to be an answer. */
export interface PassageSearch {
  /** A document that states figures need not have its text here. */
  documents(filter: PartFilter): TextDocument[];
  search(query: PassageQuery): PassageHit[];
}
