import { EventEmitter, once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { freshFolder } from '../data-folder.ts';
import { madeUpDocument } from '../made-up-document.ts';
import { openTestStore, runRaw } from '../test-store.ts';

const NOW = new Date('2025-08-01T00:30:00Z');

/** As many processes on one database. */
async function replicas(count: number): Promise<[Store, Store, ...Store[]]> {
  const dataDir = freshFolder();
  const stores: Store[] = [];
  for (let n = 0; n < count; n += 1) stores.push(await openTestStore(dataDir));
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  return stores as [Store, Store, ...Store[]];
}

function message(key: string) {
  const content = { type: 'word' as const, words: [{ text: 'お知らせ' }] };
  return { key, parentId: null, audience: 'branch' as const, branch: '東京', content, items: [] };
}

test('each message is claimed by one of the processes that look for work at once', async () => {
  const stores = await replicas(3);
  await stores[0].outbox.withDue(async (trx) => {
    for (let n = 0; n < 60; n += 1) await trx.add(message(`k${n}`), NOW);
  });
  const claimed: string[] = [];
  const work = async (store: Store, holder: string) => {
    for (;;) {
      const claim = await store.outbox.claim(holder, NOW, 60_000);
      if (claim === null) return;
      claimed.push(claim.message.key);
      if (await store.outbox.markPosting(claim, 'C1', NOW)) {
        await store.outbox.markSent(claim.message.id, { channel: 'C1', ts: '1.1' }, NOW);
      }
    }
  };
  await Promise.all(stores.flatMap((store, n) => ['a', 'b'].map((twin) => work(store, `${n}${twin}`))));
  expect(claimed).toHaveLength(60);
  expect(new Set(claimed).size).toBe(60);
  expect(await stores[0].outbox.counts()).toEqual([{ state: 'sent', count: 60 }]);
});

test('one process at a time looks for what is due, and the next sees what it wrote', async () => {
  const stores = await replicas(3);
  const seen = await Promise.all(
    Array.from({ length: 9 }, (_, n) =>
      (stores[n % 3] ?? stores[0]).outbox.withDue(async (trx) => {
        const known = (await trx.messageId('the same')) !== null;
        await trx.add(message('the same'), NOW);
        return known;
      }),
    ),
  );
  expect(seen.filter((known) => !known)).toHaveLength(1);
  expect(await stores[0].outbox.messages()).toHaveLength(1);
});

test('a request that Slack delivers to every process at once is taken by one', async () => {
  const stores = await replicas(3);
  for (let n = 0; n < 20; n += 1) {
    const taken = await Promise.all(
      [...stores, ...stores].map((store) => store.requests.claim({ key: `message:${n}`, body: '{}' }, NOW)),
    );
    expect(taken.filter((claim) => claim === 1)).toHaveLength(1);
    expect(taken.filter((claim) => claim === null)).toHaveLength(5);
  }
});

test('imports of the same figure at once leave one that holds, and ingests of the same file one document', async () => {
  const stores = await replicas(3);
  const figures = stores.map((store, n) => {
    const row = {
      branch: '東京',
      fy: 7,
      indicator: 'generic_rate',
      asOf: '2025-06-30',
      value: 80 + n,
      text: `${80 + n}％`,
      note: null,
    };
    const lines = [{ line: 2, key: 'same', row }];
    return store.figures.import({ kind: 'kpi', file: `${n}.csv`, digest: '', by: null, lines }, NOW);
  });
  const documents = stores.map((store) => store.documents.replace([madeUpDocument()], NOW));
  await Promise.all([...figures, ...documents]);
  expect(await stores[0].figures.reportedActuals()).toHaveLength(1);
  expect((await stores[0].figures.history()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  expect(await stores[0].documents.list()).toHaveLength(1);
});

test.each([
  ['a document', (store: Store) => store.documents.replace([madeUpDocument()], NOW)],
  [
    'a setting',
    (store: Store) => store.settings.savePerson('U0USER1', { branch: '東京', notices: true }, NOW),
  ],
  [
    'a figure',
    (store: Store) =>
      store.figures.import({ kind: 'owners', file: 'o.csv', digest: '', by: null, lines: [] }, NOW),
  ],
])('%s that one process saves is told to the others', async (_, change) => {
  const [one, two] = await replicas(2);
  const heard = new EventEmitter();
  const ready = once(heard, 'changed');
  two.listen(() => heard.emit('changed'));
  await ready;
  const told = once(heard, 'changed');
  await change(one);
  await told;
});

test('a process goes on answering while another adds columns to every table', async () => {
  const [old] = await replicas(1);
  await old.documents.replace([madeUpDocument()], NOW);
  await old.members.save({ user: 'U0USER1', role: 'admin', branches: [] }, 'U0USER1', NOW);
  await old.outbox.withDue((trx) => trx.add(message('a'), NOW));
  const tables = await runRaw(
    old,
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  for (const { name } of tables as { name: string }[]) {
    await runRaw(old, `alter table "${name}" add column later text`);
  }
  expect(await old.knowledge.parts()).toHaveLength(madeUpDocument().parts.length);
  expect(await old.knowledge.kpis({})).toHaveLength(madeUpDocument().kpis.length);
  expect(await old.documents.passages()).toHaveLength(madeUpDocument().passages.length);
  expect(await old.members.list()).toHaveLength(1);
  expect(await old.audit.entries()).toHaveLength(2);
  await old.feedback.save({ user: 'U0USER1', channel: 'C1', ts: '1.1', verdict: 'good', comment: null }, NOW);
  expect(await old.feedback.list()).toHaveLength(1);
  expect(await old.outbox.claim('x', NOW, 1_000)).toMatchObject({ message: { key: 'a' } });
  expect(await old.documents.replace([madeUpDocument()], NOW)).toMatchObject([{ kind: 'unchanged' }]);
});

test('text is in the same order as in SQLite, whatever the order of the database', async () => {
  const [store] = await replicas(1);
  const names = ['b.txt', 'B.txt', 'あ.txt', 'ア.txt', 'a.txt', '１.txt', '亜.txt', 'Ａ.txt', '-.txt'];
  await store.documents.replace(
    names.map((name) => madeUpDocument(name)),
    NOW,
  );
  expect((await store.documents.list()).map(({ file }) => file)).toEqual([...names].sort());
});

test('a broken text with 0x00 in it is kept as what it can be', async () => {
  const [store] = await replicas(1);
  await store.unanswered.keep({ question: 'a\0b', understood: 'a', outcome: 'not_found' }, NOW);
  expect(await store.unanswered.list()).toMatchObject([{ question: 'a\ufffdb' }]);
});
