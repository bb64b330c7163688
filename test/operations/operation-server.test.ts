import { connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import type { Health } from '../../src/model/health.ts';
import { createCounters } from '../../src/operations/counters.ts';
import { startOperationServer } from '../../src/operations/operation-server.ts';

const WELL: Health = { connected: true, store: true, problems: [] };

async function start(health: () => Promise<Health>) {
  const counters = createCounters({ outbox: async () => [] });
  const server = await startOperationServer({ port: 0, counters, health });
  onTestFinished(() => server.stop());
  return (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });
}

test.each<[Health, number, string]>([
  [{ connected: true, store: true, problems: [] }, 200, 'ok'],
  [{ connected: false, store: true, problems: [] }, 503, 'unavailable'],
  [{ connected: true, store: false, problems: [] }, 503, 'unavailable'],
  [{ connected: true, store: true, problems: ['Slackのトークン: token_revoked'] }, 503, 'unavailable'],
])('/healthz says %j', async (health, status, word) => {
  const get = await start(async () => health);
  const response = await get('/healthz');
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ status: word, ...health });
});

test('/metrics is text for Prometheus; there is nothing else', async () => {
  const get = await start(async () => ({ connected: true, store: true, problems: [] }));
  const metrics = await get('/metrics');
  expect(metrics.status).toBe(200);
  expect(await metrics.text()).toContain('# TYPE planbot_questions_total counter');
  expect((await get('/')).status).toBe(404);
  expect((await get('/metrics', 'POST')).status).toBe(405);
});

test.each(['//', '///', 'http://[', '*', '/metrics?x=//', '/%', ''])('GET %j ends nothing', async (path) => {
  const counters = createCounters({ outbox: async () => [] });
  const server = await startOperationServer({ port: 0, counters, health: async () => WELL });
  onTestFinished(() => server.stop());
  const socket = connect(server.port, '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 (?:200|400|404) /);
  expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
});

test('a fault is a 500 and not the end', async () => {
  const get = await start(() => Promise.reject(new Error('broken')));
  expect((await get('/healthz')).status).toBe(500);
  expect((await get('/metrics')).status).toBe(200);
});

test('a port that is taken stops the start with a line that names it', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const counters = createCounters({ outbox: async () => [] });
  const health = async () => ({ connected: true, store: true, problems: [] });
  const fault: unknown = await startOperationServer({ port, counters, health }).catch((error) => error);
  expect(fault).toBeInstanceOf(AppError);
  expect((fault as AppError).toLine()).toContain(`PLANBOT_METRICS_PORT ${port}`);
});
