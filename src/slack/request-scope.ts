import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import { z } from 'zod';

/** What Slack itself calls one delivery: an event by its id, all else by its trigger, a click also by its moment. */
const Named = z.union([
  z.object({ event_id: z.string() }).transform((body) => body.event_id),
  z
    .object({ actions: z.tuple([z.object({ action_ts: z.string() })], z.unknown()) })
    .transform((body) => `action ${body.actions[0].action_ts}`),
  z.object({ trigger_id: z.string() }).transform((body) => `trigger ${body.trigger_id}`),
  z
    .object({ type: z.string(), view: z.object({ id: z.string() }) })
    .transform((body) => `${body.type} ${body.view.id}`),
]);

export interface RequestScope {
  /** A log whose every line within one request names it. */
  log: Logger;
  /** Runs the work of one request; `body` is Slack's payload, or the request's name. */
  run<T>(body: unknown, work: () => T): T;
}

/** Whatever a request sets off, also later and in a queue, is logged under its name. */
export function createRequestScope(log: Logger): RequestScope {
  const current = new AsyncLocalStorage<string>();
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
    run: (body, work) => current.run(nameOf(body), work),
  };
}

function nameOf(body: unknown): string {
  return typeof body === 'string' ? body : (Named.safeParse(body).data ?? 'unnamed');
}
