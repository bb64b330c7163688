import { describe, expect, onTestFinished, test } from 'vitest';
import type { InjectedFault } from '../../src/playground/emulator/state.ts';
import { CHANNELS, directMessageId, USERS } from '../../src/playground/emulator/workspace.ts';
import { type DeliveryParts, deliver } from '../../src/reminders/deliver.ts';
import type { Sender } from '../../src/reminders/sender.ts';
import type { Outbox } from '../../src/store/outbox-store.ts';
import { openStore } from '../../src/store/store.ts';
import { openDesk } from './reminders-running.ts';

const TOKYO = CHANNELS.tokyo;

describe('whatever Slack answers, a message comes once', () => {
  test.each<[string, InjectedFault[]]>([
    ['it answers', []],
    ['429', [{ method: 'chat.postMessage', kind: 'rate_limit', retryAfterSeconds: 7, times: 2 }]],
    ['503 without effect', [{ method: 'chat.postMessage', kind: 'server_error', times: 2 }]],
    ['taken, and the reply lost', [{ method: 'chat.postMessage', kind: 'drop_response', times: 1 }]],
    [
      'the reply lost, and the history too for a while',
      [
        { method: 'chat.postMessage', kind: 'drop_response', times: 1 },
        { method: 'conversations.history', kind: 'server_error', times: 3 },
      ],
    ],
    [
      'the reply lost, and the history busy',
      [
        { method: 'chat.postMessage', kind: 'drop_response', times: 1 },
        { method: 'conversations.history', kind: 'rate_limit', retryAfterSeconds: 3, times: 1 },
      ],
    ],
    ['an inner fault', [{ method: 'chat.postMessage', kind: 'error', code: 'internal_error', times: 1 }]],
    [
      'it refuses the token for a while',
      [{ method: 'chat.postMessage', kind: 'error', code: 'account_inactive', times: 1 }],
    ],
    [
      'it refuses the blocks',
      [{ method: 'chat.postMessage', kind: 'error', code: 'invalid_blocks', times: 1 }],
    ],
  ])('%s', async (_, faults) => {
    const desk = await openDesk();
    await desk.add('東京', 'a');
    await desk.add('東京', 'b');
    for (const fault of faults) desk.slack.injectFault(fault);
    await desk.deliverAll();
    expect(desk.keys(TOKYO).sort()).toEqual(['a', 'b']);
    expect((await desk.store.outbox.messages()).map(({ state, fault }) => [state, fault])).toEqual([
      ['sent', null],
      ['sent', null],
    ]);
  });

  test('a Retry-After is waited out', async () => {
    const desk = await openDesk();
    await desk.add('東京', 'a');
    desk.slack.injectFault({
      method: 'chat.postMessage',
      kind: 'rate_limit',
      retryAfterSeconds: 30,
      times: 1,
    });
    await deliver(desk.parts());
    desk.pass(29);
    expect((await deliver(desk.parts())).sent).toBe(0);
    desk.pass(2);
    expect((await deliver(desk.parts())).sent).toBe(1);
  });

  test('what was sent after a backup is not sent again after its restore', async () => {
    const desk = await openDesk();
    await desk.add('東京', 'a');
    await desk.deliverAll();
    const older = await openDesk();
    const restored = { action: 'store_restored', actor: '佐藤', subject: '控え', detail: '' } as const;
    await older.store.audit.append(restored, older.parts().now());
    await older.add('東京', 'a');
    await older.add('東京', 'b');
    const { sender } = desk.parts();
    expect(await deliver(older.parts({ sender }))).toMatchObject({ found: 1, sent: 1 });
    expect(desk.keys(TOKYO)).toEqual(['a', 'b']);
  });

  test('where history stays silent, a person is told, and nothing is posted on a guess', async () => {
    const desk = await openDesk();
    await desk.add('東京', 'a');
    desk.slack.injectFault({ method: 'chat.postMessage', kind: 'drop_response', times: 1 });
    desk.slack.injectFault({ method: 'conversations.history', kind: 'server_error', times: 12 });
    for (let round = 0; round < 8; round += 1) {
      await deliver(desk.parts());
      desk.pass(10);
    }
    const [message] = await desk.store.outbox.messages();
    expect(message).toMatchObject({ state: 'unclear', fault: expect.stringContaining('503') });
    expect(desk.keys(TOKYO)).toEqual(['a']);
    desk.slack.injectFault({ method: 'conversations.history', kind: 'slow', delayMs: 1, times: 99 });
    await desk.deliverAll();
    expect(desk.keys(TOKYO)).toEqual(['a']);
  });
});

describe('a process that dies', () => {
  class Died extends Error {}
  const die = (): never => {
    throw new Died();
  };

  /** The ports of a process that dies at a step; what it wrote and sent stays. */
  const DEATHS: Record<string, (parts: DeliveryParts) => Partial<DeliveryParts>> = {
    'before the claim': ({ outbox }) => ({ outbox: { ...outbox, claim: die } }),
    'after the claim': ({ outbox }) => ({ outbox: { ...outbox, markPosting: die } }),
    'before the request left': ({ sender }) => ({ sender: { ...sender, post: die } }),
    'after Slack accepted': ({ sender }) => ({ sender: afterPost(sender) }),
    'before the mark': ({ outbox }) => ({ outbox: { ...outbox, markSent: die } }),
    'after the mark': ({ outbox }) => ({ outbox: afterMark(outbox) }),
  };

  function afterPost(sender: Sender): Sender {
    return { ...sender, post: async (message, to) => (await sender.post(message, to)) && die() };
  }

  function afterMark(outbox: Outbox): Outbox {
    return {
      ...outbox,
      async markSent(...args) {
        await outbox.markSent(...args);
        die();
      },
    };
  }

  test.each(Object.keys(DEATHS))(
    '%s: the next one sends what was not sent, and nothing twice',
    async (step) => {
      const desk = await openDesk();
      for (const key of ['a', 'b', 'c']) await desk.add('東京', key);
      const parts = desk.parts();
      await expect(deliver({ ...parts, ...DEATHS[step]?.(parts) })).rejects.toThrow(Died);
      await desk.deliverAll({ holder: 'second' });
      expect(desk.keys(TOKYO).sort()).toEqual(['a', 'b', 'c']);
    },
  );

  test('its lease is respected as long as it lasts', async () => {
    const desk = await openDesk();
    await desk.add('東京', 'a');
    const parts = desk.parts();
    await expect(deliver({ ...parts, ...DEATHS['after Slack accepted']?.(parts) })).rejects.toThrow(Died);
    desk.pass(59);
    expect(await deliver(desk.parts({ holder: 'second' }))).toMatchObject({ sent: 0, found: 0 });
    desk.pass(2);
    expect(await deliver(desk.parts({ holder: 'second' }))).toMatchObject({ sent: 0, found: 1 });
  });

  test('whoever lost the lease posts no more', async () => {
    const desk = await openDesk();
    await desk.add('東京', 'a');
    const parts = desk.parts();
    const asleep: Outbox = {
      ...parts.outbox,
      async claim(...args) {
        const claim = await parts.outbox.claim(...args);
        if (claim) {
          desk.pass(61);
          await deliver(desk.parts({ holder: 'second' }));
        }
        return claim;
      },
    };
    await deliver({ ...parts, outbox: asleep });
    expect(desk.keys(TOKYO)).toEqual(['a']);
  });
});

test('two processes, each with its own connection to one store, send each message once', async () => {
  const desk = await openDesk();
  const expected = Array.from({ length: 12 }, (_, index) => `m${String(index).padStart(2, '0')}`);
  for (const [index, key] of expected.entries()) await desk.add(index % 2 ? '東京' : '群馬', key);
  desk.slack.injectFault({ method: 'chat.postMessage', kind: 'drop_response', times: 3 });
  const other = await openStore({ dataDir: desk.dataDir });
  onTestFinished(() => other.close());
  await desk.deliverAll({}, { outbox: other.outbox, holder: 'second' });
  expect([...desk.keys(TOKYO), ...desk.keys(CHANNELS.gunma)].sort()).toEqual(expected);
});

describe('a place that is gone', () => {
  test('an archived channel: the person in charge hears it, and the head office hears of the channel, once', async () => {
    const archived = { branch: '東京', channel: CHANNELS.archived, owner: USERS.reporter.id, deputy: null };
    const office = { branch: '本部', channel: CHANNELS.headOffice, owner: USERS.admin.id, deputy: null };
    const desk = await openDesk([archived, office]);
    await desk.add('東京', 'a');
    await desk.store.outbox.withDue((trx) =>
      trx.add(
        {
          key: 'b',
          parentId: null,
          audience: 'branch',
          branch: '東京',
          content: { type: 'notice', notes: [] },
          items: [],
        },
        new Date('2025-08-01T00:30:00Z'),
      ),
    );
    await desk.deliverAll();
    expect(desk.keys(directMessageId(USERS.reporter.id)).sort()).toEqual(['a', 'b']);
    const [notice, ...more] = desk.slack.messages(CHANNELS.headOffice);
    expect(more).toEqual([]);
    expect(notice?.text).toBe(
      `東京支部のお知らせを <#${CHANNELS.archived}> に送れませんでした（is_archived）。担当者とチャンネルの登録を確かめてください。`,
    );
  });

  test('a person who left is not named, and the head office hears of it, once', async () => {
    const desk = await openDesk();
    const { users } = desk.slack.workspace;
    users.splice(
      users.findIndex(({ id }) => id === USERS.reporter.id),
      1,
    );
    const notice = { parentId: null, audience: 'branch' as const, branch: '東京', items: [] };
    const content = { type: 'digest' as const, title: '題', counts: ['一つ'], lines: [] };
    for (const key of ['a', 'b']) {
      await desk.store.outbox.withDue((trx) =>
        trx.add({ ...notice, key, content }, new Date('2025-08-01T00:30:00Z')),
      );
    }
    await desk.deliverAll();
    const shown = desk.slack.messages(TOKYO).map(({ blocks }) => JSON.stringify(blocks));
    expect(shown).toHaveLength(2);
    for (const blocks of shown) {
      expect(blocks).toContain(`<@${USERS.staff.id}>`);
      expect(blocks).not.toContain(USERS.reporter.id);
    }
    expect(desk.slack.messages(CHANNELS.headOffice).map(({ text }) => text)).toEqual([
      expect.stringContaining(`<@${USERS.reporter.id}> に送れませんでした（user_left）`),
    ]);
  });

  test('nobody left: it waits with its reason, and goes out when somebody is registered', async () => {
    const desk = await openDesk([]);
    await desk.add('東京', 'a');
    await deliver(desk.parts());
    expect(await desk.store.outbox.messages()).toEqual([
      expect.objectContaining({ state: 'waiting', fault: 'no_recipient' }),
    ]);
    const row = { branch: '東京', channel: TOKYO, owner: USERS.reporter.id, deputy: null };
    const table = {
      kind: 'owners' as const,
      file: 'o.csv',
      digest: '',
      by: null,
      lines: [{ line: 2, key: '東京', row }],
    };
    await desk.store.figures.import(table, new Date('2025-08-01T01:00:00Z'));
    desk.pass(3 * 24 * 60 * 60);
    await deliver(desk.parts());
    expect(desk.keys(TOKYO)).toEqual(['a']);
  });
});

test('a word waits for the message it stands under, and is not what wakes anybody', async () => {
  const desk = await openDesk();
  await desk.add('東京', 'root');
  const [root] = await desk.store.outbox.messages();
  const content = { type: 'word' as const, words: [{ text: '続き' }] };
  const word = { audience: 'branch' as const, branch: '東京', content, items: [] };
  await desk.store.outbox.withDue((trx) =>
    trx.add({ ...word, key: 'word', parentId: root?.id ?? 0 }, new Date('2025-08-01T00:00:00Z')),
  );
  desk.slack.injectFault({ method: 'chat.postMessage', kind: 'rate_limit', retryAfterSeconds: 90, times: 1 });
  await deliver(desk.parts());
  expect(desk.keys(TOKYO)).toEqual([]);
  expect(await desk.store.outbox.nextAttempt()).toEqual(new Date('2025-08-01T00:31:30Z'));
  await desk.deliverAll();
  expect(desk.slack.messages(TOKYO).map(({ threadTs, ts }) => threadTs === ts)).toEqual([true, false]);
});

test('text of documents never becomes a mention', async () => {
  const desk = await openDesk();
  const words = [{ text: '<!channel> <@U0ADMIN01> &lt;' }];
  const message = { key: 'a', parentId: null, audience: 'branch' as const, branch: '東京', items: [] };
  await desk.store.outbox.withDue((trx) =>
    trx.add({ ...message, content: { type: 'word', words } }, new Date('2025-08-01T00:30:00Z')),
  );
  await desk.deliverAll();
  const [shown] = desk.slack.messages(TOKYO);
  expect(shown?.text).toBe('&lt;!channel&gt; &lt;@U0ADMIN01&gt; &amp;lt;');
  expect(JSON.stringify(shown?.blocks)).not.toContain('<!channel>');
});
