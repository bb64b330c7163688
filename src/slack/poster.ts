import { type ChatPostMessageArguments, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { KeyedQueue } from './keyed-queue.ts';
import type { Pacer } from './pacer.ts';
import type { MessageBlock, Rendered } from './views/blocks.ts';

export interface Place {
  channel: string;
  /** Null posts in the channel itself. */
  threadTs: string | null;
}

/** Posts a message, in order and at Slack's pace; resolves with its ts when Slack has taken it. */
export type Post = (place: Place, message: Rendered) => Promise<string | undefined>;

export interface PosterParts {
  web: WebClient;
  queue: KeyedQueue;
  pacer: Pacer;
  log: Logger;
}

export function createPost({ web, queue, pacer, log }: PosterParts): Post {
  async function post(place: Place, message: Rendered): Promise<string | undefined> {
    await pacer(place.channel);
    try {
      return await send(place, message.blocks, message.text);
    } catch (error) {
      if (!refusesBlocks(error)) {
        throw error;
      }
      log.warn(
        { channel: place.channel, error: slackErrorCode(error) },
        'blocks refused, posting the classic card',
      );
      return await send(place, message.classic, message.text);
    }
  }

  async function send(place: Place, blocks: MessageBlock[], text: string): Promise<string | undefined> {
    const { ts } = await web.chat.postMessage(messageArguments(place, blocks, text));
    return ts;
  }

  return (place, message) => queue(place.channel, () => post(place, message));
}

function messageArguments(place: Place, blocks: MessageBlock[], text: string): ChatPostMessageArguments {
  const body = { channel: place.channel, text, blocks, unfurl_links: false, unfurl_media: false };
  return place.threadTs === null ? body : { ...body, thread_ts: place.threadTs };
}

/** Slack's own code of an error: invalid_blocks, not_in_channel …; undefined where Slack did not refuse. */
export function slackErrorCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

function refusesBlocks(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'invalid_blocks' || code === 'invalid_blocks_format' || code === 'msg_blocks_too_long';
}

/** The bot is not where it was asked to post. */
export function isOutside(error: unknown): boolean {
  const code = slackErrorCode(error);
  return code === 'not_in_channel' || code === 'channel_not_found';
}
