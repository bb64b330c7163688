import { type ChatPostMessageArguments, WebAPIPlatformError } from '@slack/web-api';
import type { Logger } from 'pino';
import type { KeyedQueue } from './keyed-queue.ts';
import type { Pacer } from './pacer.ts';
import type { SendOnce } from './send-once.ts';
import type { MessageBlock, Rendered } from './views/blocks.ts';

export interface Place {
  channel: string;
  /** Null posts in the channel itself. */
  threadTs: string | null;
}

/** Posts a message, in order and at Slack's pace; resolves when Slack has taken it. `key` is the message's own. */
export type Post = (place: Place, message: Rendered, key: string) => Promise<void>;

export interface PosterParts {
  send: SendOnce;
  queue: KeyedQueue;
  pacer: Pacer;
  log: Logger;
}

export function createPost({ send, queue, pacer, log }: PosterParts): Post {
  async function post(place: Place, message: Rendered, key: string): Promise<void> {
    await pacer(place.channel);
    try {
      await send(messageArguments(place, message.blocks, message.text), key);
    } catch (error) {
      if (!refusesBlocks(error)) {
        throw error;
      }
      log.warn(
        { channel: place.channel, error: slackErrorCode(error) },
        'blocks refused, posting the classic card',
      );
      await send(messageArguments(place, message.classic, message.text), key);
    }
  }

  return (place, message, key) => queue(place.channel, () => post(place, message, key));
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
