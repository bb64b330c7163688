import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MethodContext } from './api/method.ts';
import { answerWebApi, BOT_TOKEN } from './api/web-api.ts';
import { botSees, keepFile } from './files.ts';
import { parseObject, readBody, readBytes } from './http-body.ts';
import { takeAnswer } from './response-url.ts';
import { type State, tellChange } from './state.ts';
import type { SocketTransport } from './transports.ts';

interface SlackServer {
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

const UPLOAD_BYTES = 50_000_000;
const SIGN_IN = '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';

/** /files-pri/TEAM-FILE/…: the content for a bot that may read it, Slack's sign-in page for anybody else. */
function answerDownload(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  fileId: string,
): void {
  const file = state.files.get(fileId);
  const granted = state.manifest.oauth_config.scopes.bot.includes('files:read');
  const isBot = request.headers.authorization === `Bearer ${BOT_TOKEN}`;
  if (!file || !isBot || !granted || !botSees(state, file)) {
    // Slack sends such a request to its sign-in page: status 200, and HTML instead of the file.
    response.writeHead(302, { location: `${state.origin()}/sign-in` }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': String(file.content.byteLength),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(file.content);
}

function answerSignIn(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SIGN_IN);
}

/** /upload/v1/ID: the second of the three steps; good once, for a file of the size that was announced. */
async function answerUpload(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const upload = state.uploads.get(id);
  const content = await readBytes(request, UPLOAD_BYTES).catch(() => null);
  if (!upload || upload.done) return void response.writeHead(404).end('not found');
  if (content?.byteLength !== upload.length) return void response.writeHead(400).end('length mismatch');
  upload.done = true;
  keepFile(state, { ...upload.file, content });
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${upload.length}`);
}
