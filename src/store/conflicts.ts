import type { Kpi } from '../model/kpi.ts';
import type { Doubt } from '../model/plan-document.ts';
import { reportedKey } from '../model/reported.ts';
import { formatSource } from '../model/source.ts';

/**
 * KPIs that two documents state with different targets. A progress report may print a relative target as a figure:
 * only two figures can disagree. `kpis` are those of all documents; the doubts are those of the given files.
 */
export function conflictsBetween(kpis: readonly Kpi[], files: ReadonlySet<string>): Doubt[] {
  const byKey = new Map<string, Kpi[]>();
  for (const kpi of kpis) {
    const { branch, fy, indicator } = kpi;
    const key = reportedKey({ branch, fy, indicator });
    byKey.set(key, [...(byKey.get(key) ?? []), kpi]);
  }
  return kpis
    .filter(({ source }) => files.has(source.file))
    .flatMap((kpi): Doubt[] => {
      const { branch, fy, indicator, source, target } = kpi;
      const other = byKey.get(reportedKey({ branch, fy, indicator }))?.find((known) => disagree(kpi, known));
      if (!other) return [];
      const reason = `${formatSource(other.source)}（${other.source.file}）の記載（${other.target.text}）と異なります`;
      return [
        { kind: 'conflict', file: source.file, line: source.line, text: kpi.stated ?? target.text, reason },
      ];
    });
}

function disagree(one: Kpi, other: Kpi): boolean {
  if (one.source.file === other.source.file) return false;
  const [a, b] = [one.target, other.target];
  return a.value !== null && b.value !== null && a.value !== b.value;
}
