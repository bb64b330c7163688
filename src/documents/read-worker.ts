import { parentPort } from 'node:worker_threads';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { AppError } from '../model/errors.ts';
import { ingestBytes, ingestFile } from './ingest.ts';
import type { Brought, WorkerAnswer } from './reader.ts';

/** The thread that reads documents: see `openReader`. */
const catalogue = loadCatalogue();

parentPort?.on('message', async (brought: Brought) => parentPort?.postMessage(await readBrought(brought)));

async function readBrought(brought: Brought): Promise<WorkerAnswer> {
  try {
    const document =
      'path' in brought ? await ingestFile(brought.path, catalogue) : await ingestBytes(brought, catalogue);
    return { document };
  } catch (error) {
    if (!(error instanceof AppError))
      return { unexpected: error instanceof Error ? error.message : String(error) };
    const { code, message, file, line, text } = error;
    return { fault: { code, message, file, line, text } };
  }
}
