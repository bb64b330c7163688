import { pino } from 'pino';
import { expect, test } from 'vitest';
import { boltLogger } from '../../../src/slack/log.ts';
import { NO_METER } from '../../../src/slack/ports.ts';
import { createClients, DIRECT } from '../../../src/slack/transport/web-clients.ts';

test.each(['web', 'single', 'quick'] as const)(
  'a call that gets no reply does not last: %s',
  async (name) => {
    const signals: unknown[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      signals.push(init?.signal);
      return Response.json({ ok: true });
    };
    const clients = createClients({
      botToken: 'xoxb-1',
      network: { ...DIRECT, fetch },
      logger: boltLogger(pino({ level: 'silent' })),
      meter: NO_METER,
    });
    await clients[name].users.info({ user: 'U1' });
    expect(signals).toEqual([expect.any(AbortSignal)]);
  },
);
