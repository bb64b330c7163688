import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseObject, readBody, sendJson } from '../http-body.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { TrialDesk } from '../trial-desk.ts';
import { PageAction } from './act.ts';
import { readAsset, readPageFile } from './assets.ts';
import { renderPage } from './page-view.ts';
import { perform } from './perform.ts';
import { readPlace } from './place.ts';
import { shareUpload } from './share-upload.ts';
import { sendSharedFile } from './shared-files.ts';
import { createUploads } from './take-upload.ts';

/** Nothing is asked of anyone outside, and no script runs but the page's own. */
export const SAFETY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface RouteParts {
  localSlack: LocalSlack;
  desk: TrialDesk | null;
  branchInName: (name: string) => string | null;
  /** Keeps a response open that hears of every change. */
  follow(response: ServerResponse): void;
  /** Tells of a change that Slack does not know of. */
  changed(): void;
}

/** Answers a request of the page's own. */
export function createRoutes({ localSlack, desk, branchInName, follow, changed }: RouteParts) {
  const takeUpload = desk ? createUploads(desk, SAFETY) : null;

  const view = (search: URLSearchParams) =>
    renderPage({ slack: localSlack, desk, branchInName }, readPlace(search, localSlack.workspace));

  async function act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = PageAction.safeParse(parseObject(await readBody(request)));
    if (!wanted.success) return sendJson(response, 400, { problem: '受け付けられない操作です。' }, SAFETY);
    sendJson(response, 200, await perform(localSlack, desk, wanted.data), SAFETY);
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
    response.writeHead(200, html).end(await readPageFile());
  };
}
