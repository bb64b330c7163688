import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { takeAnswer } from './answers.ts';
import type { MethodContext } from './api/method.ts';
import { answerWebApi } from './api/web-api.ts';
import { answerDownload, answerSignIn, answerUpload } from './file-transfer.ts';
import { parseObject, readBody } from './http-body.ts';
import type { SocketTransport } from './socket-transport.ts';
import { tellChange } from './state.ts';

export interface SlackServer {
  port: number;
  close(): Promise<void>;
}

/** One loopback server for /api/METHOD, /response/ID, files and the socket at /link/. */
export async function openSlackServer(
  port: number,
  context: Omit<MethodContext, 'origin'>,
  sockets: SocketTransport | null,
): Promise<SlackServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const address = (): AddressInfo => server.address() as AddressInfo;
  const full: MethodContext = { ...context, origin: () => `http://127.0.0.1:${address().port}` };
  const openSocket = sockets
    ? () => (sockets.isDisabled() ? null : `ws://127.0.0.1:${address().port}${sockets.issueTicket()}`)
    : null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const method = path.match(/^\/api\/([\w.]+)$/)?.[1];
    const fileId = path.match(/^\/files-pri\/\w+-(\w+)\//)?.[1];
    const uploadId = path.match(/^\/upload\/v1\/(\w+)$/)?.[1];
    const responseId = path.match(/^\/response\/(\w+)$/)?.[1];
    if (method !== undefined) await answerWebApi(request, response, method, { context: full, openSocket });
    else if (responseId !== undefined) await answerResponseUrl(request, response, responseId);
    else if (fileId !== undefined) answerDownload(full.state, request, response, fileId);
    else if (uploadId !== undefined) await answerUpload(full.state, request, response, uploadId);
    else if (path === '/sign-in') answerSignIn(response);
    else response.writeHead(404).end();
  }

  async function answerResponseUrl(request: IncomingMessage, response: ServerResponse, id: string) {
    const { state, effects } = full;
    const place = state.responseUrls.get(id);
    const body = parseObject(await readBody(request));
    const verdict =
      place && body ? takeAnswer(state, effects, place, body) : { status: 404, error: 'invalid_payload' };
    response.writeHead(verdict.status).end(verdict.error === null ? 'ok' : verdict.error);
    tellChange(state);
  }

  if (sockets) server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  full.state.origin = full.origin;
  return {
    port: address().port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
