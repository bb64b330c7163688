import { expect, onTestFinished, test } from 'vitest';
import { freshFolder } from './data-folder.ts';
import { openTestStore, runRaw } from './test-store.ts';

/** Seconds after the start. */
function at(seconds: number): Date {
  return new Date(Date.UTC(2025, 6, 1) + seconds * 1_000);
}

const DAY = 24 * 60 * 60;

async function open(dataDir = freshFolder()) {
  const store = await openTestStore(dataDir);
  onTestFinished(() => store.close());
  return store;
}

const asked = { key: 'message:C1:1.1', body: '{"text":"東京のGEは？"}' };

test('a request is taken once, by whichever process gets it first', async () => {
  const dataDir = freshFolder();
  const [one, two] = await Promise.all([open(dataDir), open(dataDir)]);
  const taken = await Promise.all([one.requests.claim(asked, at(0)), two.requests.claim(asked, at(0))]);
  expect(taken.toSorted()).toEqual([1, null]);
  expect(await two.requests.claim(asked, at(44))).toBeNull();
  expect(await two.requests.claim({ key: 'message:C1:1.2', body: null }, at(44))).toBe(1);
});

test('an answered request is never taken again', async () => {
  const store = await open();
  await store.requests.claim(asked, at(0));
  await store.requests.finish({ ...asked, attempt: 1 }, at(1));
  expect(await store.requests.renew([{ ...asked, attempt: 1 }], at(2))).toEqual([]);
  expect(await store.requests.claim(asked, at(3_600))).toBeNull();
  expect(await store.requests.abandoned(at(3_600))).toEqual([]);
});

test('a request whose process died is taken by one other, once its time has run out', async () => {
  const dataDir = freshFolder();
  const [one, two] = await Promise.all([open(dataDir), open(dataDir)]);
  await one.requests.claim(asked, at(0));
  expect(await two.requests.abandoned(at(40))).toEqual([]);
  expect(await two.requests.abandoned(at(46))).toEqual([{ ...asked, attempt: 1 }]);
  const taken = await Promise.all([one.requests.claim(asked, at(46)), two.requests.claim(asked, at(46))]);
  expect(taken.toSorted()).toEqual([2, null]);
  expect(await two.requests.abandoned(at(47))).toEqual([]);
});

test('what nobody would take up again is not listed', async () => {
  const store = await open();
  await store.requests.claim({ key: 'edit:C1:1.1', body: null }, at(0));
  await store.requests.claim(asked, at(0));
  expect(await store.requests.abandoned(at(DAY + 1))).toEqual([]);
  expect(await store.requests.abandoned(at(DAY))).toEqual([{ ...asked, attempt: 1 }]);
});

test('no text of a question stays when it is answered', async () => {
  const store = await open();
  await store.requests.claim(asked, at(0));
  await store.requests.finish({ ...asked, attempt: 1 }, at(1));
  expect(await runRaw(store, 'select body from request')).toEqual([{ body: null }]);
});

test('old requests are forgotten, so that the table does not grow for ever', async () => {
  const store = await open();
  await store.requests.claim(asked, at(0));
  await store.requests.finish({ ...asked, attempt: 1 }, at(1));
  await store.requests.claim({ key: 'message:C1:9.9', body: null }, at(2 * DAY));
  expect(await store.requests.claim(asked, at(2 * DAY))).toBe(1);
});

test('a request that somebody is still at work on is not taken', async () => {
  const dataDir = freshFolder();
  const [one, two] = await Promise.all([open(dataDir), open(dataDir)]);
  await one.requests.claim(asked, at(0));
  await one.requests.renew([{ ...asked, attempt: 1 }], at(40));
  expect(await two.requests.abandoned(at(80))).toEqual([]);
  expect(await two.requests.claim(asked, at(80))).toBeNull();
  expect(await two.requests.abandoned(at(86))).toEqual([{ ...asked, attempt: 1 }]);
});

test('a request that ends each process that takes it is left at last', async () => {
  const store = await open();
  let seconds = 0;
  for (let turn = 0; turn < 10; turn += 1, seconds += 46) {
    expect(await store.requests.claim(asked, at(seconds))).toBe(turn + 1);
  }
  expect(await store.requests.abandoned(at(seconds))).toEqual([]);
});

test('who stood still while another took the request neither renews nor ends it', async () => {
  const dataDir = freshFolder();
  const [one, two] = await Promise.all([open(dataDir), open(dataDir)]);
  await one.requests.claim(asked, at(0));
  await two.requests.claim(asked, at(46));
  const stale = { ...asked, attempt: 1 };
  expect(await one.requests.renew([stale], at(80))).toEqual([]);
  await one.requests.finish(stale, at(80));
  expect(await two.requests.abandoned(at(92))).toEqual([{ ...asked, attempt: 2 }]);
  expect(await two.requests.renew([{ ...asked, attempt: 2 }], at(92))).toEqual([asked.key]);
});

test('more requests than a statement takes are renewed, whichever attempt they are', async () => {
  const store = await open();
  const keys = Array.from({ length: 1_200 }, (_, n) => `message:C1:${n}`);
  for (const key of keys) await store.requests.claim({ key, body: '{}' }, at(0));
  for (const key of keys.slice(0, 100)) await store.requests.claim({ key, body: '{}' }, at(46));
  const taken = keys.map((key, n) => ({ key, attempt: n < 100 ? 2 : 1 }));
  expect((await store.requests.renew(taken, at(50))).toSorted()).toEqual(keys.toSorted());
  expect(await store.requests.abandoned(at(94))).toEqual([]);
});
