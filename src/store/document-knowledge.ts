import type { FiscalYear } from '../model/fiscal-year.ts';
import { type Knowledge, type KpiFilter, matches } from '../model/knowledge.ts';
import { isSample, type Passage, SAMPLE_MARK } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';

/** What is known as it is now, answered from memory: some thousand rows, each kind read when it is first asked for. */
export function knowledgeInMemory(rows: Knowledge): Knowledge {
  return {
    parts: once(
      () => rows.parts(),
      (parts) => [...parts],
    ),
    kpis: once(() => rows.kpis({}), matching),
    referenceActuals: once(() => rows.referenceActuals({}), matching),
    budgets: once(() => rows.budgets({}), matching),
    measures: once(() => rows.measures({}), matching),
    commitments: once(() => rows.commitments({}), matching),
    counts: once(() => rows.counts({}), matching),
  };
}

/** Reads all rows the first time, and again where that failed. */
function once<T>(read: () => Promise<T[]>, pick: (rows: T[], filter: KpiFilter) => T[]) {
  let reading: Promise<T[]> | undefined;
  return async (filter: KpiFilter = {}): Promise<T[]> => {
    reading ??= read().catch((error) => {
      reading = undefined;
      throw error;
    });
    return pick(await reading, filter);
  };
}

function matching<T extends { branch: string; fy: FiscalYear }>(rows: T[], filter: KpiFilter): T[] {
  return rows.filter((row) => matches(row, filter));
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
