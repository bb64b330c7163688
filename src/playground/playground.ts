import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AppError } from '../model/errors.ts';
import { packageFolder } from '../model/package-folder.ts';
import { parseObject, readBody, sendJson } from './http-body.ts';
import type { LocalSlack } from './local-slack.ts';
import { Act, perform } from './page/act.ts';
import { EXAMPLES, type Example } from './page/examples.ts';
import { attributes, escapeHtml } from './page/html.ts';
import { type Place, renderPage } from './page/page-view.ts';
import type { TrialDesk } from './trial-desk.ts';
import { CHANNELS, USERS } from './workspace.ts';

export interface PlaygroundOptions {
  /** 3000 for `npm start`; 0 takes a free one. */
  port: number;
  /** 127.0.0.1 unless given. Anyone who reaches the address can act as every person of the workspace. */
  host?: string;
  localSlack: LocalSlack;
  examples?: readonly Example[];
  /** The clock, the outbox and documents; the page is without their tools where it is not given. */
  desk?: TrialDesk;
}

export interface Playground {
  /** http://localhost:3000 */
  url: string;
  stop(): Promise<void>;
}

/** The page's files stand beside the sources, also for the built program. */
const PAGE = join(packageFolder(), 'src', 'playground', 'page');
const TYPES: Record<string, string> = {
  'style.css': 'text/css; charset=utf-8',
  'client.js': 'text/javascript; charset=utf-8',
};
const SAFETY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Serves the page. Rejects with bad_configuration where the port is taken. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { port, host = '127.0.0.1', localSlack, examples = EXAMPLES } = options;
  const streams = new Set<ServerResponse>();
  let told = false;
  const stopListening = localSlack.onChange(() => {
    if (told) return;
    told = true;
    setImmediate(() => {
      told = false;
      for (const stream of streams) stream.write('data: changed\n\n');
    });
  });
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const problem = error instanceof AppError ? error.toLine() : '受け付けられませんでした。';
      sendJson(response, error instanceof AppError ? 409 : 500, { problem }, SAFETY);
    });
  });
  const listening = (): number => (server.address() as AddressInfo).port;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurs(request, host, listening()))
      return sendJson(response, 403, { problem: '受け付けられません。' }, SAFETY);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.slice(1);
    if (request.method === 'POST' && pathname === '/act') {
      const act = Act.safeParse(parseObject(await readBody(request)));
      if (!act.success) return sendJson(response, 400, { problem: '受け付けられない操作です。' }, SAFETY);
      return sendJson(response, 200, await perform(localSlack, act.data), SAFETY);
    }
    if (request.method !== 'GET') response.writeHead(405, SAFETY).end();
    else if (pathname === '/view')
      sendJson(response, 200, renderPage(localSlack, readPlace(searchParams)), SAFETY);
    else if (pathname === '/changes') {
      response.writeHead(200, { ...SAFETY, 'content-type': 'text/event-stream' }).write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
    } else if (pathname === '/') {
      const page = (await readFile(join(PAGE, 'index.html'), 'utf8')).replace(
        '<!--examples-->',
        renderExamples(examples),
      );
      response.writeHead(200, { ...SAFETY, 'content-type': 'text/html; charset=utf-8' }).end(page);
    } else if (file in TYPES) {
      response
        .writeHead(200, { ...SAFETY, 'content-type': TYPES[file] ?? '' })
        .end(await readFile(join(PAGE, file)));
    } else response.writeHead(404, SAFETY).end();
  }

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

/** Another site's page cannot read or act here: its requests carry its own Origin, or a Host that is not ours. */
function isOurs(request: IncomingMessage, host: string, port: number): boolean {
  const ours = ['localhost', '127.0.0.1', '[::1]', host].map((name) => `${name}:${port}`);
  const { host: asked = '', origin } = request.headers;
  return ours.includes(asked) && (origin === undefined || ours.includes(origin.replace(/^https?:\/\//, '')));
}

function readPlace(search: URLSearchParams): Place {
  return {
    user: search.get('user') ?? USERS.staff.id,
    channel: search.get('channel') ?? CHANNELS.tokyo,
    thread: search.get('thread') || null,
    home: search.get('home') === '1',
    log: search.get('log') === '1',
  };
}

function renderExamples(examples: readonly Example[]): string {
  return examples
    .map(
      ({ label, question }) =>
        `<button${attributes({ type: 'button', class: 'action example', 'data-ask': question })}><small>${escapeHtml(label)}</small>${escapeHtml(question)}</button>`,
    )
    .join('');
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new AppError('bad_configuration', {
          message:
            cause.code === 'EADDRINUSE'
              ? `ポート${port}はすでに使われています。PORT で別の番号を指定してください`
              : `お試しページを${host}:${port}で開けません（${cause.code ?? ''}）`,
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}
