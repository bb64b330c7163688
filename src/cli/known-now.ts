import type { Catalogue } from '../model/catalogue.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { withReported } from '../store/figures-merge.ts';
import type { Store } from '../store/store.ts';

/** The store, or what planbot is delivered with; loaded only then, since reading the sample plans takes time. */
export async function knownNow(store: Store, catalogue?: Catalogue): Promise<Knowledge> {
  if ((await store.documents()).length > 0) {
    return store;
  }
  const { openBuiltIn } = await import('../documents/built-in.ts');
  const { loadCatalogue } = await import('../catalogue/load-catalogue.ts');
  return withReported(await openBuiltIn(catalogue ?? loadCatalogue()), store);
}
