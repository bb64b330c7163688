import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Tokenizer } from '../japanese/token.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { indexKey, loadPassageIndex, savePassageIndex } from './passage-file.ts';
import { buildPassageIndex, type PassageIndex } from './passage-index.ts';
import type { Store } from './store.ts';

/** The index file of a data folder. */
export const PASSAGE_FILE = 'passages.idx';

interface Options {
  store: Store;
  dataDir: string;
  catalogue: Catalogue;
  /** Needed only where the index has to be built; it loads while the file is read. */
  tokenizer: Promise<Tokenizer>;
  /** Told why an index file was not used, or not written. */
  tell: (reason: string) => void;
}

/** Changes whenever the documents of the store do. */
export async function storeStamp(store: Store): Promise<string> {
  const documents = await store.documents();
  return createHash('sha256').update(JSON.stringify(documents)).digest('hex').slice(0, 16);
}

/**
 * The index of the store's plan text: read from the data folder, or built and kept there when the file is
 * missing, damaged, or older than the documents, the dictionary or the code.
 */
export async function openStorePassages(options: Options): Promise<PassageIndex> {
  const { store, dataDir, catalogue, tokenizer, tell } = options;
  const path = join(dataDir, PASSAGE_FILE);
  const key = `${indexKey(catalogue.dictionary)}-${await storeStamp(store)}`;
  const kept = await loadPassageIndex(path, key, tell);
  if (kept) {
    return kept;
  }
  const built = buildPassageIndex(await store.passages(), await tokenizer);
  try {
    await savePassageIndex(path, built, key);
  } catch (error) {
    // What was built answers all the same; the next start builds it again.
    if (!(error instanceof AppError)) throw error;
    tell(error.toLine());
  }
  return built;
}
