import type { Catalogue } from './catalogue.ts';
import { currentRows } from './current-rows.ts';
import type { FiscalYear } from './fiscal-year.ts';
import type { Indicator } from './indicator.ts';
import { type Curve, type Judgement, judge, monthsCompleted } from './judgement.ts';
import type { Knowledge } from './knowledge.ts';
import type { Kpi } from './kpi.ts';
import type { DocumentPart } from './plan-document.ts';
import type { ReportedActual } from './reported.ts';

/** Where a KPI stands: its newest figure, judged with all that is known of the year before. */
export interface Standing {
  kpi: Kpi;
  /** Null for a KPI that one plan alone has. */
  indicator: Indicator | null;
  judgement: Judgement;
  /** What the last year ended with; null where nothing tells. */
  previous: number | null;
  /** The last year's figures by month, as far as they are known. */
  curve: Curve;
}

/** What a standing is told from: rows of the year and of the year before; of other branches too, as it comes. */
interface StandingSources {
  kpis: readonly Kpi[];
  /** Every figure that staff reported and that holds. */
  actuals: readonly ReportedActual[];
  catalogue: Catalogue;
}

/** Where the KPIs of a branch's year stand, in document order; empty where no document has that year. */
export type Standings = (branch: string, fy: FiscalYear) => Promise<Standing[]>;

export function createStandings(parts: {
  catalogue: Catalogue;
  knowledge: Knowledge;
  figures: { reportedActuals(): Promise<readonly ReportedActual[]> };
}): Standings {
  const { catalogue, knowledge, figures } = parts;
  return async (branch, fy) => {
    const fys = [fy - 1, fy].filter((year) => year > 0);
    const [kpis, parts, actuals] = await Promise.all([
      knowledge.kpis({ branches: [branch], fys }),
      knowledge.parts(),
      figures.reportedActuals(),
    ]);
    return standingsOf({ kpis, parts, actuals, catalogue, branch, fy });
  };
}

/** One standing an indicator, in document order. */
export function standingsOf({
  branch,
  fy,
  parts,
  ...known
}: StandingSources & { branch: string; fy: FiscalYear; parts: readonly DocumentPart[] }): Standing[] {
  const kpis = currentRows(known.kpis, parts);
  return kpis
    .filter((kpi) => kpi.branch === branch && kpi.fy === fy)
    .map((kpi) => standingOf(kpi, { ...known, kpis }));
}

export function standingOf(kpi: Kpi, known: StandingSources): Standing {
  const indicator = known.catalogue.indicators.find(({ id }) => id === kpi.indicator) ?? null;
  const final = finalOf(kpi, known);
  const curve = curveOf(kpi, known.actuals);
  const judgement = judge(kpi, indicator, { curve, previous: final });
  return { kpi, indicator, judgement, previous: kpi.actual?.previousValue ?? final, curve };
}

/** Last year's figures of the same branch by month, as far as staff reported them. */
export function curveOf({ branch, fy, indicator, actual }: Kpi, actuals: readonly ReportedActual[]): Curve {
  const curve = new Map<number, number>();
  for (const row of actuals) {
    const months = row.fy === fy - 1 ? monthsCompleted(row.asOf) : null;
    if (row.branch === branch && row.indicator === indicator && row.value !== null && months !== null) {
      curve.set(months, row.value);
    }
  }
  const end = curve.get(12) ?? actual?.previousValue ?? null;
  return end === null ? curve : curve.set(12, end);
}

/** What the last year ended with, by its own report. */
function finalOf({ branch, fy, indicator }: Kpi, { kpis, actuals }: StandingSources): number | null {
  const isLast = (row: { branch: string; fy: number; indicator: string }) =>
    row.branch === branch && row.fy === fy - 1 && row.indicator === indicator;
  const reported = actuals.find((row) => isLast(row) && monthsCompleted(row.asOf) === 12);
  const stated = kpis.find((row) => isLast(row) && monthsCompleted(row.actual?.asOf ?? null) === 12);
  return reported?.value ?? stated?.actual?.value ?? null;
}
