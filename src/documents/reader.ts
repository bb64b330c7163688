import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../model/errors.ts';
import type { IngestedDocument } from '../model/plan-document.ts';

/** What is read: a file on disk, or one that somebody sent, by its name. */
export type Brought = { path: string } | { name: string; bytes: Uint8Array };

/** What the reading thread answers. */
export type WorkerAnswer =
  | { document: IngestedDocument }
  | { fault: Pick<AppError, 'code' | 'message' | 'file' | 'line' | 'text'> }
  | { unexpected: string };

interface ReadingLimits {
  /** Of one file, from its first byte to its last row. */
  milliseconds: number;
  megabytes: number;
}

const LIMITS: ReadingLimits = { milliseconds: 60_000, megabytes: 1024 };
/** The built program has the thread beside it. */
const WORKER = fileURLToPath(new URL('./read-worker.js', import.meta.url));

interface DocumentReader {
  /** Faults as `ingestFile`; `unreadable_file` also for a file that takes too long or too much memory, or that `signal` gives up. */
  read(brought: Brought, signal?: AbortSignal): Promise<IngestedDocument>;
  close(): Promise<void>;
}

/**
 * Reads documents in a thread of its own, one after another: a file that is made to exhaust time or memory ends the
 * thread and not the process. The thread is kept for the next file, and begun anew after one that ended it.
 * `worker` is the thread's built script.
 */
export function openReader(limits: ReadingLimits = LIMITS, worker: string = WORKER): DocumentReader {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ending = thread;
    thread = null;
    await ending?.terminate();
  }

  async function readNext(brought: Brought, signal?: AbortSignal): Promise<IngestedDocument> {
    const file = 'path' in brought ? brought.path : brought.name;
    const refuse = (message: string, cause?: unknown) =>
      new AppError('unreadable_file', { message, file, cause });
    if (signal?.aborted) throw refuse('取りやめました');
    thread ??= new Worker(worker, { resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } });
    const answer = await ask(thread, brought, limits, signal);
    if ('document' in answer) return answer.document;
    if ('fault' in answer) throw new AppError(answer.fault.code, answer.fault);
    await end();
    if ('unexpected' in answer) throw refuse(`読み取りの途中で誤りが起きました（${answer.unexpected}）`);
    throw refuse(ENDS[answer.ended], answer.cause);
  }

  return {
    read(brought, signal) {
      const reading = last.then(() => (existsSync(worker) ? readNext(brought, signal) : readHere(brought)));
      last = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      await last;
      await end();
    },
  };
}

interface Ended {
  ended: keyof typeof ENDS;
  cause?: unknown;
}

const ENDS = {
  late: '読むのに時間がかかりすぎるため、やめました',
  given_up: '取りやめました',
  fallen: '読むのに使えるメモリーを超えるか、読み取りが途中で止まりました',
} as const;

/** One question to the thread, and its answer or how it ended. */
function ask(
  thread: Worker,
  brought: Brought,
  { milliseconds }: ReadingLimits,
  signal: AbortSignal | undefined,
): Promise<WorkerAnswer | Ended> {
  return new Promise((resolve) => {
    const settle = (answer: WorkerAnswer | Ended): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      thread.off('message', settle).off('error', fall).off('exit', end);
      resolve(answer);
    };
    const giveUp = () => settle({ ended: 'given_up' });
    const fall = (cause: unknown) => settle({ ended: 'fallen', cause });
    const end = () => settle({ ended: 'fallen' });
    const timer = setTimeout(() => settle({ ended: 'late' }), milliseconds);
    signal?.addEventListener('abort', giveUp, { once: true });
    thread.on('message', settle).on('error', fall).on('exit', end);
    thread.postMessage(brought);
  });
}

/** From source, as tests run, there is no built thread: the same reading, in this one. */
async function readHere(brought: Brought): Promise<IngestedDocument> {
  const [{ ingestBytes, ingestFile }, { loadCatalogue }] = await Promise.all([
    import('./ingest.ts'),
    import('../catalogue/load-catalogue.ts'),
  ]);
  const catalogue = loadCatalogue();
  return 'path' in brought ? ingestFile(brought.path, catalogue) : ingestBytes(brought, catalogue);
}
