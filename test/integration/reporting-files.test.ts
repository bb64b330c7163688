import { describe, expect, test } from 'vitest';
import { BOT, CHANNELS, directMessageId, USERS } from '../../src/playground/emulator/workspace.ts';
import { ADMIN, REPORTER, runReporting, shown, VIEWER } from './reporting-running.ts';

const DM = directMessageId(REPORTER);
const GOOD = '支部,年度,指標,時点,実績\n東京,令和7年度,事業者健診データ取得率,2025-06-30,1.1％\n';
const OWNERS = `支部,チャンネル,主担当,副担当\n群馬,${CHANNELS.gunma},${USERS.staff.id},\n`;

/** Reporting, and a file that somebody sends; resolves with the bot's reply in its thread. */
async function send(file: {
  user?: string;
  channel?: string;
  text?: string;
  name?: string;
  content?: string | Uint8Array;
}) {
  const running = await runReporting();
  const {
    user = REPORTER,
    channel = directMessageId(user),
    text = '',
    name = '実績.csv',
    content = GOOD,
  } = file;
  const posted = await running.slack.shareFile({ channel, user, text, name, content: Buffer.from(content) });
  const reply = await running.slack.waitForMessage(
    (one) => one.user === BOT.userId && one.threadTs === posted.message.ts,
  );
  return { ...running, posted, reply };
}

describe('a table that is sent to the bot', () => {
  test('in a direct message: imported whole, answered in its thread, and the reminders look', async () => {
    const { slack, store, reply } = await send({});
    expect(reply.channel).toBe(DM);
    expect(shown(reply)).toContain('実績.csvを取り込みました');
    expect(shown(reply)).toContain('追加 1');
    expect(await store.figures.reportedActuals()).toEqual([
      expect.objectContaining({
        value: 1.1,
        source: expect.objectContaining({ title: expect.stringContaining('鈴木（報告者）') }),
      }),
    ]);
    const entry = (await store.audit.entries()).findLast(({ action }) => action === 'table_imported');
    expect(entry).toMatchObject({ actor: REPORTER });
    expect(slack.calls().filter(({ method }) => method === 'files.info')).toHaveLength(1);
  });

  test('a figure that moved far is taken, and pointed out', async () => {
    const { store, reply } = await send({ content: GOOD.replace('1.1％', '25％') });
    expect(shown(reply)).toContain(
      '注意 2行目: 1か月当たりの進み方が、これまでの2倍を超えています（0.5％（5月31日（土））→ 25％）',
    );
    expect(await store.figures.reportedActuals()).toEqual([expect.objectContaining({ value: 25 })]);
  });

  test('that meets a store which is locked is answered with regret', async () => {
    const { slack } = await runReporting({
      faulty: (store) => ({
        ...store,
        requests: {
          ...store.requests,
          claim: () => Promise.reject(new Error('database is locked')),
          finish: () => Promise.reject(new Error('database is locked')),
        },
        figures: { ...store.figures, import: () => Promise.reject(new Error('database is locked')) },
      }),
    });
    const content = Buffer.from(GOOD);
    await slack.shareFile({ channel: DM, user: REPORTER, text: '', name: '実績.csv', content });
    const apology = await slack.waitForMessage(({ user }) => user === BOT.userId);
    expect(shown(apology)).toContain('ファイルを取り込めませんでした。何も変えていません');
  });

  test('with a mention in a channel: once, though Slack tells of it twice', async () => {
    const { slack, store, reply, posted } = await send({
      channel: CHANNELS.tokyo,
      text: `<@${BOT.userId}> 取り込んで`,
    });
    expect(shown(reply)).toContain('取り込みました');
    for (const event of posted.events) await slack.redeliver(event);
    expect((await store.figures.history()).filter(({ kind }) => kind === 'kpi')).toHaveLength(1);
    const replies = slack
      .messages(CHANNELS.tokyo)
      .filter(({ user, threadTs }) => user === BOT.userId && threadTs === posted.message.ts);
    expect(replies).toHaveLength(1);
  });

  test('without a mention in a channel it is nobody’s business, nor in a thread with planbot', async () => {
    const { slack, store, app } = await runReporting();
    const channel = CHANNELS.tokyo;
    const table = { channel, user: REPORTER, text: '', name: '実績.csv', content: Buffer.from(GOOD) };
    await slack.shareFile(table);
    const asked = await slack.postMessage({ channel, user: REPORTER, text: `<@${BOT.userId}> 使い方` });
    const threadTs = asked.message.ts;
    await slack.waitForMessage((one) => one.user === BOT.userId && one.threadTs === threadTs);
    await slack.shareFile({ ...table, threadTs });
    await app.stop();
    expect(slack.calls().filter(({ method }) => method === 'files.info')).toEqual([]);
    expect(await store.figures.reportedActuals()).toEqual([]);
  });

  test('bad rows are listed by line, and nothing is taken', async () => {
    const content = `${GOOD}東京,令和7年度,事業者健診データ取得率,2025-09-30,120％\n大東京,令和7年度,ジェネリック医薬品使用割合,2025-06-30,80％\n`;
    const { store, reply } = await send({ content });
    expect(shown(reply)).toContain('取り込めませんでした。何も変えていません');
    expect(shown(reply)).toContain('3行目「実績」: 120％ … 100％以下の数値を書いてください');
    expect(shown(reply)).toContain('4行目「支部」: 大東京 … 支部の一覧にありません');
    expect(await store.figures.reportedActuals()).toEqual([]);
  });

  test.each([
    [
      'too large',
      { content: new Uint8Array(5 * 1024 * 1024 + 1) },
      'ファイルが大きすぎます（上限は5MBです）。',
    ],
    ['no table', { name: '計画.pdf' }, '取り込めるのは、実績などの表'],
    ['no Excel', { name: '実績.xlsx', content: 'x' }, 'Excelのファイルとして読めません'],
    ['without headings', { content: 'a,b\n1,2\n' }, '見出しの行がありません'],
    ['a plan', { content: '令和8年度 青森支部事業計画,\nKPI,目標\n' }, '運用担当の方が planbot ingest で'],
  ])('%s', async (_, file, sentence) => {
    const { store, reply } = await send(file);
    expect(shown(reply)).toContain(sentence);
    expect(await store.figures.reportedActuals()).toEqual([]);
  });
});

describe('who may send one', () => {
  test.each([
    ['a reader nothing', VIEWER, GOOD, '登録された報告担当の方と管理者の方です'],
    ['a reporter no other branch', REPORTER, GOOD.replace('東京', '群馬'), '群馬支部の実績を報告できるのは'],
    ['a reporter no owners', REPORTER, OWNERS, '管理者の方だけです'],
  ])('%s', async (_, user, content, sentence) => {
    const { store, reply } = await send({ user, content });
    expect(shown(reply)).toContain(sentence);
    expect((await store.audit.entries()).at(-1)).toMatchObject({ action: 'refused', actor: user });
    expect(await store.figures.reportedActuals()).toEqual([]);
  });

  test('an admin everything', async () => {
    const { store, reply } = await send({ user: ADMIN, content: OWNERS, name: '担当者.csv' });
    expect(shown(reply)).toContain('担当者.csvを取り込みました');
    expect((await store.figures.owners()).map(({ branch }) => branch)).toContain('群馬');
  });
});

test('a question that comes with a picture is answered as a question', async () => {
  const { slack } = await runReporting();
  const posted = await slack.shareFile({
    channel: DM,
    user: REPORTER,
    text: '東京支部のジェネリックKPIは？',
    name: '画面.png',
    content: Buffer.from('x'),
  });
  const reply = await slack.waitForMessage(({ user, channel }) => user === BOT.userId && channel === DM);
  expect(reply.threadTs).toBe(posted.message.ts);
  expect(reply.text).not.toContain('取り込');
});
