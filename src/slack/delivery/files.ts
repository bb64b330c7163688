import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { ButtonQuestion } from '../button-question.ts';
import type { SlackPlace } from './poster.ts';

/** A file that people shared, or why it cannot be had: a Japanese sentence. */
type Downloaded =
  | { kind: 'file'; name: string; bytes: Buffer }
  | { kind: 'unfit'; name: string; why: string };

/** Looks a shared file up by its id and fetches it. Throws what the Web API throws. */
export type Download = (fileId: string) => Promise<Downloaded>;

interface DownloadParts {
  web: { files: Pick<WebClient['files'], 'info'> };
  botToken: string;
  slackApiUrl?: string | undefined;
  fetch: typeof globalThis.fetch;
}

/** Tables that people fill in are small. */
const MOST_BYTES = 5 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const SLACK_FILES = 'https://files.slack.com';
/** What is kept on Slack's own servers. */
const KEPT_BY_SLACK = new Set(['hosted', 'snippet']);

const TOO_LARGE = 'ファイルが大きすぎます（上限は5MBです）。';
const NOT_IN_SLACK = 'Slackの外に置かれたファイルは読めません。ファイルそのものを送ってください。';
const NOT_READABLE =
  'ファイルを読む権限がありません。管理者の方に、アプリの権限（files:read）をお確かめください。';

const FileInfo = z.object({
  name: z.string().default('ファイル'),
  size: z.number().default(0),
  mode: z.string().default(''),
  is_external: z.boolean().default(false),
  url_private_download: z.string().optional(),
  url_private: z.string().optional(),
});

export function createDownload({ web, botToken, slackApiUrl, fetch }: DownloadParts): Download {
  return async (fileId) => {
    const info = FileInfo.parse((await web.files.info({ file: fileId })).file);
    const { name } = info;
    const unfit = (why: string): Downloaded => ({ kind: 'unfit', name, why });
    const url = info.url_private_download ?? info.url_private ?? '';
    if (info.is_external || !KEPT_BY_SLACK.has(info.mode) || !isSlacks(url, slackApiUrl)) {
      return unfit(NOT_IN_SLACK);
    }
    if (info.size > MOST_BYTES) return unfit(TOO_LARGE);
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      // Slack leads whoever may not read a file to its sign-in page; the token follows nowhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok || response.body === null) return unfit(NOT_READABLE);
    const bytes = await readWithin(response.body, MOST_BYTES);
    return bytes === null ? unfit(TOO_LARGE) : { kind: 'file', name, bytes };
  };
}

/** Where the files of the Slack that answers at this address are kept. */
export function filesAt(slackApiUrl: string | undefined): string {
  return slackApiUrl === undefined ? SLACK_FILES : (filesOf(new URL(slackApiUrl)).at(-1) ?? SLACK_FILES);
}

/** Only Slack's own servers may see the token: those of its files, or the ones that answer the Web API. */
export function isSlacks(url: string, slackApiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  const trusted = slackApiUrl === undefined ? [SLACK_FILES] : filesOf(new URL(slackApiUrl));
  return trusted.includes(origin) && username === '' && password === '';
}

/** Of https://slack-gov.com/api/: that server, and https://files.slack-gov.com. */
function filesOf({ origin, protocol, hostname }: URL): string[] {
  if (/^[\d.]+$|^localhost$|^\[/.test(hostname)) return [origin];
  return [origin, `${protocol}//files.${hostname.replace(/^www\./, '')}`];
}

/** Null where more comes than was said. */
async function readWithin(body: ReadableStream<Uint8Array>, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An answer as a picture that stands alone: with its title and where the figures come from. */
export interface Picture {
  title: string;
  png: Uint8Array;
}

/** Draws what answers a question; or says why there is nothing to draw, in a Japanese sentence. */
export type DrawPicture = (question: ButtonQuestion, at: Date) => Promise<Picture | { why: string }>;

interface PictureParts {
  web: { files: Pick<WebClient['files'], 'getUploadURLExternal' | 'completeUploadExternal'> };
  fetch: typeof globalThis.fetch;
}

/** Shares a picture in a channel or thread. Throws what the Web API throws, and AppError `slack_refused`. */
export type SharePicture = (place: SlackPlace, picture: Picture) => Promise<void>;

const LONGEST_NAME = 80;

export function createSharePicture({ web, fetch }: PictureParts): SharePicture {
  return async ({ channel, threadTs }, { title, png }) => {
    // The SDK's type calls it alt_text, which Slack does not know.
    const announced = { filename: `${nameOf(title)}.png`, length: png.byteLength, alt_txt: title };
    const { upload_url: url = '', file_id: id = '' } = await web.files.getUploadURLExternal(announced);
    const sent = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(png),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!sent.ok) {
      throw new AppError('slack_refused', { message: `Slackが画像を受け取りませんでした（${sent.status}）` });
    }
    const files: [{ id: string; title: string }] = [{ id, title }];
    const shared = { files, channel_id: channel };
    await web.files.completeUploadExternal(threadTs === null ? shared : { ...shared, thread_ts: threadTs });
  };
}

/** A file's name on any system. */
function nameOf(title: string): string {
  const plain = title.replace(/[\\/:*?"<>|\p{Cc}]/gu, '');
  return [...plain].slice(0, LONGEST_NAME).join('').trim() || 'グラフ';
}
