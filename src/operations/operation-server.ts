import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../model/errors.ts';
import { formatHealth, type Health, isWell } from '../model/health.ts';
import type { Counters } from './counters.ts';

interface OperationServer {
  port: number;
  stop(): Promise<void>;
}

interface OperationServerOptions {
  /** 0 takes a free one. */
  port: number;
  counters: Pick<Counters, 'render'>;
  health: () => Promise<Health>;
}

/** /metrics and /healthz for this machine alone. AppError `bad_configuration` where the port is taken. */
export async function startOperationServer({
  port,
  counters,
  health,
}: OperationServerOptions): Promise<OperationServer> {
  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (path === '/metrics') {
      const { contentType, text } = await counters.render();
      response.writeHead(200, { 'content-type': contentType }).end(text);
    } else if (path === '/healthz') {
      const found = await health();
      const status = isWell(found) ? 200 : 503;
      response.writeHead(status, { 'content-type': 'application/json' }).end(formatHealth(found));
    } else {
      response.writeHead(404).end();
    }
  }

  const server = createServer((request, response) => {
    // Anything may come as a path: `//` is no address that `new URL` takes.
    const [pathname = ''] = (request.url ?? '').split('?');
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end();
      return;
    }
    answer(pathname, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(portFault(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portFault(port: number, cause: Error): AppError {
  const message = `PLANBOT_METRICS_PORT ${port} で待ち受けできません（${cause.message}）`;
  return new AppError('bad_configuration', { message, cause });
}
