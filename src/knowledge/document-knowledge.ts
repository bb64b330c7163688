import type { FiscalYear } from '../model/fiscal-year.ts';
import type { Passage } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import type { Knowledge, PartFilter } from './knowledge.ts';

interface Placed {
  branch: string;
  fy: FiscalYear;
  source: Source;
}

/** What documents state, straight from memory: what planbot knows before anything was ingested. */
export function knowledgeOfDocuments(
  documents: readonly IngestedDocument[],
): Knowledge & { passages(): Promise<Passage[]> } {
  const sorted = [...documents].sort((a, b) => (a.file < b.file ? -1 : 1));
  const all = <T>(pick: (document: IngestedDocument) => T[]): T[] => sorted.flatMap(pick);
  const placed = <T extends Placed>(rows: T[], { branches, fys }: PartFilter): T[] =>
    rows.filter((row) => (branches?.includes(row.branch) ?? true) && (fys?.includes(row.fy) ?? true));
  const byLine = <T extends Placed>(rows: T[]): T[] => rows.sort((a, b) => a.source.line - b.source.line);

  const kpis = all((d) => byLine([...d.kpis]));
  const budgets = all((d) => byLine([...d.budgets]));
  const measures = all((d) => byLine([...d.measures]));
  const commitments = all((d) => byLine([...d.commitments]));
  const counts = all((d) => byLine([...d.counts]));
  return {
    parts: async () => all((d) => d.parts),
    kpis: async ({ indicators, ...filter }) =>
      placed(kpis, filter).filter((kpi) => indicators?.includes(kpi.indicator) ?? true),
    budgets: async (filter) => placed(budgets, filter),
    measures: async (filter) => placed(measures, filter),
    commitments: async (filter) => placed(commitments, filter),
    counts: async (filter) => placed(counts, filter),
    passages: async () => all((d) => d.passages),
  };
}

const SAMPLE_MARK = '見本';

/**
 * Sample plans marked as such, without figures of a branch and year that the facts know: a figure made up
 * for a sample must never stand beside a real one.
 */
export function asSamples(
  samples: readonly IngestedDocument[],
  facts: readonly IngestedDocument[],
): IngestedDocument[] {
  const known = new Set(facts.flatMap((d) => d.parts).map((part) => `${part.branch}|${part.fy}`));
  const unknown = ({ branch, fy }: { branch: string; fy: FiscalYear }) => !known.has(`${branch}|${fy}`);
  return samples.map((sample) => ({
    ...sample,
    parts: sample.parts.filter(unknown).map(marked),
    kpis: sample.kpis.filter(unknown).map(withMarkedSource),
    measures: sample.measures.filter(unknown).map(withMarkedSource),
    budgets: sample.budgets.filter(unknown).map(withMarkedSource),
    commitments: sample.commitments.filter(unknown).map(withMarkedSource),
    counts: sample.counts.filter(unknown).map(withMarkedSource),
    passages: sample.passages.map(marked),
  }));
}

function marked<T extends { title: string }>(row: T): T {
  return { ...row, title: row.title.startsWith(SAMPLE_MARK) ? row.title : `${SAMPLE_MARK} ${row.title}` };
}

function withMarkedSource<T extends { source: Source }>(row: T): T {
  return { ...row, source: marked(row.source) };
}
