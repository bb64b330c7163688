import type { Catalogue } from '../model/catalogue.ts';
import { currentRows } from '../model/current-rows.ts';
import { type Guide, guideOf } from '../model/figure-words.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { ReportedActual } from '../model/reported.ts';
import { standingOf } from '../model/standing.ts';

/** Holds a figure against its target with all that is known of the year before, as reminders do. */
export type Judge = (kpi: Kpi) => Judged;
export type Judged = Judgement & { guide: Guide | null };

export async function createJudge(parts: {
  catalogue: Catalogue;
  knowledge: Knowledge;
  actuals: readonly ReportedActual[];
}): Promise<Judge> {
  const { catalogue, knowledge, actuals } = parts;
  const kpis = currentRows(await knowledge.kpis({}), await knowledge.parts());
  return (kpi) => {
    const standing = standingOf(kpi, { kpis, actuals, catalogue });
    return { ...standing.judgement, guide: guideOf(standing) };
  };
}
