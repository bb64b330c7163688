import type { ServerResponse } from 'node:http';
import { escapeHtml } from '../../model/escape-html.ts';
import type { StoredFile } from '../stored-file.ts';
import { attributes } from './html.ts';

/** Pictures that a browser shows in the page; all else is offered to be saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif']);

/** The files of a message: pictures in their place, others by name. */
export function renderSharedFiles(files: readonly StoredFile[]): string {
  return files
    .map((file) => {
      const href = `/shared/${file.id}`;
      const link = `<a${attributes({ href, download: file.name })}>${escapeHtml(file.name)}</a>`;
      if (!SHOWN.has(file.mimetype)) return `<p class="shared">${link}</p>`;
      const picture = attributes({ src: href, alt: file.altText ?? file.title, loading: 'lazy' });
      return `<figure class="shared"><img${picture}><figcaption>${link}</figcaption></figure>`;
    })
    .join('');
}

/** What a person shared must never run as a page of planbot's own: it is shown as a picture, or saved. */
export function sendSharedFile(
  response: ServerResponse,
  file: StoredFile | null,
  headers: Readonly<Record<string, string>>,
): void {
  if (file === null) return void response.writeHead(404, headers).end();
  const isShown = SHOWN.has(file.mimetype);
  response.writeHead(200, {
    ...headers,
    'content-type': isShown ? file.mimetype : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(file.content);
}
