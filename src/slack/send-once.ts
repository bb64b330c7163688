import { setTimeout as wait } from 'node:timers/promises';
import { type ChatPostMessageArguments, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { describeFault } from './log-fault.ts';
import { isUnclear } from './slack-errors.ts';

/** Posts a message that is known by its key; resolves with the ts under which it stands. */
export type SendOnce = (message: ChatPostMessageArguments, key: string) => Promise<string | undefined>;

export interface SendOnceParts {
  /** Neither tries again by itself nor waits out a 429. */
  single: WebClient;
  /** For looking up, with the SDK's own retries. */
  web: WebClient;
  log: Logger;
}

const EVENT_TYPE = 'planbot_answer';
/** Before the second, third … attempt. */
const PAUSES_MS = [500, 2_000, 5_000, 15_000, 30_000];
const LOOK_BACK = 20;

/**
 * When the reply to chat.postMessage is lost, the message may stand in the channel all the same. So it carries
 * its key in its metadata, and is looked up there before it is posted again.
 */
export function createSendOnce({ single, web, log }: SendOnceParts): SendOnce {
  return async (message, key) => {
    const keyed = { ...message, metadata: { event_type: EVENT_TYPE, event_payload: { key } } };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return (await single.chat.postMessage(keyed)).ts;
      } catch (error) {
        const pause = PAUSES_MS[attempt];
        if (pause === undefined) {
          throw error;
        }
        if (error instanceof WebAPIRateLimitedError) {
          log.info({ seconds: error.retryAfter }, 'rate limited');
          await wait(error.retryAfter * 1_000);
          continue;
        }
        if (!isUnclear(error)) {
          throw error;
        }
        log.warn(describeFault(error), 'result of a post is unclear');
        await wait(pause);
        const standing = await find(message, key);
        if (standing !== undefined) {
          return standing;
        }
      }
    }
  };

  async function find(
    { channel, thread_ts }: ChatPostMessageArguments,
    key: string,
  ): Promise<string | undefined> {
    const query = { channel, include_all_metadata: true, limit: LOOK_BACK };
    try {
      const { messages = [] } =
        thread_ts === undefined
          ? await web.conversations.history(query)
          : await web.conversations.replies({ ...query, ts: thread_ts, oldest: thread_ts, limit: 1_000 });
      return messages.find(({ metadata }) => keyOf(metadata) === key)?.ts;
    } catch (error) {
      // An answer that comes twice is better than none.
      log.warn(describeFault(error), 'cannot look up what was posted');
      return undefined;
    }
  }
}

function keyOf(metadata: { event_type?: string; event_payload?: object } | undefined): unknown {
  const { event_type, event_payload } = metadata ?? {};
  return event_type === EVENT_TYPE && event_payload && 'key' in event_payload ? event_payload.key : undefined;
}
