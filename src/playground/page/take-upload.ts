import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../model/errors.ts';
import { readBytes } from '../http-body.ts';
import type { BroughtFile, TrialDesk } from '../trial-desk.ts';
import { FILE_LIMIT, fileName } from './file-name.ts';

/** A line of the answer to a file that was brought: how far it is, then the report or what is wrong. */
export type UploadLine = { progress: string } | { report: string } | { problem: string };

/**
 * Takes a file whose bytes are the body, and answers line by line as JSON while it is read. Read is one file at a
 * time, since that keeps the process busy and two reports would mix; a sender that stalls keeps nobody waiting.
 */
export function createUploads(desk: TrialDesk, headers: Record<string, string>) {
  let last: Promise<unknown> = Promise.resolve();

  function takeInTurn(file: BroughtFile, tell: (progress: string) => void): Promise<string> {
    const own = last.then(() => desk.take(file, tell));
    last = own.catch(() => undefined);
    return own;
  }

  return async (request: IncomingMessage, response: ServerResponse, name: string): Promise<void> => {
    const file = fileName(name);
    response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson; charset=utf-8' });
    const write = (line: UploadLine): boolean => response.write(`${JSON.stringify(line)}\n`);
    write({ progress: '受け取っています' });
    try {
      const bytes = await readBytes(request, FILE_LIMIT);
      write({ report: await takeInTurn({ name: file, bytes }, (progress) => write({ progress })) });
    } catch (error) {
      write({ problem: problemOf(error, file) });
    }
    response.end();
    // What was left unread of a file that is too large.
    request.resume();
  };
}

function problemOf(error: unknown, file: string): string {
  if (error instanceof RangeError) return `${file}: 大きすぎます。上限は20MBです。`;
  if (!(error instanceof AppError)) return `${file}: 取り込めませんでした。`;
  const line = error.line === undefined ? '' : `${error.line}行目: `;
  const text = error.text === undefined ? '' : `「${error.text.replace(/\s+/g, ' ').slice(0, 80)}」`;
  return `${file}: ${line}${error.message}${text}`;
}
