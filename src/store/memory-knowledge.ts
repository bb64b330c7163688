import type { BudgetLine } from '../model/budget-line.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Knowledge, KpiFilter, PartFilter } from '../model/knowledge.ts';
import type { Kpi, ReferenceActual } from '../model/kpi.ts';
import type { Commitment, Count, Measure } from '../model/measure.ts';
import type { DocumentPart } from '../model/plan-document.ts';

/** All rows of each kind, in document order. */
export interface AllRows {
  parts(): Promise<DocumentPart[]>;
  kpis(): Promise<Kpi[]>;
  referenceActuals(): Promise<ReferenceActual[]>;
  budgets(): Promise<BudgetLine[]>;
  measures(): Promise<Measure[]>;
  commitments(): Promise<Commitment[]>;
  counts(): Promise<Count[]>;
}

/** What is known, answered from memory: some thousand rows, each kind read when it is first asked for. */
export function knowledgeInMemory(rows: AllRows): Knowledge {
  const parts = once(rows.parts);
  const kpis = once(rows.kpis);
  const referenceActuals = once(rows.referenceActuals);
  const budgets = once(rows.budgets);
  const measures = once(rows.measures);
  const commitments = once(rows.commitments);
  const counts = once(rows.counts);
  return {
    parts: async () => [...(await parts())],
    kpis: async (filter) => ofIndicators(await kpis(), filter),
    referenceActuals: async (filter) => ofIndicators(await referenceActuals(), filter),
    budgets: async (filter) => placed(await budgets(), filter),
    measures: async (filter) => placed(await measures(), filter),
    commitments: async (filter) => placed(await commitments(), filter),
    counts: async (filter) => placed(await counts(), filter),
  };
}

/** The store's rows as they are now; later changes of the store are not seen. */
export function snapshotOf(store: Knowledge): Knowledge {
  return knowledgeInMemory({
    parts: () => store.parts(),
    kpis: () => store.kpis({}),
    referenceActuals: () => store.referenceActuals({}),
    budgets: () => store.budgets({}),
    measures: () => store.measures({}),
    commitments: () => store.commitments({}),
    counts: () => store.counts({}),
  });
}

function ofIndicators<T extends { branch: string; fy: FiscalYear; indicator: IndicatorId }>(
  rows: T[],
  { indicators, ...filter }: KpiFilter,
): T[] {
  return placed(rows, filter).filter((row) => indicators?.includes(row.indicator) ?? true);
}

function placed<T extends { branch: string; fy: FiscalYear }>(rows: T[], filter: PartFilter): T[] {
  const { branches, fys } = filter;
  return rows.filter((row) => (branches?.includes(row.branch) ?? true) && (fys?.includes(row.fy) ?? true));
}

/** A failed read is tried again the next time. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().catch((error) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}
