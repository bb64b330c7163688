import type { ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Claim, RequestBook } from '../model/request-book.ts';
import { describeFault } from './log-fault.ts';
import { keyOf, type MessageReading } from './message-event.ts';
import { readSlackRequest, type SlackRequest } from './slack-request.ts';
import type { After } from './timer.ts';

/** What travels with an event in Bolt's `context`. */
export interface InboundContext extends Record<string, unknown> {
  request: SlackRequest;
  reading: MessageReading;
  /** Taken up from a process that died: the answer may stand already. */
  isLate: boolean;
}

export interface InboxParts {
  book: RequestBook;
  read(body: unknown): Promise<MessageReading>;
  /** Acknowledges an event and does all that it asks for. */
  process(event: ReceiverEvent, request: SlackRequest): Promise<void>;
  after: After;
  now: () => Date;
  log: Logger;
}

export interface Inbox {
  /**
   * Takes an event of Slack's. What it asks for is stored before it is acknowledged, and done once over all
   * processes, however often it comes; a process that dies leaves it to the next.
   */
  receive(event: ReceiverEvent, request: SlackRequest): Promise<void>;
  /** Takes up what was left, now and from time to time; gives the way to end. */
  watch(): () => void;
}

/** Below the lease of a request, which this renews. */
const LOOK_EVERY_MS = 15_000;
const AT_ONCE = 4;

export function createInbox({ book, read, process, after, now, log }: InboxParts): Inbox {
  /** However long they take here, they are not abandoned. */
  const running = new Set<string>();
  let isTakingUp = false;

  async function claim(key: string, body: unknown): Promise<Claim> {
    if (running.has(key)) return 'held';
    running.add(key);
    try {
      const claimed = await book.claimRequest({ key, body: JSON.stringify(body) }, now());
      if (claimed === 'held') running.delete(key);
      return claimed;
    } catch (error) {
      // Somebody waits: an answer or an apology that may come twice is better than silence.
      log.error(describeFault(error), 'cannot tell whether a question came before');
      return 'new';
    }
  }

  async function finish(key: string): Promise<void> {
    try {
      await book.finishRequest(key, now());
    } catch (error) {
      log.error(describeFault(error), 'question not marked as answered');
    } finally {
      running.delete(key);
    }
  }

  async function work(event: ReceiverEvent, arrival: InboundContext): Promise<void> {
    const customProperties = { ...event.customProperties, ...arrival };
    await process({ ...event, customProperties }, arrival.request);
  }

  async function receive(event: ReceiverEvent, request: SlackRequest): Promise<void> {
    const reading = await read(event.body);
    if (reading === 'ignored') return event.ack();
    const key = reading === 'other' ? null : keyOf(reading);
    if (key === null) return work(event, { request, reading, isLate: false });
    const claimed = await claim(key, event.body);
    if (claimed === 'held') return event.ack();
    const ack: typeof event.ack = async (response) => {
      // It is stored: where the acknowledgement is lost and the event comes again, it is known.
      await event.ack(response).catch((error: unknown) => {
        log.warn(describeFault(error), 'event not acknowledged');
      });
    };
    try {
      // Also where Slack delivers it again: who took it first may have answered and died.
      await work({ ...event, ack }, { request, reading, isLate: claimed === 'left' });
    } finally {
      await finish(key);
    }
  }

  async function takeUp({ key, body }: { key: string; body: string }): Promise<void> {
    const event = bodyOf(body);
    const reading = event === null ? 'other' : await read(event);
    if (event === null || reading === 'other') {
      // An older version kept it in another shape: it must not stand in the way of the others.
      log.error({ key }, 'a question that was left cannot be read');
      await book.finishRequest(key, now());
    } else if (reading === 'ignored') {
      await book.finishRequest(key, now());
    } else {
      log.warn({ key }, 'taking up a question that was left');
      await receive({ body: event, ack: async () => {} }, readSlackRequest(event));
    }
  }

  /** Some side by side, since one may wait for Slack; not all, since they would end together in the next crash. */
  async function takeUpAll(left: { key: string; body: string }[], isOver: () => boolean): Promise<void> {
    const waiting = left.filter(({ key }) => !running.has(key));
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next && !isOver(); next = waiting.shift()) {
        await takeUp(next).catch((error: unknown) => {
          log.error(describeFault(error), 'cannot take up what was left');
        });
      }
    });
    await Promise.all(workers);
  }

  async function look(isOver: () => boolean): Promise<void> {
    if (running.size > 0) await book.renewRequests([...running], now());
    if (isTakingUp) return;
    isTakingUp = true;
    // The look does not wait for them: what is at work must be renewed meanwhile.
    takeUpAll(await book.abandonedRequests(now()), isOver).finally(() => {
      isTakingUp = false;
    });
  }

  return {
    receive,
    watch() {
      let callOff = () => {};
      let isOver = false;
      async function lookAndWait(): Promise<void> {
        await look(() => isOver).catch((error: unknown) => {
          log.error(describeFault(error), 'cannot take up what was left');
        });
        if (!isOver) callOff = after(LOOK_EVERY_MS, lookAndWait);
      }
      lookAndWait();
      return () => {
        isOver = true;
        callOff();
      };
    },
  };
}

function bodyOf(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : null;
  } catch {
    return null;
  }
}
