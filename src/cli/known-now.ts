import { withReported } from '../knowledge/figures-merge.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Store } from '../knowledge/store.ts';
import type { Catalogue } from '../model/catalogue.ts';

/** The store, or what planbot is delivered with; loaded only then, since reading the sample plans takes time. */
export async function knownNow(store: Store, catalogue?: Catalogue): Promise<Knowledge> {
  if ((await store.documents()).length > 0) {
    return store;
  }
  const { openBuiltIn } = await import('../ingest/built-in.ts');
  const { loadCatalogue } = await import('../knowledge/catalogue-loader.ts');
  return withReported(await openBuiltIn(catalogue ?? loadCatalogue()), store);
}
