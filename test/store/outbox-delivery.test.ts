import { expect, onTestFinished, test } from 'vitest';
import type { DeliveryClaim } from '../../src/store/outbox-delivery.ts';
import type { Store } from '../../src/store/store.ts';
import { freshFolder } from './data-folder.ts';
import { openTestStore } from './test-store.ts';

const START = Date.parse('2025-08-01T00:30:00Z');
const at = (seconds: number) => new Date(START + seconds * 1_000);
const LEASE_MS = 60_000;

async function withMessage(): Promise<Store> {
  const store = await openTestStore(freshFolder());
  onTestFinished(() => store.close());
  const content = { type: 'word' as const, words: [{ text: 'お知らせ' }] };
  const message = {
    key: 'a',
    parentId: null,
    audience: 'branch' as const,
    branch: '東京',
    content,
    items: [],
  };
  await store.outbox.withDue((trx) => trx.add(message, at(0)));
  return store;
}

async function claimed(store: Store, holder: string, seconds: number): Promise<DeliveryClaim> {
  const claim = await store.outbox.claim(holder, at(seconds), LEASE_MS);
  if (claim === null) throw new Error('nothing to claim');
  return claim;
}

test.each([
  [59, false],
  [60, true],
])(
  'a lease of a minute, after %i seconds: another process may have the message: %s',
  async (seconds, isFree) => {
    const store = await withMessage();
    await claimed(store, 'first', 0);
    expect((await store.outbox.claim('second', at(seconds), LEASE_MS)) !== null).toBe(isFree);
  },
);

test.each([
  [59, true],
  [60, false],
])(
  'who has had a message for %i seconds may post it: %s, whether another has taken it or not',
  async (seconds, may) => {
    const store = await withMessage();
    const claim = await claimed(store, 'first', 0);
    expect(await store.outbox.markPosting(claim, 'C0TOKYO01', at(seconds))).toBe(may);
  },
);

test('what another process has taken since may not be posted', async () => {
  const store = await withMessage();
  const slow = await claimed(store, 'first', 0);
  const quick = await claimed(store, 'second', 61);
  expect(await store.outbox.markPosting(slow, 'C0TOKYO01', at(62))).toBe(false);
  expect(await store.outbox.markPosting(quick, 'C0TOKYO01', at(62))).toBe(true);
});

test('a failure that is reported late does not undo what another process does or did', async () => {
  const store = await withMessage();
  const slow = await claimed(store, 'first', 0);
  const quick = await claimed(store, 'second', 61);
  await store.outbox.markPosting(quick, 'C0TOKYO01', at(62));
  const failure = { state: 'waiting' as const, retryAt: at(63), fault: 'late', nextRoute: true };
  await store.outbox.markFailed(slow, failure, at(63));
  expect(await store.outbox.messages()).toMatchObject([{ state: 'posting', fault: null, route: 0 }]);
  await store.outbox.markSent(1, { channel: 'C0TOKYO01', ts: '1.0' }, at(64));
  await store.outbox.markFailed(slow, failure, at(65));
  expect(await store.outbox.messages()).toMatchObject([{ state: 'sent', ts: '1.0' }]);
});

test('where a message stands is what was found first', async () => {
  const store = await withMessage();
  await claimed(store, 'first', 0);
  await store.outbox.markSent(1, { channel: 'C0TOKYO01', ts: '1.0' }, at(1));
  await store.outbox.markSent(1, { channel: 'C0TOKYO01', ts: '2.0' }, at(2));
  expect(await store.outbox.messages()).toMatchObject([{ state: 'sent', ts: '1.0' }]);
});

test('a request that may have left is looked up by whoever takes the message over', async () => {
  const store = await withMessage();
  const first = await claimed(store, 'first', 0);
  expect(first.mayStand).toBe(false);
  await store.outbox.markPosting(first, 'C0TOKYO01', at(1));
  expect((await claimed(store, 'second', 61)).mayStand).toBe(true);
});

test('a failure is tried again at its time, not before', async () => {
  const store = await withMessage();
  const claim = await claimed(store, 'first', 0);
  await store.outbox.markFailed(claim, { state: 'waiting', retryAt: at(30), fault: 'rate_limited' }, at(1));
  expect(await store.outbox.claim('first', at(29), LEASE_MS)).toBeNull();
  expect(await store.outbox.nextAttempt()).toEqual(at(30));
  expect(await store.outbox.claim('first', at(30), LEASE_MS)).not.toBeNull();
});
