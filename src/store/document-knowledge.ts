import type { BudgetLine } from '../model/budget-line.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Knowledge, KpiFilter, PartFilter } from '../model/knowledge.ts';
import type { Kpi, ReferenceActual } from '../model/kpi.ts';
import type { Commitment, Count, Measure } from '../model/measure.ts';
import { isSample, type Passage, SAMPLE_MARK } from '../model/passage.ts';
import type { DocumentPart, IngestedDocument } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';

/** All rows of each kind, in document order. */
interface AllRows {
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

/** What documents state, straight from memory: what planbot knows before anything was ingested. */
export function knowledgeOfDocuments(
  documents: readonly IngestedDocument[],
): Knowledge & { passages(): Promise<Passage[]> } {
  const sorted = [...documents].sort((a, b) => (a.file < b.file ? -1 : 1));
  const byLine = <T extends { source: Source }>(pick: (document: IngestedDocument) => T[]) => {
    const rows = sorted.flatMap((d) => [...pick(d)].sort((a, b) => a.source.line - b.source.line));
    return async () => rows;
  };
  return {
    ...knowledgeInMemory({
      parts: async () => sorted.flatMap((d) => d.parts),
      kpis: byLine((d) => d.kpis),
      referenceActuals: byLine((d) => d.referenceActuals),
      budgets: byLine((d) => d.budgets),
      measures: byLine((d) => d.measures),
      commitments: byLine((d) => d.commitments),
      counts: byLine((d) => d.counts),
    }),
    passages: async () => sorted.flatMap((d) => d.passages),
  };
}

/**
 * Sample plans marked as such. They show what plan text looks like; where there are facts, none of their figures
 * is told: a made-up figure must never stand beside real ones.
 */
export function asSamples(
  samples: readonly IngestedDocument[],
  facts: readonly IngestedDocument[],
): IngestedDocument[] {
  const figures = facts.length === 0;
  const rows = { kpis: [], referenceActuals: [], measures: [], budgets: [], commitments: [], counts: [] };
  const none = { parts: [], ...rows };
  return samples.map((sample) => ({
    ...sample,
    parts: sample.parts.map(marked),
    kpis: sample.kpis.map(withMarkedSource),
    referenceActuals: sample.referenceActuals.map(withMarkedSource),
    measures: sample.measures.map(withMarkedSource),
    budgets: sample.budgets.map(withMarkedSource),
    commitments: sample.commitments.map(withMarkedSource),
    counts: sample.counts.map(withMarkedSource),
    ...(figures ? {} : none),
    passages: sample.passages.map(marked),
  }));
}

function marked<T extends { title: string }>(row: T): T {
  return { ...row, title: isSample(row) ? row.title : `${SAMPLE_MARK} ${row.title}` };
}

function withMarkedSource<T extends { source: Source }>(row: T): T {
  return { ...row, source: marked(row.source) };
}
