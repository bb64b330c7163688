import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Tokenizer } from '../japanese/token.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { packageFolder } from '../model/package-folder.ts';
import type { Passage } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { buildApart } from '../search/index-builder.ts';
import { indexKey, loadPassageIndex, savePassageIndex } from '../search/index-file.ts';
import { buildPassageIndex, type PassageIndex } from '../search/passage-index.ts';
import type { Store } from '../store/store.ts';

/** The index file of a data folder. */
export const PASSAGE_FILE = 'passages.idx';
const DELIVERED_FILE = 'delivered.idx';

interface Options {
  dataDir: string;
  catalogue: Catalogue;
  /** Needed only where the index has to be built; it loads while the file is read. */
  tokenizer: Promise<Tokenizer>;
  /** Told why an index file was not used, or not written. */
  tell: (reason: string) => void;
  /** Whether an index that has to be built is built in another thread, since this one is at work. */
  isAtWork: boolean;
}

/** Changes whenever the documents of the store do. */
async function storeStamp(store: Store): Promise<string> {
  const documents = await store.documents.list();
  return createHash('sha256').update(JSON.stringify(documents)).digest('hex').slice(0, 16);
}

/**
 * The index of the store's plan text: read from the data folder, or built and kept there when the file is
 * missing, damaged, or older than the documents, the dictionary or the code.
 */
export async function openStorePassages(options: Options & { store: Store }): Promise<PassageIndex> {
  const { store } = options;
  const stamp = await storeStamp(store);
  return openKept({ ...options, file: PASSAGE_FILE, stamp, read: () => store.documents.passages() });
}

/**
 * The index as it will be once documents are stored: built before they are, so that a text that cannot be indexed
 * changes nothing. `save` writes it beside the store that holds them.
 */
export async function prepareStorePassages(
  options: Omit<Options, 'tell' | 'isAtWork'> & { store: Store; documents: readonly IngestedDocument[] },
): Promise<{ save(): Promise<void> }> {
  const { store, documents, dataDir, catalogue, tokenizer } = options;
  const known = await store.documents.list();
  const taken = new Set(documents.map(({ digest }) => digest));
  const replaced = new Set([
    ...documents.map(({ file }) => file),
    ...known.filter(({ digest }) => taken.has(digest)).map(({ file }) => file),
  ]);
  const kept = (await store.documents.passages()).filter(({ file }) => !replaced.has(file));
  const fresh = [...documents].flatMap(({ passages }) => passages.toSorted((a, b) => a.from - b.from));
  const all = [...kept, ...fresh].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const built = buildPassageIndex(all, await tokenizer, catalogue.synonyms);
  return {
    async save() {
      const key = `${indexKey(catalogue)}-${await storeStamp(store)}`;
      await savePassageIndex(join(dataDir, PASSAGE_FILE), built, key);
    },
  };
}

/**
 * As `openStorePassages`, for plan text that is not in the store. The build has put the index of the sample beside
 * the program; it is used while the catalogue is the same.
 */
export async function openDeliveredPassages(
  options: Options & { passages: readonly Passage[] },
): Promise<PassageIndex> {
  const { passages, catalogue } = options;
  const stamp = createHash('sha256').update(JSON.stringify(passages)).digest('hex').slice(0, 16);
  const beside = join(packageFolder(), 'dist', DELIVERED_FILE);
  const built = await loadPassageIndex(beside, `${indexKey(catalogue)}-${stamp}`, () => undefined);
  return built ?? openKept({ ...options, file: DELIVERED_FILE, stamp, read: async () => passages });
}

interface Kept extends Options {
  file: string;
  /** Changes whenever the text does. */
  stamp: string;
  read: () => Promise<readonly Passage[]>;
}

async function openKept({
  dataDir,
  catalogue,
  tokenizer,
  tell,
  isAtWork,
  file,
  stamp,
  read,
}: Kept): Promise<PassageIndex> {
  const path = join(dataDir, file);
  const key = `${indexKey(catalogue)}-${stamp}`;
  const kept = await loadPassageIndex(path, key, tell);
  if (kept) {
    return kept;
  }
  const passages = await read();
  const built = isAtWork
    ? await buildApart({ ...catalogue, passages })
    : buildPassageIndex(passages, await tokenizer, catalogue.synonyms);
  try {
    await savePassageIndex(path, built, key);
  } catch (error) {
    // What was built answers all the same; the next start builds it again.
    if (!(error instanceof AppError)) throw error;
    tell(error.toLine());
  }
  return built;
}
