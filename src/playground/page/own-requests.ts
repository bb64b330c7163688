import type { IncomingMessage } from 'node:http';

/**
 * Another site's page cannot read or act here: its requests carry its own Origin or say that they cross sites, and
 * a name of its own that leads to this machine shows in Host. Only following a link to the page is let in.
 */
export function isOwnRequest(request: IncomingMessage, host: string, port: number): boolean {
  const ours = ['localhost', '127.0.0.1', '[::1]', host].map((name) => `${name}:${port}`);
  const { host: asked = '', origin, 'sec-fetch-site': site } = request.headers;
  if (!ours.includes(asked)) return false;
  if (origin !== undefined && !ours.includes(origin.replace(/^https?:\/\//, ''))) return false;
  const isVisit = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  return isVisit || site === undefined || site === 'same-origin' || site === 'none';
}
