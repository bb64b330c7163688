import { setTimeout as wait } from 'node:timers/promises';
import { type ChatPostMessageArguments, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { describeFault } from '../log.ts';
import { isUnclear, retryUnclear } from './slack-errors.ts';

export interface SendOnce {
  /** Posts a message that is known by its key; resolves with the ts under which it stands. */
  send(message: ChatPostMessageArguments, key: string): Promise<string | undefined>;
  /** The ts of the message with a key among the latest of a thread or channel; undefined where it is not seen. */
  find(place: { channel: string; thread_ts?: string | undefined }, key: string): Promise<string | undefined>;
}

export interface SendOnceParts {
  /** Neither tries again by itself nor waits out a 429. */
  single: WebClient;
  /** For looking up, with the SDK's own retries. */
  web: WebClient;
  log: Logger;
  /** In real time where it is not given. */
  pause?: (ms: number) => Promise<unknown>;
}

/** Before the second, third … attempt. */
const PAUSES_MS = [1_000, 3_000, 8_000, 15_000, 30_000];
const LATE_MS = 3_000;
const LOOK_BACK = 20;

/**
 * When the reply to chat.postMessage is lost, the message may stand in the channel all the same. So it carries
 * its key in its metadata, and is looked up there before it is posted again.
 */
export function createSendOnce({ single, web, log, pause = wait }: SendOnceParts): SendOnce {
  async function send(message: ChatPostMessageArguments, key: string): Promise<string | undefined> {
    const keyed = { ...message, metadata: keyMetadata('planbot_answer', key) };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return (await single.chat.postMessage(keyed)).ts;
      } catch (error) {
        const delay = PAUSES_MS[attempt];
        if (delay === undefined) {
          throw error;
        }
        if (error instanceof WebAPIRateLimitedError) {
          log.info({ seconds: error.retryAfter }, 'rate limited');
          await pause(error.retryAfter * 1_000);
          continue;
        }
        if (!isUnclear(error)) {
          throw error;
        }
        log.warn(describeFault(error), 'result of a post is unclear');
        // Looked up twice: a Slack that is late takes it after the first look.
        for (const ms of [delay, LATE_MS]) {
          await pause(ms);
          const standing = await find(message, key);
          if (standing !== undefined) return standing;
        }
      }
    }
  }

  async function find(
    { channel, thread_ts }: { channel: string; thread_ts?: string | undefined },
    key: string,
  ): Promise<string | undefined> {
    const query = { channel, include_all_metadata: true, limit: LOOK_BACK };
    try {
      const { messages = [] } = await retryUnclear(() =>
        thread_ts === undefined
          ? web.conversations.history(query)
          : web.conversations.replies({ ...query, ts: thread_ts, oldest: thread_ts, limit: 1_000 }),
      );
      return messageWithKey(messages, 'planbot_answer', key)?.ts;
    } catch (error) {
      // An answer that comes twice is better than none.
      log.warn(describeFault(error), 'cannot look up what was posted');
      return undefined;
    }
  }

  return { send, find };
}

/** Which of the bot's messages carry a key in their metadata, so that a lost one is looked up before it is sent again. */
export type KeyedMessage = 'planbot_answer' | 'planbot_reminder';

export interface KeyMetadata {
  event_type: KeyedMessage;
  event_payload: { key: string };
}

export function keyMetadata(of: KeyedMessage, key: string): KeyMetadata {
  return { event_type: of, event_payload: { key } };
}

/** The message with a key among those that Slack listed with their metadata. */
export function messageWithKey<
  M extends { metadata?: { event_type?: string; event_payload?: object } | undefined },
>(messages: readonly M[], of: KeyedMessage, key: string): M | undefined {
  return messages.find(({ metadata }) => {
    const { event_type, event_payload } = metadata ?? {};
    return event_type === of && event_payload && 'key' in event_payload && event_payload.key === key;
  });
}
