import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { readBytes } from '../http-body.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { ActResult } from './act.ts';
import { FILE_LIMIT, fileName } from './file-name.ts';
import { asSent } from './say.ts';

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
