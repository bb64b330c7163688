import type { Knowledge } from '../model/knowledge.ts';
import { isSample, type Passage, SAMPLE_MARK } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import { knowledgeInMemory } from './memory-knowledge.ts';

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
