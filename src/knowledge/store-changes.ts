import type { Kpi } from '../model/kpi.ts';

/** What an ingest changed in one document's KPIs, against what was known of the file before. */
export interface DocumentChange {
  file: string;
  kind: 'new' | 'changed' | 'unchanged';
  added: Kpi[];
  removed: Kpi[];
  /** Same branch, year and indicator, another target or actual. */
  changed: { before: Kpi; after: Kpi }[];
}

/** `before` is null where the file was not known. Two KPIs of one indicator are paired in their order. */
export function describeChange(file: string, before: Kpi[] | null, after: Kpi[]): DocumentChange {
  const known = keyed(before ?? []);
  const given = keyed(after);
  const added = [...given].filter(([key]) => !known.has(key)).map(([, kpi]) => kpi);
  const removed = [...known].filter(([key]) => !given.has(key)).map(([, kpi]) => kpi);
  const changed: DocumentChange['changed'] = [];
  for (const [key, kpi] of given) {
    const old = known.get(key);
    if (old && figures(old) !== figures(kpi)) {
      changed.push({ before: old, after: kpi });
    }
  }
  const same = added.length + removed.length + changed.length === 0;
  return { file, kind: before === null ? 'new' : same ? 'unchanged' : 'changed', added, removed, changed };
}

function keyed(kpis: Kpi[]): Map<string, Kpi> {
  const rows = new Map<string, Kpi>();
  for (const kpi of kpis) {
    const stem = `${kpi.branch}|${kpi.fy}|${kpi.indicator}`;
    let nth = 1;
    while (rows.has(`${stem}|${nth}`)) {
      nth += 1;
    }
    rows.set(`${stem}|${nth}`, kpi);
  }
  return rows;
}

function figures({ target, actual }: Kpi): string {
  const { op, value, unit, relative } = target;
  return JSON.stringify([op, value, unit, relative, actual?.value, actual?.asOf, actual?.previousValue]);
}
