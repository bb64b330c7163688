import { parentPort } from 'node:worker_threads';
import { loadTokenizer } from '../japanese/tokenizer.ts';
import { arraysOf, type Building } from './index-builder.ts';
import { buildPassageIndex } from './passage-index.ts';

/** The thread that builds an index: see `buildApart`. */
parentPort?.once('message', async ({ passages, dictionary, synonyms }: Building) => {
  const index = buildPassageIndex(passages, await loadTokenizer(dictionary), synonyms);
  parentPort?.postMessage(
    index,
    arraysOf(index).map(({ buffer }) => buffer as ArrayBuffer),
  );
});
