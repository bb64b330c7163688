import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import type { AbandonedRequest, Requests } from '../../src/model/request.ts';
import { createInbox, type InboundContext } from '../../src/slack/inbox.ts';
import { readSlackRequest } from '../../src/slack/slack-request.ts';
import { eventually } from '../helpers/eventually.ts';
import { createManualTime } from './manual-time.ts';

const LOOK_MS = 15_000;
const LIMIT_MS = 5 * 60_000;

type Work = (key: string, context: InboundContext) => Promise<void>;

/** An inbox over a book in which a number of requests were left; all else is as the test has it. */
function open({ left = 0, work, book = {} }: { left?: number; work?: Work; book?: Partial<Requests> } = {}) {
  const time = createManualTime();
  let at = 0;
  const waiting = Array.from({ length: left }, (_, n) => abandoned(n));
  const begun: string[] = [];
  const finished: string[] = [];
  const renewed: string[][] = [];
  const whole: Requests = {
    async claim({ key }) {
      const index = waiting.findIndex((one) => one.key === key);
      if (index >= 0) waiting.splice(index, 1);
      return index >= 0 ? 2 : 1;
    },
    async finish({ key }) {
      finished.push(key);
    },
    async renew(taken) {
      const keys = taken.map(({ key }) => key);
      renewed.push(keys);
      return keys;
    },
    abandoned: async () => [...waiting],
    ...book,
  };
  const inbox = createInbox({
    book: whole,
    read: async (body) => ({ kind: 'question', call: 'direct', message: body as never }),
    async process(event) {
      const { channel, ts } = event.body;
      const key = `message:${channel}:${ts}`;
      begun.push(key);
      await event.ack();
      await work?.(key, event.customProperties as InboundContext);
    },
    after: time.after,
    now: () => new Date(at),
    log: pino({ level: 'silent' }),
  });
  const acknowledge = vi.fn(async () => {});
  return {
    inbox,
    begun,
    finished,
    renewed,
    acknowledge,
    receive: (n: number) => {
      const body = message(n);
      return inbox.receive({ body, ack: acknowledge }, readSlackRequest(body));
    },
    /** The clock alone goes on, as while a process stands still. */
    sleep(ms: number) {
      at += ms;
    },
    async pass(ms: number) {
      at += ms;
      time.pass(ms);
      await settle();
    },
  };
}

/** All that needs no time has happened. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const message = (n: number) => ({ channel: 'D1', ts: `${n}.0`, user: 'U1', text: '' });
const keyOf = (n: number) => `message:D1:${n}.0`;
const abandoned = (n: number): AbandonedRequest => ({
  key: keyOf(n),
  body: JSON.stringify(message(n)),
  attempt: 1,
});
function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  return { promise, resolve: () => resolve() };
}
const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => keyOf(from + n));
const never = () => new Promise<never>(() => {});
const locked = () => Promise.reject(new Error('database is locked'));

describe('what was left is taken up', () => {
  test('all of it and in order, however much there is', async () => {
    const { inbox, begun, finished } = open({ left: 2_000, work: settle });
    const end = inbox.watch();
    await eventually(() => expect(finished).toHaveLength(2_000));
    expect(begun).toEqual(keys(0, 2_000));
    end();
  });

  test('in the next round, where one failed', async () => {
    let isLocked = true;
    const { inbox, begun, pass } = open({
      book: { abandoned: async () => (isLocked ? locked() : [abandoned(0)]) },
    });
    const end = inbox.watch();
    await settle();
    isLocked = false;
    await pass(LOOK_MS);
    expect(begun).toEqual([keyOf(0)]);
    end();
  });

  test('though what is at work cannot be renewed', async () => {
    const { inbox, begun, receive } = open({ left: 1, work: never, book: { renew: locked } });
    receive(7);
    await settle();
    const end = inbox.watch();
    await settle();
    expect(begun).toEqual([keyOf(7), keyOf(0)]);
    end();
  });

  test('after a limit, where those before it hang', async () => {
    const work: Work = (key) => (keys(0, 4).includes(key) ? never() : Promise.resolve());
    const { inbox, begun, renewed, finished, pass } = open({ left: 10, work });
    const end = inbox.watch();
    await settle();
    for (let passed = LOOK_MS; passed < LIMIT_MS; passed += LOOK_MS) await pass(LOOK_MS);
    expect(begun).toEqual(keys(0, 4));
    expect(renewed.at(-1)).toEqual(keys(0, 4));
    await pass(LOOK_MS);
    await settle();
    expect(begun).toEqual(keys(0, 10));
    expect(finished).toEqual(keys(4, 10));
    // Theirs runs out, and the next process may try.
    const before = renewed.length;
    await pass(LOOK_MS);
    expect(renewed.slice(before)).toEqual([]);
    end();
  });
});

describe('what the store cannot take', () => {
  test('is acknowledged when it is answered, and not begun twice until then', async () => {
    let isLocked = true;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { begun, finished, acknowledge, receive } = open({
      work: () => answered,
      book: { claim: () => (isLocked ? locked() : Promise.resolve(1)) },
    });
    const first = receive(0);
    await settle();
    await receive(0);
    expect(begun).toEqual([keyOf(0)]);
    expect(acknowledge).not.toHaveBeenCalled();
    isLocked = false;
    answer();
    await first;
    expect(acknowledge).toHaveBeenCalledTimes(1);
    expect(finished).toEqual([keyOf(0)]);
  });

  test('is acknowledged before it is answered where it can', async () => {
    const { acknowledge, receive } = open({ work: never });
    receive(0);
    await settle();
    await receive(0);
    expect(acknowledge).toHaveBeenCalledTimes(2);
  });
});

describe('whoever answers still holds the question', () => {
  /** The process stands still for a time before it asks. */
  async function heldAfter(ms: number, renewRequests: Requests['renew']) {
    const held: boolean[] = [];
    const asked = vi.fn(renewRequests);
    const opened = open({
      book: { renew: asked },
      async work(_, { isHeld }) {
        opened.sleep(ms);
        held.push(await isHeld());
      },
    });
    await opened.receive(0);
    return { held, asks: asked.mock.calls.length, isFinished: opened.finished.length === 1 };
  }

  test('though a look at what is held began before it was stored', async () => {
    const stored = gate();
    const looked = gate();
    const held: boolean[] = [];
    const { inbox, receive } = open({
      book: {
        claim: async ({ key }) => (key === keyOf(1) ? stored.promise.then(() => 1) : 1),
        renew: async (taken) => looked.promise.then(() => taken.map(({ key }) => key)),
      },
      async work(key, { isHeld }) {
        await looked.promise;
        await settle();
        if (key === keyOf(1)) held.push(await isHeld());
      },
    });
    const answered = [receive(0), receive(1)];
    await settle();
    const end = inbox.watch();
    stored.resolve();
    await settle();
    looked.resolve();
    await Promise.all(answered);
    expect(held).toEqual([true]);
    end();
  });

  test.each([
    ['within its lease, without a look', 29_000, async () => [], [true], 0, true],
    ['after it, where nobody took it', 60_000, async () => [keyOf(0)], [true], 1, true],
    ['not where somebody took it', 60_000, async () => [], [false], 1, false],
    ['not where the store cannot tell', 60_000, locked, [false], 1, false],
  ])('%s', async (_, ms, renewRequests, held, asks, isFinished) => {
    expect(await heldAfter(ms, renewRequests)).toEqual({ held, asks, isFinished });
  });
});
