import { setImmediate as later } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createKeyedQueue } from '../../src/slack/delivery/keyed-queue.ts';
import { createRequestScope } from '../../src/slack/log.ts';

function scopeWithLines() {
  const lines: string[] = [];
  const scope = createRequestScope(
    pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  );
  const requests = () => lines.map((line) => (JSON.parse(line) as { request?: string }).request);
  return { ...scope, requests };
}

test('every line of a request names it, later and in a queue too; outside there is none', async () => {
  const { log, run, requests } = scopeWithLines();
  const queue = createKeyedQueue();
  const work = (name: string) =>
    run(name, () =>
      queue('thread', async () => {
        log.info('begun');
        await later();
        log.warn({ more: 1 }, 'done');
      }),
    );
  await Promise.all([work('Ev1'), work('Ev2')]);
  log.info('idle');
  expect(requests()).toEqual(['Ev1', 'Ev1', 'Ev2', 'Ev2', undefined]);
});
