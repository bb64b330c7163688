import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';

export interface RequestScope {
  /** A log whose every line within one request names it. */
  log: Logger;
  /** Runs the work of one request. */
  run<T>(id: string, work: () => T): T;
}

/** One for the process: each that was ever used costs every promise a little. */
const current = new AsyncLocalStorage<string>();

/** Whatever a request sets off, also later and in a queue, is logged under its name. */
export function createRequestScope(log: Logger): RequestScope {
  return {
    log: log.child(
      {},
      {
        formatters: {
          log: (line) => {
            const request = current.getStore();
            return request === undefined ? line : { request, ...line };
          },
        },
      },
    ),
    run: (id, work) => current.run(id, work),
  };
}
