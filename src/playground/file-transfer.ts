import type { IncomingMessage, ServerResponse } from 'node:http';
import { BOT_TOKEN } from './api/call-method.ts';
import { botSees, keepFile } from './shared-file.ts';
import type { State } from './state.ts';

const UPLOAD_BYTES = 50_000_000;
const SIGN_IN = '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';

/** /files-pri/TEAM-FILE/…: the content for a bot that may read it, Slack's sign-in page for anybody else. */
export function answerDownload(
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

export function answerSignIn(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SIGN_IN);
}

/** /upload/v1/ID: the second of the three steps; good once, for a file of the size that was announced. */
export async function answerUpload(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const upload = state.uploads.get(id);
  const content = await readUpload(request);
  if (!upload || upload.done) return void response.writeHead(404).end('not found');
  if (content?.byteLength !== upload.length) return void response.writeHead(400).end('length mismatch');
  upload.done = true;
  keepFile(state, { ...upload.file, content });
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${upload.length}`);
}

/** The bytes as they came, or the first part of a form; null past 50 MB. */
async function readUpload(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > UPLOAD_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  for (const value of form.values())
    return typeof value === 'string' ? Buffer.from(value) : new Uint8Array(await value.arrayBuffer());
  return null;
}
