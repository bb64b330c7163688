import type { Catalogue } from '../model/catalogue.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { type Standing, standingsOf } from '../model/standing.ts';
import type { Figures } from './figures-store.ts';

/** Where the KPIs of a branch's year stand, in document order; empty where no document has that year. */
export type Standings = (branch: string, fy: FiscalYear) => Promise<Standing[]>;

export function createStandings(parts: {
  catalogue: Catalogue;
  knowledge: Knowledge;
  figures: Pick<Figures, 'reportedActuals'>;
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
