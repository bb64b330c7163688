import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { readBytes } from '../emulator/http-body.ts';
import type { LocalSlack } from '../emulator/local-slack.ts';
import { type ActResult, asSent } from './actions.ts';
import type { BroughtFile, PlaygroundTools } from './tools.ts';

/** Of a file that a person brings, in bytes. */
const FILE_LIMIT = 20 * 1024 * 1024;

const NAME_LIMIT = 200;

/** The name alone, whatever path and control characters came with it. */
function fileName(given: string): string {
  return basename(given.replaceAll('\\', '/'))
    .replace(/\p{Cc}/gu, '')
    .slice(-NAME_LIMIT);
}

/** A line of the answer to a file that was brought: how far it is, then the report or what is wrong. */
type UploadLine = { progress: string } | { report: string } | { problem: string };

/**
 * Takes a file whose bytes are the body, and answers line by line as JSON while it is read. Read is one file at a
 * time, since that keeps the process busy and two reports would mix; a sender that stalls keeps nobody waiting.
 */
export function createUploads(tools: PlaygroundTools, headers: Record<string, string>) {
  let last: Promise<unknown> = Promise.resolve();

  function takeInTurn(file: BroughtFile, tell: (progress: string) => void): Promise<string> {
    const own = last.then(() => tools.take(file, tell));
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

const Wanted = z.object({
  user: z.string().min(1),
  channel: z.string().min(1),
  name: z.string().transform(fileName).pipe(z.string().min(1)),
  text: z.string().trim().max(12_000).default(''),
  thread: z.string().default(''),
});

/** A person shares a file in a conversation: its bytes are the body. AppError `wrong_use` where that is not theirs. */
export async function shareUpload(
  slack: LocalSlack,
  request: IncomingMessage,
  search: URLSearchParams,
): Promise<ActResult> {
  const wanted = Wanted.safeParse(Object.fromEntries(search));
  if (!wanted.success) throw new AppError('wrong_use', { message: '受け付けられない操作です。' });
  const { thread, text, ...file } = wanted.data;
  const { message } = await slack.shareFile({
    ...file,
    content: await readBytes(request, FILE_LIMIT),
    ...(text === '' ? {} : { text: asSent(slack, text, false) }),
    ...(thread === '' ? {} : { threadTs: thread }),
  });
  return { problem: null, ts: message.threadTs ?? message.ts };
}
