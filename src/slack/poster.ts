import type { ChatPostMessageArguments } from '@slack/web-api';
import type { Logger } from 'pino';
import type { KeyedQueue } from './keyed-queue.ts';
import type { Pacer } from './pacer.ts';
import type { SendOnce } from './send-once.ts';
import { refusesBlocks, slackErrorCode } from './slack-errors.ts';
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
