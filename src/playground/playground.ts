import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../model/errors.ts';
import { sendJson } from './http-body.ts';
import type { LocalSlack } from './local-slack.ts';
import { isOwnRequest } from './page/own-requests.ts';
import { createRoutes, SAFETY } from './page/routes.ts';
import type { TrialDesk } from './trial-desk.ts';

export interface PlaygroundOptions {
  /** 3000 for `npm start`; 0 takes a free one. */
  port: number;
  /** 127.0.0.1 unless given. Anyone who reaches the address can act as every person of the workspace. */
  host?: string;
  localSlack: LocalSlack;
  /** The branch that a channel's name speaks of; none's where it is not given. */
  branchInName?: (name: string) => string | null;
  /** The clock, the outbox and documents; the page is without their tools where it is not given. */
  desk?: TrialDesk;
}

export interface Playground {
  /** http://localhost:3000 */
  url: string;
  stop(): Promise<void>;
}

/** Serves the page. Rejects with bad_configuration where the port is taken. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { port, host = '127.0.0.1', localSlack, branchInName = () => null, desk = null } = options;
  const streams = new Set<ServerResponse>();
  let told = false;
  const changed = (): void => {
    if (told) return;
    told = true;
    setImmediate(() => {
      told = false;
      for (const stream of streams) stream.write('data: changed\n\n');
    });
  };
  const stopListening = localSlack.onChange(changed);
  const follow = (response: ServerResponse): void => {
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };
  const answer = createRoutes({ localSlack, desk, branchInName, follow, changed });
  const server = createServer((request, response) => {
    if (!isOwnRequest(request, host, listening()))
      return sendJson(response, 403, { problem: '受け付けられません。' }, SAFETY);
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const problem = error instanceof AppError ? error.toLine() : '受け付けられませんでした。';
      sendJson(response, error instanceof AppError ? 409 : 500, { problem }, SAFETY);
    });
  });
  const listening = (): number => (server.address() as AddressInfo).port;

  await listen(server, port, host);
  return {
    url: `http://localhost:${listening()}`,
    stop() {
      stopListening();
      for (const stream of streams) stream.end();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new AppError('bad_configuration', {
          message:
            cause.code === 'EADDRINUSE'
              ? `ポート${port}はすでに使われています。PORT で別の番号を指定してください`
              : `お試し画面を${host}:${port}で開けません（${cause.code ?? ''}）`,
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}
