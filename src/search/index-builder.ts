import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadTokenizer } from '../japanese/tokenizer.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Passage } from '../model/passage.ts';
import { buildPassageIndex, type PassageIndex } from './passage-index.ts';
import type { Postings } from './postings.ts';

/** What an index is made of. */
export interface Building extends Pick<Catalogue, 'dictionary' | 'synonyms'> {
  passages: readonly Passage[];
}

/** The built program has the thread beside it. */
const WORKER = fileURLToPath(new URL('./index-worker.js', import.meta.url));

/**
 * As `buildPassageIndex`, in a thread of its own: thousands of passages take many seconds, in which who asks must
 * still be heard. From source, as tests run, there is no built thread, and it is done in this one.
 */
export async function buildApart(
  { passages, dictionary, synonyms }: Building,
  worker: string = WORKER,
): Promise<PassageIndex> {
  if (!existsSync(worker)) return buildPassageIndex(passages, await loadTokenizer(dictionary), synonyms);
  const thread = new Worker(worker);
  try {
    return await new Promise<PassageIndex>((resolve, reject) => {
      const fail = (cause?: unknown) =>
        reject(new AppError('index_unavailable', { message: '索引を作れません', cause }));
      thread.once('message', resolve).once('error', fail).once('exit', fail);
      thread.postMessage({ passages, dictionary, synonyms } satisfies Building);
    });
  } finally {
    await thread.terminate();
  }
}

/** All arrays of an index, in the order in which its file holds them. */
export function arraysOf(index: PassageIndex): (Uint32Array | Float32Array)[] {
  const postings = ({ offsets, docs, impacts, idf }: Postings) => [offsets, docs, impacts, idf];
  const { offsets, ids, spans } = index.forward;
  return [...postings(index.words), ...postings(index.bigrams), offsets, ids, spans];
}
