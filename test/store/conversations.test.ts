import { expect, onTestFinished, test } from 'vitest';
import { EMPTY_QUERY, type ThreadContext } from '../../src/model/query.ts';
import { freshFolder } from './data-folder.ts';
import { openTestStore, runRaw } from './test-store.ts';

const QUERY = {
  ...EMPTY_QUERY,
  indicators: ['generic_rate'],
  scope: { ...EMPTY_QUERY.scope, branches: ['東京'], fys: [7] },
};
const CONTEXT: ThreadContext = { query: QUERY, recent: [QUERY] };
const RANKED: ThreadContext = { query: { ...QUERY, order: 'high', limit: 3 }, recent: [QUERY] };

function at(day: number, hour = 0): Date {
  return new Date(Date.UTC(2025, 6, day, hour));
}

async function open(dataDir = freshFolder()) {
  const store = await openTestStore(dataDir);
  onTestFinished(() => store.close());
  return store;
}

test('a thread is remembered, by its own key only, also by another process', async () => {
  const dataDir = freshFolder();
  const store = await open(dataDir);
  await store.threads.save('C1:1', CONTEXT, at(1));
  await store.threads.save('C1:1', RANKED, at(2));
  const restarted = await open(dataDir);
  expect(await restarted.threads.load('C1:1')).toEqual(RANKED);
  expect(await restarted.threads.load('C1:2')).toBeNull();
});

test('a thread fades two weeks after it was last touched', async () => {
  const store = await open();
  await store.threads.save('old', CONTEXT, at(1));
  await store.threads.save('kept', CONTEXT, at(3));
  await store.threads.save('new', CONTEXT, at(16));
  expect(await store.threads.load('old')).toBeNull();
  expect(await store.threads.load('kept')).toEqual(CONTEXT);
});

test('a context that an older version wrote counts as faded', async () => {
  const store = await open();
  await store.threads.save('C1:1', CONTEXT, at(1));
  await runRaw(
    store,
    `update thread set context = '{"branches":["東京"],"fys":[7],"indicators":[],"topic":"kpi","asked":"東京は？"}'`,
  );
  expect(await store.threads.load('C1:1')).toBeNull();
});

test('a thread that only asked for help is known, and about nothing', async () => {
  const store = await open();
  await store.threads.save('C1:1', null, at(1));
  expect(await store.threads.knows('C1:1')).toBe(true);
  expect(await store.threads.load('C1:1')).toBeNull();
  expect(await store.threads.knows('C1:2')).toBe(false);
});

test('questions without an answer are listed, oldest first', async () => {
  const store = await open();
  await store.unanswered.keep({ question: '健診率は？', understood: '', outcome: 'clarify' }, at(2));
  await store.unanswered.keep({ question: '天気は？', understood: '天気', outcome: 'not_found' }, at(1));
  expect(await store.unanswered.list()).toEqual([
    { question: '天気は？', understood: '天気', outcome: 'not_found', askedAt: at(1).toISOString() },
    { question: '健診率は？', understood: '', outcome: 'clarify', askedAt: at(2).toISOString() },
  ]);
});
