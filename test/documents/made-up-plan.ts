import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { ingestText } from '../../src/documents/ingest.ts';
import type { Sidecar } from '../../src/documents/sidecar.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';

const catalogue = loadCatalogue();

export function ingested(text: string, sidecar: Sidecar = {}): IngestedDocument {
  return ingestText({ file: 'made-up.txt', text, sidecar, digest: '0' }, catalogue);
}

/** A plan of one branch whose text begins on line 2. */
export function planOf(body: string): IngestedDocument {
  return ingested(`令和7年度 青森支部事業計画\n${body}`);
}

/** Every KPI as its indicator and target: `generic_rate >= 80.3%`, `assessment_rate >= 前年度`, `sns do`. */
export function targets({ kpis }: IngestedDocument): string[] {
  return kpis.map(({ indicator, target: { op, value, unit, relative } }) =>
    [indicator, op, value === null ? '' : `${value}${unit}`, relative === null ? '' : '前年度']
      .filter((word) => word !== '')
      .join(' '),
  );
}
