import type { Catalogue } from '../model/catalogue.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { withReported } from '../store/figures-merge.ts';
import type { Store } from '../store/store.ts';
import { withFacts } from '../store/with-facts.ts';

/** What planbot is delivered with, and what the store's documents add to it. The sample plans are read only where there are none. */
export async function knownNow(store: Store, catalogue?: Catalogue): Promise<Knowledge> {
  const { openBuiltIn, openFacts } = await import('../documents/built-in.ts');
  if ((await store.documents()).length > 0) {
    return withFacts(store, openFacts());
  }
  const { loadCatalogue } = await import('../catalogue/load-catalogue.ts');
  return withReported(await openBuiltIn(catalogue ?? loadCatalogue()), store);
}
