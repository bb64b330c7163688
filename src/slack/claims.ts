import type { Logger } from 'pino';
import type { OpenRequest, RequestBook } from '../model/request-book.ts';
import { describeFault } from './log-fault.ts';

/** Which questions this process answers. */
export interface Claims {
  /** True where this process is to answer; it must say when it has. */
  take(request: OpenRequest): Promise<boolean>;
  finish(key: string): Promise<void>;
  /** What a process has left that is no more, oldest first. */
  abandoned(): Promise<{ key: string; body: string }[]>;
}

export function createClaims({
  book,
  now,
  log,
}: {
  book: RequestBook;
  now: () => Date;
  log: Logger;
}): Claims {
  /** However long they take here, they are not abandoned. */
  const running = new Set<string>();

  async function isFree(request: OpenRequest): Promise<boolean> {
    try {
      return await book.claimRequest(request, now());
    } catch (error) {
      // Somebody waits: an answer or an apology that may come twice is better than silence.
      log.error(describeFault(error), 'cannot tell whether a question came before');
      return true;
    }
  }

  return {
    async take(request) {
      if (running.has(request.key)) {
        return false;
      }
      running.add(request.key);
      const isOurs = await isFree(request);
      if (!isOurs) {
        running.delete(request.key);
      }
      return isOurs;
    },
    async finish(key) {
      try {
        await book.finishRequest(key, now());
      } catch (error) {
        log.error(describeFault(error), 'question not marked as answered');
      } finally {
        running.delete(key);
      }
    },
    async abandoned() {
      const left = await book.abandonedRequests(now());
      return left.filter(({ key }) => !running.has(key));
    },
  };
}
