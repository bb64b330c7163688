import { type ChatPostMessageArguments, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { OutboxMessage } from '../../model/outbox.ts';
import type { Destination, Found, Sender, SendResult } from '../../reminders/sender.ts';
import { boltLogger, describeFault } from '../log.ts';
import { NO_METER } from '../ports.ts';
import { createClients, DIRECT, type Network } from '../transport/web-clients.ts';
import { reminderView } from '../views/reminder.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { findByKey, inEitherForm, keyMetadata, MOST_PAGES } from './poster.ts';
import { isUnclear, slackErrorCode } from './slack-errors.ts';

/** Delivers without a running app: for one look from the command line. */
export function openReminderSender(parts: {
  botToken: string;
  slackApiUrl?: string | undefined;
  network?: Network;
  log: Logger;
}): Sender {
  const { botToken, slackApiUrl, network = DIRECT, log } = parts;
  const logger = boltLogger(log);
  const { single } = createClients({ botToken, slackApiUrl, network, logger, meter: NO_METER });
  return createReminderSender({ single, pacer: createPacer(), log });
}

interface ReminderSenderParts {
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
        return await post(single, message, { ...to, place: channel }, log);
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
      const view = reminderView(message, mentions);
      const { text } = view;
      try {
        await inEitherForm(view, log, (blocks) => single.chat.update({ channel, ts, text, blocks }));
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

async function post(
  web: WebClient,
  message: OutboxMessage,
  { place, threadTs, mentions }: Destination,
  log: Logger,
): Promise<SendResult> {
  const view = reminderView(message, mentions);
  const { ts, channel = place } = await inEitherForm(view, log, (blocks) => {
    const body: ChatPostMessageArguments = {
      channel: place,
      text: view.text,
      blocks,
      unfurl_links: false,
      unfurl_media: false,
      metadata: keyMetadata('planbot_reminder', message.key),
    };
    return web.chat.postMessage(threadTs === null ? body : { ...body, thread_ts: threadTs });
  });
  return ts === undefined ? { kind: 'unclear', why: 'no ts' } : { kind: 'sent', channel, ts };
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

/** Our clock may have been wrong when the message was written, by weeks: Slack's own is never asked by it. */
const MARGIN_S = 32 * 24 * 60 * 60;

/** Absent only where everything since it was written was seen; unknown in a channel too busy for that. */
async function findReminder(web: WebClient, message: OutboxMessage, to: Destination): Promise<Found> {
  const { place: channel, threadTs } = to;
  const since = message.createdAt.getTime() / 1_000 - MARGIN_S;
  const limits = { pages: MOST_PAGES, since };
  const { ts, isWhole } = await findByKey(
    web,
    { channel, threadTs },
    'planbot_reminder',
    message.key,
    limits,
  );
  if (ts !== undefined) return { kind: 'found', channel, ts };
  return isWhole ? { kind: 'absent' } : { kind: 'unknown', why: 'too many messages' };
}
