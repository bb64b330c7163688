import { createAsk } from './answer/ask.ts';
import { openBuiltIn } from './ingest/built-in.ts';
import type { Tokenizer } from './japanese/token.ts';
import { loadTokenizer } from './japanese/tokenizer.ts';
import { loadCatalogue } from './knowledge/catalogue-loader.ts';
import type { PassageSearch } from './knowledge/knowledge.ts';
import { buildPassageIndex } from './knowledge/passage-index.ts';
import { openPassageSearch } from './knowledge/passage-search.ts';
import { openStore, type Store } from './knowledge/store.ts';
import { openStorePassages, storeStamp } from './knowledge/store-passages.ts';
import type { Catalogue } from './model/catalogue.ts';
import type { Ask } from './model/question.ts';

export interface Planbot {
  catalogue: Catalogue;
  store: Store;
  ask: Ask;
  /** Plan text as it is known now. */
  openPassages(): Promise<PassageSearch>;
  close(): Promise<void>;
}

interface Library {
  stamp: string;
  passages: PassageSearch;
  ask: Ask;
}

/**
 * Everything that answers, over one data folder. `tell` hears what an operator may want to know, such as an
 * index that had to be built anew. Throws AppError where the catalogue, the facts or the store are at fault.
 */
export async function createPlanbot(options: {
  dataDir: string;
  tell: (message: string) => void;
}): Promise<Planbot> {
  const catalogue = loadCatalogue();
  const store = await openStore(options);
  try {
    const tokenizer = await loadTokenizer(catalogue.dictionary);
    let library = await openLibrary({ ...options, catalogue, store, tokenizer });
    const current = async (): Promise<Library> => {
      // Another process may have ingested since: its text must be found without a restart.
      if (library.stamp !== (await storeStamp(store))) {
        library = await openLibrary({ ...options, catalogue, store, tokenizer });
      }
      return library;
    };
    return {
      catalogue,
      store,
      ask: async (input) => (await current()).ask(input),
      openPassages: async () => (await current()).passages,
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openLibrary(parts: {
  dataDir: string;
  tell: (message: string) => void;
  catalogue: Catalogue;
  store: Store;
  tokenizer: Tokenizer;
}): Promise<Library> {
  const { catalogue, store, tokenizer } = parts;
  const stamp = await storeStamp(store);
  const hasDocuments = (await store.documents()).length > 0;
  const knowledge = hasDocuments ? store : await openBuiltIn(catalogue);
  const index = hasDocuments
    ? await openStorePassages(parts)
    : buildPassageIndex(await knowledge.passages(), tokenizer);
  const passages = openPassageSearch(index, tokenizer, catalogue.synonyms);
  return { stamp, passages, ask: createAsk({ catalogue, knowledge, passages, tokenizer }) };
}
