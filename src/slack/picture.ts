import type { WebClient } from '@slack/web-api';
import { AppError } from '../model/errors.ts';
import type { ButtonQuestion } from './button-question.ts';
import type { SlackPlace } from './delivery/poster.ts';

/** An answer as a picture that stands alone: with its title and where the figures come from. */
export interface Picture {
  title: string;
  png: Uint8Array;
}

/** Draws what answers a question; or says why there is nothing to draw, in a Japanese sentence. */
export type DrawPicture = (question: ButtonQuestion, at: Date) => Promise<Picture | { why: string }>;

export interface PictureParts {
  web: { files: Pick<WebClient['files'], 'getUploadURLExternal' | 'completeUploadExternal'> };
  fetch: typeof globalThis.fetch;
}

/** Shares a picture in a channel or thread. Throws what the Web API throws, and AppError `slack_refused`. */
export type SharePicture = (place: SlackPlace, picture: Picture) => Promise<void>;

const TIMEOUT_MS = 30_000;
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
