import type { ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import type { AbandonedRequest, Requests, TakenRequest } from '../model/request.ts';
import { type After, repeat } from './drain.ts';
import { describeFault, logged } from './log.ts';
import { keyOf, type MessageReading } from './message-event.ts';
import { readSlackRequest, type SlackRequest } from './slack-request.ts';

/** What travels with an event in Bolt's `context`. */
export interface InboundContext extends Record<string, unknown> {
  request: SlackRequest;
  reading: MessageReading;
  /** Taken up from a process that died: the answer may stand already. */
  isLate: boolean;
  /** Asked right before the answer is posted: false where another process may have taken the request since. */
  isHeld(): Promise<boolean>;
}

interface InboxParts {
  book: Requests;
  read(body: unknown): Promise<MessageReading>;
  process(event: ReceiverEvent, request: SlackRequest): Promise<void>;
  after: After;
  now: () => Date;
  log: Logger;
}

interface Inbox {
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
/** After a missed renewal the store is asked whose a request is; its lease still runs then. */
const SURE_MS = 2 * LOOK_EVERY_MS;
/** Longer than Slack's calls and their repetitions take. What hangs is then left to whoever looks next. */
const WORK_LIMIT_MS = 5 * 60_000;
const AT_ONCE = 4;

/** What this process is at work on. */
interface Work {
  key: string;
  /** Null where the store could not take the request: nobody else knows of it. */
  taken: TakenRequest | null;
  /** When the lease began, or was renewed. */
  since: Date;
  /** Another process has it, or may have. */
  isLost: boolean;
}

export function createInbox({ book, read, process, after, now, log }: InboxParts): Inbox {
  const running = new Map<string, Work>();
  let isTakingUp = false;

  /** Null where it is answered, or somebody is at work on it. */
  async function claim(key: string, body: unknown, since: Date): Promise<TakenRequest | null> {
    const attempt = await book.claim({ key, body: JSON.stringify(body) }, since);
    return attempt === null ? null : { key, attempt };
  }

  /** The same, noting what runs here. */
  async function begin(key: string, body: unknown): Promise<Work | null> {
    const work: Work = { key, taken: null, since: now(), isLost: false };
    running.set(key, work);
    try {
      work.taken = await claim(key, body, work.since);
      if (work.taken === null) running.delete(key);
      return work.taken === null ? null : work;
    } catch (error) {
      // Somebody waits: an answer or an apology that may come twice is better than silence.
      log.error(describeFault(error), 'cannot tell whether a question came before');
      return work;
    }
  }

  /** By the clock; only whoever missed a renewal, as a process that stood still, asks the store. */
  async function isHeld(work: Work): Promise<boolean> {
    if (work.taken === null) return true;
    if (!work.isLost && now().getTime() - work.since.getTime() >= SURE_MS) {
      await renew([work]).catch((error: unknown) => {
        log.error(describeFault(error), 'cannot tell whether a question is still held');
        work.isLost = true;
      });
    }
    if (work.isLost) log.warn({ key: work.key }, 'a question is left to another process');
    return !work.isLost;
  }

  async function renew(works: readonly Work[]): Promise<void> {
    // What is stored while the store is asked was not asked for.
    const stored = works.flatMap((work) => (work.taken === null ? [] : [{ work, taken: work.taken }]));
    if (stored.length === 0) return;
    const since = now();
    const asked = stored.map(({ taken }) => taken);
    const kept = new Set(await book.renew(asked, since));
    for (const { work } of stored) {
      if (kept.has(work.key)) work.since = since;
      else work.isLost = true;
    }
  }

  async function end(work: Work, body: unknown): Promise<void> {
    const { key } = work;
    try {
      // So that what was answered is known when it comes again, though the store could not take it at first.
      const taken = work.taken ?? (await claim(key, body, now()));
      if (taken !== null && !work.isLost) await book.finish(taken, now());
    } catch (error) {
      log.error(describeFault(error), 'question not marked as answered');
    } finally {
      // After the limit somebody else may be at it here.
      if (running.get(key) === work) running.delete(key);
    }
  }

  async function work(event: ReceiverEvent, arrival: InboundContext): Promise<void> {
    const customProperties = { ...event.customProperties, ...arrival };
    await process({ ...event, customProperties }, arrival.request);
  }

  async function receive(event: ReceiverEvent, request: SlackRequest): Promise<void> {
    const reading = await read(event.body);
    if (reading === 'ignored') return event.ack();
    const key = reading === 'other' ? request.owedAs : keyOf(reading);
    if (key === null) return work(event, { request, reading, isLate: false, isHeld: async () => true });
    const before = running.get(key);
    // What is not stored is acknowledged when it is answered: Slack keeps it until then. Not so a command or a click.
    const waits = (work: Work) => work.taken === null && reading !== 'other';
    if (before !== undefined) return waits(before) ? undefined : event.ack();
    const begun = await begin(key, event.body);
    if (begun === null) return event.ack();
    const acknowledge: typeof event.ack = async (response) => {
      // It is stored or answered: where the acknowledgement is lost and the event comes again, it is known.
      await event.ack(response).catch(logged(log, 'warn', 'event not acknowledged'));
    };
    const isLast = waits(begun);
    const ack = isLast ? async () => {} : acknowledge;
    // Also where Slack delivers it again: who took it first may have answered and died.
    const isLate = begun.taken === null ? (event.retryNum ?? 0) > 0 : begun.taken.attempt > 1;
    const arrival = { request, reading, isLate, isHeld: () => isHeld(begun) };
    const answered = work({ ...event, ack }, arrival).finally(() => end(begun, event.body));
    await untilLimit(answered, begun);
    if (isLast) await acknowledge();
  }

  /** Resolves at the limit too: what hangs is renewed no more, and keeps nobody waiting. */
  function untilLimit(answered: Promise<void>, begun: Work): Promise<void> {
    return new Promise((resolve, reject) => {
      const callOff = after(WORK_LIMIT_MS, () => {
        log.error({ key: begun.key }, 'a question takes too long');
        if (running.get(begun.key) === begun) running.delete(begun.key);
        resolve();
      });
      answered.then(resolve, reject).finally(callOff);
    });
  }

  async function takeUp({ body, ...left }: AbandonedRequest): Promise<void> {
    const { key } = left;
    const event = bodyOf(body);
    const request = readSlackRequest(event);
    const reading = await read(event);
    if (event === null || (reading === 'other' && request.owedAs === null)) {
      // An older version kept it in another shape: it must not stand in the way of the others.
      log.error({ key }, 'a question that was left cannot be read');
      await book.finish(left, now());
    } else if (reading === 'ignored') {
      await book.finish(left, now());
    } else {
      log.warn({ key }, 'taking up a question that was left');
      await receive({ body: event, ack: async () => {} }, request);
    }
  }

  /** Some side by side, since one may wait for Slack; not all, since they would end together in the next crash. */
  async function takeUpAll(left: AbandonedRequest[], isOver: () => boolean): Promise<void> {
    const waiting = left.filter(({ key }) => !running.has(key));
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next && !isOver(); next = waiting.shift()) {
        await takeUp(next).catch(logged(log, 'error', 'cannot take up what was left'));
      }
    });
    await Promise.all(workers);
  }

  async function look(isOver: () => boolean): Promise<void> {
    await renew([...running.values()]).catch(logged(log, 'error', 'questions at work not renewed'));
    if (isTakingUp) return;
    const left = await book.abandoned(now());
    isTakingUp = true;
    // The look does not wait for them: what is at work must be renewed meanwhile.
    takeUpAll(left, isOver).finally(() => {
      isTakingUp = false;
    });
  }

  return {
    receive,
    watch: () =>
      repeat(after, LOOK_EVERY_MS, (isOver) =>
        look(isOver).catch(logged(log, 'error', 'cannot take up what was left')),
      ),
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
