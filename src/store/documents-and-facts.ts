import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import { knowledgeInMemory } from './document-knowledge.ts';
import { withReported } from './figures-merge.ts';
import type { Figures } from './figures-store.ts';

/** What is stored of documents and figures: by the store, or as one of its transactions sees it. */
export interface Stored {
  /** What documents state, with what staff reported. */
  knowledge: Knowledge;
  documents: { list(): Promise<{ file: string }[]>; statedKpis(): Promise<Kpi[]> };
  figures: Pick<Figures, 'reportedActuals' | 'reportedTargets'>;
}

/**
 * What the store's documents state, added to the facts that planbot is delivered with: a document never makes other
 * branches vanish. A document that is among the facts itself takes their place; so do the budgets, measures and
 * counts of a branch and year, which would else be summed twice.
 */
export function withFacts(store: Stored, facts: Knowledge): Knowledge {
  const stated = store.knowledge;
  const fresh = async <T>(rows: Promise<T[]>, fileOf: (row: T) => string): Promise<T[]> => {
    const known = new Set((await store.documents.list()).map(({ file }) => file));
    return (await rows).filter((row) => !known.has(fileOf(row)));
  };
  const beside = async <T extends { branch: string; fy: number; source: { file: string } }>(
    own: Promise<T[]>,
    delivered: Promise<T[]>,
  ): Promise<T[]> => {
    const kept = await own;
    const taken = new Set(kept.map(({ branch, fy }) => `${branch}|${fy}`));
    const rest = await fresh(delivered, ({ source }) => source.file);
    return inOrder([...kept, ...rest.filter(({ branch, fy }) => !taken.has(`${branch}|${fy}`))]);
  };
  const union = knowledgeInMemory({
    parts: async () => [...(await stated.parts()), ...(await fresh(facts.parts(), ({ file }) => file))],
    kpis: async () =>
      inOrder([
        ...(await store.documents.statedKpis()),
        ...(await fresh(facts.kpis({}), ({ source }) => source.file)),
      ]),
    referenceActuals: async () =>
      inOrder([
        ...(await stated.referenceActuals({})),
        ...(await fresh(facts.referenceActuals({}), ({ source }) => source.file)),
      ]),
    budgets: () => beside(stated.budgets({}), facts.budgets({})),
    measures: () => beside(stated.measures({}), facts.measures({})),
    commitments: () => beside(stated.commitments({}), facts.commitments({})),
    counts: () => beside(stated.counts({}), facts.counts({})),
  });
  return withReported(union, store.figures);
}

function inOrder<T extends { source: { file: string } }>(rows: T[]): T[] {
  return rows.sort((a, b) => (a.source.file < b.source.file ? -1 : a.source.file > b.source.file ? 1 : 0));
}
