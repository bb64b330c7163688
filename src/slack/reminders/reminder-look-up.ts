import type { WebClient } from '@slack/web-api';
import type { OutboxMessage } from '../../model/outbox.ts';
import type { Destination, Found } from '../../reminders/sender.ts';

/** The metadata that a reminder carries its key in. */
export const REMINDER_EVENT = 'planbot_reminder';

const PAGE = 200;
const MOST_PAGES = 25;
/** Our clock may have been wrong when the message was written, by weeks: Slack's own is never asked by it. */
const MARGIN_S = 32 * 24 * 60 * 60;

/**
 * Looks for a reminder by its key, newest first. Absent only where everything since it was written was seen;
 * unknown in a channel too busy for that. May throw what the Web API throws.
 */
export async function findReminder(web: WebClient, message: OutboxMessage, to: Destination): Promise<Found> {
  const since = message.createdAt.getTime() / 1_000 - MARGIN_S;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages = [], response_metadata } = await readPage(web, to, cursor);
    const found = messages.find(({ metadata }) => keyOf(metadata) === message.key);
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

function keyOf(metadata: { event_type?: string; event_payload?: object } | undefined): unknown {
  const { event_type, event_payload } = metadata ?? {};
  return event_type === REMINDER_EVENT && event_payload && 'key' in event_payload
    ? event_payload.key
    : undefined;
}
