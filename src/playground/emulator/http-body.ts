import type { IncomingMessage, ServerResponse } from 'node:http';

const BODY_LIMIT = 2_000_000;

/** The whole body as text; rejected past 2 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request, BODY_LIMIT)).toString('utf8');
}

/** The whole body; a RangeError past `limit` bytes, of which no more are read. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += part.length;
    if (size > limit) throw new RangeError(`request body over ${limit} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** An object out of JSON text; null where it is none. */
export function parseObject(source: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
