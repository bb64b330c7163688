import type { Branch } from '../../model/branch.ts';
import type { BudgetLine } from '../../model/budget-line.ts';
import type { Doubt } from '../../model/plan-document.ts';
import type { Line } from '../lines.ts';
import type { PartText } from '../part-text.ts';
import type { Sidecar } from '../sidecar.ts';

/** A document as text, before anything is known of it. */
export interface DocumentText {
  file: string;
  /** Every line that holds text; `plain` form, table tabs kept. */
  lines: Line[];
  /** What a person has stated about it; wins over what the text suggests. */
  sidecar: Sidecar;
  branches: readonly Branch[];
}

/** The plans that a document holds, each with its own lines in reading order. */
export interface ReadLayout {
  /** Name of the layout, as the ingest report prints it. */
  name: string;
  parts: PartText[];
  /** Budgets, where they stand in cells of their own. */
  budgets: BudgetLine[];
  /** What the layout itself could not place. */
  doubts?: Doubt[];
}

/** Null where the document is not of this layout. */
export type LayoutReader = (document: DocumentText) => ReadLayout | null;
