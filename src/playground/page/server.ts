import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { packageFolder } from '../../model/package-folder.ts';
import { parseObject, readBody, sendJson } from '../emulator/http-body.ts';
import type { LocalSlack } from '../emulator/local-slack.ts';
import { PageAction, perform } from './actions.ts';
import { readPlace, sendSharedFile } from './conversation-view.ts';
import { renderPage } from './page-view.ts';
import type { PlaygroundTools } from './tools.ts';
import { createUploads, shareUpload } from './uploads.ts';

/**
 * Another site's page cannot read or act here: its requests carry its own Origin or say that they cross sites, and
 * a name of its own that leads to this machine shows in Host. Only following a link to the page is let in.
 */
function isOwnRequest(request: IncomingMessage, host: string, port: number): boolean {
  const ours = ['localhost', '127.0.0.1', '[::1]', host].map((name) => `${name}:${port}`);
  const { host: asked = '', origin, 'sec-fetch-site': site } = request.headers;
  if (!ours.includes(asked)) return false;
  if (origin !== undefined && !ours.includes(origin.replace(/^https?:\/\//, ''))) return false;
  const isVisit = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  return isVisit || site === undefined || site === 'same-origin' || site === 'none';
}

interface Asset {
  type: string;
  body: Buffer;
  /** True for what never changes under its name. */
  lasting: boolean;
}

/** The page's files stand beside the sources, also for the built program. */
const PAGE = join(packageFolder(), 'src', 'playground', 'page');
const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};
/** Served from here, so that Japanese looks the same everywhere and nobody outside is asked. */
const FONTS = new Map([
  ['/fonts/regular.ttf', '400Regular/BIZUDPGothic_400Regular.ttf'],
  ['/fonts/bold.ttf', '700Bold/BIZUDPGothic_700Bold.ttf'],
]);

/** A stylesheet, a script or a font of the page; null where there is none of that path. */
async function readAsset(pathname: string): Promise<Asset | null> {
  const font = FONTS.get(pathname);
  if (font !== undefined) {
    const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/biz-udpgothic/${font}`);
    return { type: 'font/ttf', body: await readFile(path), lasting: true };
  }
  const [, folder, name, kind = ''] = pathname.match(/^\/(styles|scripts)\/([a-z-]+)\.(css|js)$/) ?? [];
  if (folder === undefined) return null;
  try {
    const body = await readFile(join(PAGE, folder, `${name}.${kind}`));
    return { type: TYPES[kind] ?? '', body, lasting: false };
  } catch {
    return null;
  }
}

/** Nothing is asked of anyone outside, and no script runs but the page's own. */
const SAFETY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

interface RouteParts {
  localSlack: LocalSlack;
  tools: PlaygroundTools | null;
  branchInName: (name: string) => string | null;
  /** Keeps a response open that hears of every change. */
  follow(response: ServerResponse): void;
  /** Tells of a change that Slack does not know of. */
  changed(): void;
}

/** Answers a request of the page's own. */
function createRoutes({ localSlack, tools, branchInName, follow, changed }: RouteParts) {
  const takeUpload = tools ? createUploads(tools, SAFETY) : null;

  const view = (search: URLSearchParams) =>
    renderPage({ slack: localSlack, tools, branchInName }, readPlace(search, localSlack.workspace));

  async function act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = PageAction.safeParse(parseObject(await readBody(request)));
    if (!wanted.success) return sendJson(response, 400, { problem: '受け付けられない操作です。' }, SAFETY);
    sendJson(response, 200, await perform(localSlack, tools, wanted.data), SAFETY);
    if (wanted.data.kind === 'clock' || wanted.data.kind === 'remove_document') changed();
  }

  async function asset(pathname: string, response: ServerResponse): Promise<void> {
    const found = await readAsset(pathname);
    if (!found) return void response.writeHead(404, SAFETY).end();
    const keep = found.lasting ? { 'cache-control': 'public, max-age=31536000, immutable' } : {};
    response.writeHead(200, { ...SAFETY, ...keep, 'content-type': found.type }).end(found.body);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST' && pathname === '/act') return act(request, response);
    if (request.method === 'POST' && pathname === '/files' && takeUpload) {
      await takeUpload(request, response, searchParams.get('name') ?? '');
      return changed();
    }
    if (request.method === 'POST' && pathname === '/share')
      return sendJson(response, 200, await shareUpload(localSlack, request, searchParams), SAFETY);
    if (request.method !== 'GET') return void response.writeHead(405, SAFETY).end();
    if (pathname === '/view') return sendJson(response, 200, await view(searchParams), SAFETY);
    if (pathname === '/changes') {
      response.writeHead(200, { ...SAFETY, 'content-type': 'text/event-stream' }).write(': hello\n\n');
      return follow(response);
    }
    const shared = /^\/shared\/(\w+)$/.exec(pathname)?.[1];
    if (shared !== undefined) return sendSharedFile(response, localSlack.file(shared), SAFETY);
    if (pathname !== '/') return asset(pathname, response);
    const html = { ...SAFETY, 'content-type': 'text/html; charset=utf-8' };
    response.writeHead(200, html).end(await readFile(join(PAGE, 'index.html')));
  };
}

interface PlaygroundOptions {
  /** 3000 for `npm start`; 0 takes a free one. */
  port: number;
  /** 127.0.0.1 unless given. Anyone who reaches the address can act as every person of the workspace. */
  host?: string;
  localSlack: LocalSlack;
  /** The branch that a channel's name speaks of; none's where it is not given. */
  branchInName?: (name: string) => string | null;
  /** The clock, the outbox and documents; the page is without their tools where it is not given. */
  tools?: PlaygroundTools;
}

export interface Playground {
  url: string;
  stop(): Promise<void>;
}

/** Serves the page. Rejects with bad_configuration where the port is taken. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { port, host = '127.0.0.1', localSlack, branchInName = () => null, tools = null } = options;
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
  const answer = createRoutes({ localSlack, tools, branchInName, follow, changed });
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
