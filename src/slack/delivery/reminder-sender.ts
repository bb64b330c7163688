import { type ChatPostMessageArguments, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { OutboxMessage } from '../../model/outbox.ts';
import type { Destination, Found, Sender, SendResult } from '../../reminders/sender.ts';
import { boltLogger, describeFault } from '../log.ts';
import { type Rendered, section } from '../views/blocks.ts';
import { reminderView } from '../views/reminder.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { keyMetadata, messageWithKey } from './send-once.ts';
import { isUnclear, refusesBlocks, slackErrorCode } from './slack-errors.ts';

/** A request that lasts longer counts as lost; well below a message's lease. */
const POST_TIMEOUT_MS = 10_000;

/** Delivers without a running app: for one look from the command line. */
export function openReminderSender(parts: {
  botToken: string;
  /** Slack's own where it is not given. */
  slackApiUrl?: string | undefined;
  /** How requests are made; the platform's own where it is not given. */
  fetch?: typeof fetch | undefined;
  log: Logger;
}): Sender {
  const { botToken, slackApiUrl, log } = parts;
  const single = new WebClient(botToken, {
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: POST_TIMEOUT_MS,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    ...(parts.fetch === undefined ? {} : { fetch: parts.fetch }),
  });
  return createReminderSender({ single, pacer: createPacer(), log });
}

export interface ReminderSenderParts {
  /** Neither tries again by itself nor waits out a 429. */
  single: WebClient;
  pacer: Pacer;
  log: Logger;
}

/** Codes that tell that a place is gone, or closed to the bot. */
const GONE = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'user_not_found',
  'user_disabled',
  'user_not_visible',
  'cannot_dm_bot',
  'restricted_action',
]);
const EDIT_GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', ...GONE]);

export function createReminderSender({ single, pacer, log }: ReminderSenderParts): Sender {
  return {
    async post(message, to) {
      try {
        const channel = await channelOf(single, to.place);
        await pacer(channel);
        return await post(single, message, { ...to, place: channel });
      } catch (error) {
        return outcomeOf(error, log);
      }
    },
    async hasLeft(user) {
      if (!/^[UW]/.test(user)) return false;
      try {
        return (await single.users.info({ user })).user?.deleted ?? false;
      } catch (error) {
        return slackErrorCode(error) === 'user_not_found';
      }
    },
    async find(message, to): Promise<Found> {
      try {
        return await findReminder(single, message, { ...to, place: await channelOf(single, to.place) });
      } catch (error) {
        const { error: why } = describeFault(error);
        log.warn({ why }, 'cannot look up a reminder');
        return { kind: 'unknown', why };
      }
    },
    async edit(message, mentions) {
      const { channel, ts } = message;
      if (channel === null || ts === null || message.content.type === 'word') return { kind: 'done' };
      const { blocks, text } = reminderView(message, mentions);
      try {
        await update(single, { channel, ts, text, blocks });
        return { kind: 'done' };
      } catch (error) {
        const code = slackErrorCode(error) ?? '';
        const outcome = outcomeOf(error, log);
        return EDIT_GONE.has(code) ? { kind: 'gone', why: code } : outcome;
      }
    },
  };
}

/** A user's id stands for the direct message with them. */
async function channelOf(web: WebClient, place: string): Promise<string> {
  if (!/^[UW]/.test(place)) return place;
  const { channel } = await web.conversations.open({ users: place });
  return channel?.id ?? place;
}

async function post(web: WebClient, message: OutboxMessage, to: Destination): Promise<SendResult> {
  const { blocks, text } = reminderView(message, to.mentions);
  const common: ChatPostMessageArguments = {
    channel: to.place,
    text,
    unfurl_links: false,
    unfurl_media: false,
    metadata: keyMetadata('planbot_reminder', message.key),
    ...(to.threadTs === null ? {} : { thread_ts: to.threadTs }),
  };
  let result: { ts?: string; channel?: string };
  try {
    result = await web.chat.postMessage({ ...common, blocks });
  } catch (error) {
    if (!refusesBlocks(error)) throw error;
    result = await web.chat.postMessage({ ...common, blocks: wordsAlone(text) });
  }
  const { ts, channel = to.place } = result;
  return ts === undefined ? { kind: 'unclear', why: 'no ts' } : { kind: 'sent', channel, ts };
}

async function update(
  web: WebClient,
  { blocks, ...rest }: { channel: string; ts: string; text: string; blocks: Rendered['blocks'] },
): Promise<void> {
  try {
    await web.chat.update({ ...rest, blocks });
  } catch (error) {
    if (!refusesBlocks(error)) throw error;
    await web.chat.update({ ...rest, blocks: wordsAlone(rest.text) });
  }
}

/** The buttons are lost, the words are not. */
function wordsAlone(text: string): Rendered['blocks'] {
  return [section(text.slice(0, 3_000))];
}

function outcomeOf(error: unknown, log: Logger): Exclude<SendResult, { kind: 'sent' }> {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'busy', seconds: error.retryAfter };
  }
  const { error: why } = describeFault(error);
  log.warn({ why }, 'reminder not posted');
  const code = slackErrorCode(error);
  if (code !== undefined && GONE.has(code)) return { kind: 'gone', why: code };
  return { kind: isUnclear(error) ? 'unclear' : 'refused', why: code ?? why };
}

const PAGE = 200;
const MOST_PAGES = 25;
/** Our clock may have been wrong when the message was written, by weeks: Slack's own is never asked by it. */
const MARGIN_S = 32 * 24 * 60 * 60;

/**
 * Looks for a reminder by its key, newest first. Absent only where everything since it was written was seen;
 * unknown in a channel too busy for that. May throw what the Web API throws.
 */
async function findReminder(web: WebClient, message: OutboxMessage, to: Destination): Promise<Found> {
  const since = message.createdAt.getTime() / 1_000 - MARGIN_S;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages = [], response_metadata } = await readPage(web, to, cursor);
    const found = messageWithKey(messages, 'planbot_reminder', message.key);
    if (found?.ts) {
      return { kind: 'found', channel: to.place, ts: found.ts };
    }
    cursor = response_metadata?.next_cursor || undefined;
    const isPast = to.threadTs === null && messages.some(({ ts }) => Number(ts) < since);
    if (cursor === undefined || isPast) {
      return { kind: 'absent' };
    }
  }
  return { kind: 'unknown', why: 'too many messages' };
}

function readPage(web: WebClient, { place, threadTs }: Destination, cursor: string | undefined) {
  const query = {
    channel: place,
    include_all_metadata: true,
    limit: PAGE,
    ...(cursor === undefined ? {} : { cursor }),
  };
  return threadTs === null
    ? web.conversations.history(query)
    : web.conversations.replies({ ...query, ts: threadTs });
}
