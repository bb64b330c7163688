import type { ChatPostMessageArguments, ChatUpdateArguments, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { AppError } from '../../model/errors.ts';
import { describeFault } from '../log.ts';
import type { MessageBlock, Rendered } from '../views/blocks.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { Pacer } from './pacer.ts';
import { keyMetadata, type SendOnce } from './send-once.ts';
import { isGone, refusesBlocks, retryUnclear, slackErrorCode } from './slack-errors.ts';

export interface SlackPlace {
  channel: string;
  /** Null posts in the channel itself. */
  threadTs: string | null;
}

/** A message of the bot's that stands in Slack. */
export interface PostedMessage {
  channel: string;
  ts: string;
}

/**
 * Posts a message, in order and at Slack's pace; resolves when Slack has taken it, with where it stands.
 * `key` is the message's own.
 */
export type Post = (place: SlackPlace, message: Rendered, key: string) => Promise<PostedMessage | null>;

/** Puts another message in the place of one; false where Slack does not take it, and the old one stands or is gone. */
export type Amend = (posted: PostedMessage, message: Rendered, key: string) => Promise<boolean>;

/** Takes a message away; false where it was gone already. */
export type Remove = (posted: PostedMessage) => Promise<boolean>;

/** Shows a message to one person in a channel or thread. */
export type Whisper = (place: SlackPlace, user: string, message: Rendered) => Promise<null>;

export interface PosterParts {
  sendOnce: SendOnce;
  /** With the SDK's own retries: an edit may be made twice. */
  web: WebClient;
  queue: KeyedQueue;
  pacer: Pacer;
  log: Logger;
}

export interface Poster {
  post: Post;
  amend: Amend;
  remove: Remove;
  whisper: Whisper;
  /** The direct message with a person. AppError `slack_refused` where Slack opens none. */
  direct(user: string): Promise<SlackPlace>;
  /** The message with a key among the latest of a place; null where it is not seen. */
  find(place: SlackPlace, key: string): Promise<PostedMessage | null>;
}

export function createPoster({ sendOnce, web, queue, pacer, log }: PosterParts): Poster {
  /** With the classic card where the workspace refuses the newer blocks. */
  async function inEitherForm<T>(
    channel: string,
    message: Rendered,
    put: (blocks: MessageBlock[]) => Promise<T>,
  ): Promise<T> {
    try {
      return await put(message.blocks);
    } catch (error) {
      if (!refusesBlocks(error)) {
        throw error;
      }
      log.warn({ channel, error: slackErrorCode(error) }, 'blocks refused, posting the classic card');
      return put(message.classic);
    }
  }

  async function post(place: SlackPlace, message: Rendered, key: string): Promise<PostedMessage | null> {
    const { channel } = place;
    await pacer(channel);
    const ts = await inEitherForm(channel, message, (blocks) =>
      sendOnce.send(messageArguments(place, blocks, message.text), key),
    );
    return ts === undefined ? null : { channel, ts };
  }

  async function amend({ channel, ts }: PostedMessage, message: Rendered, key: string): Promise<boolean> {
    const metadata = keyMetadata('planbot_answer', key);
    try {
      await inEitherForm(channel, message, (blocks) => {
        const edit: ChatUpdateArguments = { channel, ts, text: message.text, blocks, metadata };
        return retryUnclear(() => web.chat.update(edit));
      });
      return true;
    } catch (error) {
      if (slackErrorCode(error) === undefined) throw error;
      log.info(describeFault(error), 'message not amended');
      return false;
    }
  }

  async function remove({ channel, ts }: PostedMessage): Promise<boolean> {
    try {
      await retryUnclear(() => web.chat.delete({ channel, ts }));
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
      log.info(describeFault(error), 'message to remove is gone');
      return false;
    }
  }

  async function whisper({ channel, threadTs }: SlackPlace, user: string, message: Rendered): Promise<null> {
    const thread = threadTs === null ? {} : { thread_ts: threadTs };
    await inEitherForm(channel, message, (blocks) =>
      retryUnclear(() => web.chat.postEphemeral({ channel, user, text: message.text, blocks, ...thread })),
    );
    return null;
  }

  return {
    post: (place, message, key) => queue(place.channel, () => post(place, message, key)),
    amend: (posted, message, key) => queue(posted.channel, () => amend(posted, message, key)),
    remove: (posted) => queue(posted.channel, () => remove(posted)),
    whisper,
    async direct(user) {
      const { channel } = await web.conversations.open({ users: user });
      if (channel?.id === undefined) {
        throw new AppError('slack_refused', { message: 'ダイレクトメッセージを開けません' });
      }
      return { channel: channel.id, threadTs: null };
    },
    async find({ channel, threadTs }, key) {
      const ts = await sendOnce.find({ channel, thread_ts: threadTs ?? undefined }, key);
      return ts === undefined ? null : { channel, ts };
    },
  };
}

function messageArguments(place: SlackPlace, blocks: MessageBlock[], text: string): ChatPostMessageArguments {
  const body = { channel: place.channel, text, blocks, unfurl_links: false, unfurl_media: false };
  return place.threadTs === null ? body : { ...body, thread_ts: place.threadTs };
}
