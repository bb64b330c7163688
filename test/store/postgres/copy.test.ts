import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findPostgres } from '../../../scripts/postgres-server.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { planbot } from '../../cli/command-line.ts';
import { freshFolder } from '../data-folder.ts';
import { madeUpDocument } from '../made-up-document.ts';
import { locationOf, runRaw } from '../test-store.ts';

const NOW = new Date('2025-08-01T00:30:00Z');
const AFTER = new Date('2025-08-01T01:30:00Z');

/** Something in every table that has a key of its own making, with ids that do not begin at 1. */
async function fill(store: Store): Promise<void> {
  await store.documents.replace([madeUpDocument('a.txt'), madeUpDocument('b.txt')], NOW);
  await store.members.save({ user: 'U0USER1', role: 'admin', branches: [] }, 'U0USER0', NOW);
  await store.settings.savePerson('U0USER1', { branch: '東京', notices: true }, NOW);
  await store.answers.save(
    { channel: 'C1', ts: '2.1', questionTs: '1.1', asker: 'U0USER1', asked: '東京は？' },
    NOW,
  );
  await store.feedback.save(
    { user: 'U0USER1', channel: 'C1', ts: '2.1', verdict: 'good', comment: null },
    NOW,
  );
  await store.unanswered.keep({ question: '火星は？', understood: '火星は？', outcome: 'not_found' }, NOW);
  await store.requests.claim({ key: 'message:C1:1.1', body: '{}' }, NOW);
  await store.threads.save('C1:1.1', null, NOW);
  const row = { branch: '東京', channel: 'C0TOKYO01', owner: 'U0USER1', deputy: null };
  const lines = [{ line: 2, key: '東京', row }];
  await store.figures.import({ kind: 'owners', file: 'o.csv', digest: '', by: null, lines }, NOW);
  const content = { type: 'word' as const, words: [{ text: 'お知らせ' }] };
  const message = { audience: 'branch' as const, branch: '東京', content, items: [] };
  await store.outbox.withDue(async (trx) => {
    await trx.add({ ...message, key: 'a', parentId: null, readers: ['U0USER1'] }, NOW);
    await trx.add({ ...message, key: 'b', parentId: 1 }, NOW);
  });
}

async function contents(store: Store) {
  return {
    documents: await store.documents.list(),
    kpis: await store.documents.statedKpis(),
    budgets: await store.knowledge.budgets({}),
    passages: await store.documents.passages(),
    members: await store.members.list(),
    feedback: await store.feedback.list(),
    unanswered: await store.unanswered.list(),
    history: await store.figures.history(),
    outbox: await store.outbox.messages(),
    audit: (await store.audit.entries()).filter(({ action }) => action !== 'store_restored'),
  };
}

test('a store goes to the server and back, and works on there', async () => {
  const [folder, back] = [freshFolder(), freshFolder()];
  const { database } = await locationOf(folder);
  const env = { PLANBOT_DATABASE_URL: database?.url ?? '' };
  const first = await openStore({ dataDir: folder });
  await fill(first);
  const before = await contents(first);
  await first.close();

  const there = await planbot(['copy', '--from', 'sqlite', '--to', 'postgres', '--data', folder], { env });
  expect([there.code, there.err]).toEqual([0, []]);
  expect(there.out.at(-1)).toContain('件数と内容が一致することを確かめました');
  const server = await openStore({ dataDir: folder, database });
  onTestFinished(() => server.close());
  expect(await contents(server)).toEqual(before);
  // What is added next takes no id that came with the copy.
  await server.members.save({ user: 'U0USER2', role: 'viewer', branches: [] }, 'U0USER0', NOW);
  await server.outbox.withDue((trx) =>
    trx.add(
      {
        key: 'c',
        parentId: null,
        audience: 'branch',
        branch: '東京',
        content: { type: 'word', words: [{ text: 'x' }] },
        items: [],
      },
      NOW,
    ),
  );
  expect((await server.outbox.claim('h', NOW, 1_000))?.mayStand).toBe(true);

  const home = await planbot(['copy', '--from', 'postgres', '--to', 'sqlite', '--data', back], { env });
  expect([home.code, home.err]).toEqual([0, []]);
  const last = await openStore({ dataDir: back });
  onTestFinished(() => last.close());
  expect(await contents(last)).toEqual(await contents(server));
});

test('pg_dump and pg_restore bring everything back, and planbot looks before it sends again', async () => {
  const [folder, other] = [freshFolder(), freshFolder()];
  const { database } = await locationOf(folder);
  const { database: empty } = await locationOf(other);
  const store = await openStore({ dataDir: folder, database });
  onTestFinished(() => store.close());
  await fill(store);
  const dump = join(folder, 'planbot.dump');
  const programs = findPostgres() ?? '';
  const [from, to] = [database?.url ?? '', empty?.url ?? ''];
  execFileSync(join(programs, 'pg_dump'), ['--format=custom', `--file=${dump}`, from]);
  const restore = ['--clean', '--if-exists', '--no-owner', `--dbname=${to}`, dump];
  execFileSync(join(programs, 'pg_restore'), restore);
  const env = { PLANBOT_DATABASE_URL: to };
  const noted = await planbot(['restore', '--after-pg-restore', '--data', other], { env });
  expect([noted.code, noted.err]).toEqual([0, []]);
  const restored = await openStore({ dataDir: other, database: empty });
  onTestFinished(() => restored.close());
  expect(await contents(restored)).toEqual(await contents(store));
  expect((await restored.outbox.claim('h', AFTER, 1_000))?.mayStand).toBe(true);
});

test('a database that holds anything is not copied into', async () => {
  const folder = freshFolder();
  const { database } = await locationOf(folder);
  const server = await openStore({ dataDir: folder, database });
  onTestFinished(() => server.close());
  await server.members.save({ user: 'U0USER1', role: 'admin', branches: [] }, 'U0USER0', NOW);
  await (await openStore({ dataDir: folder })).close();
  const env = { PLANBOT_DATABASE_URL: database?.url ?? '' };
  const { code, err } = await planbot(['copy', '--from', 'sqlite', '--to', 'postgres', '--data', folder], {
    env,
  });
  expect([code, err.join('')]).toEqual([2, expect.stringContaining('写す先にすでに内容があります')]);
  expect(await runRaw(server, 'select "user" from member')).toEqual([{ user: 'U0USER1' }]);
});

test.each([
  [['backup', 'x.sqlite'], 'pg_dump'],
  [['restore', 'x.sqlite'], 'pg_restore'],
])('%j says how it is done on a server', async (args, said) => {
  const folder = freshFolder();
  const { database } = await locationOf(folder);
  const env = { PLANBOT_DATABASE_URL: database?.url ?? '' };
  const { code, err } = await planbot([...args, '--data', folder], { env });
  expect([code, err.join('')]).toEqual([2, expect.stringContaining(said)]);
});

test('doctor names the database, without its password', async () => {
  const folder = freshFolder();
  const { database } = await locationOf(folder);
  const url = (database?.url ?? '').replace('planbot@', 'planbot:secret@');
  const { code, out } = await planbot(['doctor', '--data', folder], { env: { PLANBOT_DATABASE_URL: url } });
  expect(code).toBe(0);
  expect(out.join('\n')).toContain(`データ: ${database?.url} に資料はまだありません`);
  expect(out.join('\n')).not.toContain('secret');
});
