import { setTimeout as wait } from 'node:timers/promises';
import { type ChatPostMessageArguments, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { AppError } from '../../model/errors.ts';
import { describeFault, logged } from '../log.ts';
import type { MessageBlock, Rendered } from '../views/blocks.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { Pacer } from './pacer.ts';
import { isGone, isUnclear, refusesBlocks, retryUnclear, slackErrorCode } from './slack-errors.ts';

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

interface PosterParts {
  /** Neither tries again by itself nor waits out a 429: a post that is tried again blindly may stand twice. */
  single: WebClient;
  /** With the SDK's own retries: for what may be done twice. */
  web: WebClient;
  queue: KeyedQueue;
  pacer: Pacer;
  log: Logger;
  pause?: (ms: number) => Promise<unknown>;
}

/** Shows a message to one person in a channel or thread. */
export type Whisper = (place: SlackPlace, user: string, message: Rendered) => Promise<null>;

export interface Poster {
  /**
   * Posts a message, in order and at Slack's pace; resolves when Slack has taken it, with where it stands.
   * `key` is the message's own.
   */
  post(place: SlackPlace, message: Rendered, key: string): Promise<PostedMessage | null>;
  /** Puts another message in the place of one; false where Slack does not take it, and the old one stands or is gone. */
  amend(posted: PostedMessage, message: Rendered, key: string): Promise<boolean>;
  remove(posted: PostedMessage): Promise<boolean>;
  whisper: Whisper;
  /** The direct message with a person. AppError `slack_refused` where Slack opens none. */
  direct(user: string): Promise<SlackPlace>;
  /** The message with a key among the latest of a place; null where it is not seen. */
  find(place: SlackPlace, key: string): Promise<PostedMessage | null>;
}

/** Before the second, third … attempt. */
const PAUSES_MS = [1_000, 3_000, 8_000, 15_000, 30_000];
const LATE_MS = 3_000;

export function createPoster({ single, web, queue, pacer, log, pause = wait }: PosterParts): Poster {
  /**
   * When the reply to chat.postMessage is lost, the message may stand in the channel all the same. So it carries
   * its key in its metadata, and is looked up there before it is posted again.
   */
  async function send(
    place: SlackPlace,
    message: ChatPostMessageArguments,
    key: string,
  ): Promise<PostedMessage | null> {
    const metadata = keyMetadata('planbot_answer', key);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { ts } = await single.chat.postMessage({ ...message, metadata });
        return ts === undefined ? null : { channel: place.channel, ts };
      } catch (error) {
        const delay = PAUSES_MS[attempt];
        const isLimited = error instanceof WebAPIRateLimitedError;
        if (delay === undefined || !(isLimited || isUnclear(error))) throw error;
        if (isLimited) {
          log.info({ seconds: error.retryAfter }, 'rate limited');
          await pause(error.retryAfter * 1_000);
          continue;
        }
        log.warn(describeFault(error), 'result of a post is unclear');
        // Looked up twice: a Slack that is late takes it after the first look.
        for (const ms of [delay, LATE_MS]) {
          await pause(ms);
          const standing = await find(place, key);
          if (standing !== null) return standing;
        }
      }
    }
  }

  async function find(place: SlackPlace, key: string): Promise<PostedMessage | null> {
    // In a channel the newest page is enough, a thread is read from its root on.
    const pages = place.threadTs === null ? 1 : MOST_PAGES;
    const found = await retryUnclear(() => findByKey(web, place, 'planbot_answer', key, { pages }))
      // An answer that comes twice is better than none.
      .catch(logged(log, 'warn', 'cannot look up what was posted'));
    return found?.ts === undefined ? null : { channel: place.channel, ts: found.ts };
  }

  async function post(place: SlackPlace, message: Rendered, key: string): Promise<PostedMessage | null> {
    const { channel, threadTs } = place;
    await pacer(channel);
    return inEitherForm(message, log, (blocks) => {
      const body = { channel, text: message.text, blocks, unfurl_links: false, unfurl_media: false };
      return send(place, threadTs === null ? body : { ...body, thread_ts: threadTs }, key);
    });
  }

  async function amend({ channel, ts }: PostedMessage, message: Rendered, key: string): Promise<boolean> {
    const { text } = message;
    const metadata = keyMetadata('planbot_answer', key);
    try {
      await inEitherForm(message, log, (blocks) =>
        retryUnclear(() => web.chat.update({ channel, ts, text, blocks, metadata })),
      );
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

  return {
    post: (place, message, key) => queue(place.channel, () => post(place, message, key)),
    amend: (posted, message, key) => queue(posted.channel, () => amend(posted, message, key)),
    remove: (posted) => queue(posted.channel, () => remove(posted)),
    async whisper({ channel, threadTs }, user, message) {
      const { text } = message;
      const thread = threadTs === null ? {} : { thread_ts: threadTs };
      await inEitherForm(message, log, (blocks) =>
        retryUnclear(() => web.chat.postEphemeral({ channel, user, text, blocks, ...thread })),
      );
      return null;
    },
    async direct(user) {
      const { channel } = await web.conversations.open({ users: user });
      if (channel?.id === undefined) {
        throw new AppError('slack_refused', { message: 'ダイレクトメッセージを開けません' });
      }
      return { channel: channel.id, threadTs: null };
    },
    find,
  };
}

/** Puts a message, or its classic form where the workspace refuses the newer blocks. */
export async function inEitherForm<T>(
  message: Rendered,
  log: Logger,
  put: (blocks: MessageBlock[]) => Promise<T>,
): Promise<T> {
  try {
    return await put(message.blocks);
  } catch (error) {
    if (!refusesBlocks(error)) throw error;
    log.warn({ error: slackErrorCode(error) }, 'blocks refused, posting the classic card');
    return put(message.classic);
  }
}

/** Which of the bot's messages carry a key in their metadata, so that a lost one is looked up before it is sent again. */
type KeyedMessage = 'planbot_answer' | 'planbot_reminder';

export function keyMetadata(of: KeyedMessage, key: string) {
  return { event_type: of, event_payload: { key } };
}

const PAGE = 200;
export const MOST_PAGES = 25;

/**
 * Looks for a message by its key, newest first in a channel and from the root on in a thread. `ts` is undefined where
 * it was not seen; `isWhole`: all of the place was, or in a channel all since a moment in seconds.
 */
export async function findByKey(
  web: WebClient,
  { channel, threadTs }: SlackPlace,
  of: KeyedMessage,
  key: string,
  { pages, since = 0 }: { pages: number; since?: number },
): Promise<{ ts?: string | undefined; isWhole: boolean }> {
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const query = { channel, include_all_metadata: true, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const { messages = [], response_metadata } = await (threadTs === null
      ? web.conversations.history(query)
      : web.conversations.replies({ ...query, ts: threadTs }));
    const found = messages.find(({ metadata }) => {
      const payload: { key?: unknown } = metadata?.event_payload ?? {};
      return metadata?.event_type === of && payload.key === key;
    });
    if (found?.ts) return { ts: found.ts, isWhole: false };
    cursor = response_metadata?.next_cursor || undefined;
    const isPast = threadTs === null && messages.some(({ ts }) => Number(ts) < since);
    if (cursor === undefined || isPast) return { isWhole: true };
  }
  return { isWhole: false };
}
