import { type KnownBlock, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createReminders } from '../../src/app/reminders.ts';
import { branchInName } from '../../src/catalogue/branch-in-name.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { createSuggest } from '../../src/catalogue/suggest.ts';
import type { Commitment } from '../../src/model/measure.ts';
import type { Message } from '../../src/playground/emulator/state.ts';
import { CHANNELS, USERS } from '../../src/playground/emulator/workspace.ts';
import { createSlackApp } from '../../src/slack/app.ts';
import {
  catalogueOf,
  OFFICE_OWNER,
  promise,
  reported,
  TOKYO_OWNER,
  wellIn,
} from '../reminders/made-up-office.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { madeUpDocument } from '../store/made-up-document.ts';
import { openDesk } from './reminders-running.ts';

const TOKYO = CHANNELS.tokyo;
const log = pino({ level: 'silent' });

/** The real Bolt app with reminders on, over a store that knows one report of 東京. */
async function runReminders(commitments: Commitment[] = []) {
  const desk = await openDesk([TOKYO_OWNER, OFFICE_OWNER]);
  const { store, slack } = desk;
  const { now } = desk.parts();
  const catalogue = { ...loadCatalogue(), branches: catalogueOf('東京', '本部').branches };
  const reminders = createReminders({
    store,
    catalogue,
    known: async ({ knowledge }) => knowledge,
    now,
    log,
  });
  const { botToken, appToken, apiUrl } = slack;
  const config = { botToken, appToken, slackApiUrl: apiUrl };
  const app = await createSlackApp({
    config,
    ask: fixedAsk,
    standings: async () => [],
    catalogue,
    suggest: createSuggest(catalogue, { tokenize: () => [] }),
    branchInName: (name) => branchInName(name, catalogue.branches),
    store,
    now,
    log,
    reminders: reminders.controls,
  });
  await app.start();
  onTestFinished(() => app.stop());
  async function report(value: number, commitments: Commitment[] = []): Promise<void> {
    const kpis = [wellIn('6月時点'), reported('employer_data_rate', value, '6月時点', { value: 3.9 })];
    const empty = { kpis, measures: [], budgets: [], commitments, counts: [], passages: [] };
    await store.documents.replace([{ ...madeUpDocument('report.txt', []), ...empty }], now());
  }
  await report(0.1, commitments);
  const stop = reminders.start(app.reminderSender);
  onTestFinished(stop);
  const message = await slack.waitForMessage(({ channel }) => channel === TOKYO);
  const control = { message, user: USERS.staff.id };
  return { ...desk, report, message, control, look: () => reminders.controls.look() };
}

function shown(message: Message): string {
  return JSON.stringify(message.blocks);
}

describe('a reminder in its channel', () => {
  test('names the people, says the figure with its place, and offers what can be done', async () => {
    const { message } = await runReminders();
    const text = shown(message);
    expect(text).toContain(`<@${USERS.reporter.id}> <@${USERS.staff.id}>`);
    expect(text).toContain(
      '• 事業者健診データ取得率　0.1％（6月時点）／目標 3.9％以上　目安との差▲0.88ポイント',
    );
    // One line a figure: the guide, the pace and the source stand in the thread.
    expect(text).not.toContain('この時点の目安 0.98％');
    expect(text).not.toContain('積み上げが必要');
    expect(text).not.toContain('行目');
    for (const label of ['確認しました', '延期する', '担当を変える']) expect(text).toContain(label);
    expect(message.text).toMatch(/^東京支部のお知らせ（遅れ 1件）\n/);
  });

  test('詳細と出典: how it is computed and where it stands, in the thread, once', async () => {
    const { slack, control, message } = await runReminders();
    await slack.clickButton({ ...control, actionId: 'reminder:explain' });
    const word = await slack.waitForMessage((one) => one.threadTs === message.ts && one.ts !== message.ts);
    expect(word.text).toContain('この時点の目安0.98％＝3.9％×3か月÷12か月');
    expect(word.text).toContain('（累計の指標）');
    expect(word.text).toContain('積み上げが必要です。');
    expect(word.text).toContain('令和7年度 事業計画（東京支部） 3ページ・12行目');
    await slack.clickButton({ ...control, actionId: 'reminder:explain' });
    await slack.clickButton({ ...control, actionId: 'reminder:acknowledge' });
    await slack.waitForMessage((one) => one.threadTs === message.ts && one.text.includes('確認しました'));
    const thread = slack
      .messages(TOKYO)
      .filter(({ threadTs, ts }) => threadTs === message.ts && ts !== threadTs);
    expect(thread).toHaveLength(2);
  });

  test.each([USERS.guest.id, USERS.external.id, 'U0PLANBOT'])(
    '担当を変える to %s is refused, to the one who chose',
    async (value) => {
      const { slack, control, message } = await runReminders();
      await slack.selectOption({ ...control, actionId: 'reminder:assign', value });
      const refusal = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === USERS.staff.id);
      expect(refusal.text).toContain('職員でない方');
      expect(shown(message)).not.toContain('担当：');
    },
  );

  test('確認しました: the message says who, the thread too, and the button is gone', async () => {
    const { slack, message, control } = await runReminders();
    await slack.clickButton({ ...control, actionId: 'reminder:acknowledge' });
    const edited = await slack.waitForMessage(
      (one) => one.ts === message.ts && shown(one).includes('確認済'),
    );
    expect(shown(edited)).toContain(`確認済：<@${USERS.staff.id}> さん、8月1日（金）`);
    expect(shown(edited)).not.toContain('確認しました');
    expect(
      slack
        .messages(TOKYO)
        .map(({ text }) => text)
        .slice(1),
    ).toEqual([`<@${USERS.staff.id}> さんが確認しました。`]);
  });

  test.each([
    ['reminder:snooze', 'tomorrow', '延期：8月4日（月）まで'],
    ['reminder:snooze', 'next_week', '延期：8月8日（金）まで'],
    ['reminder:snooze_until', '2025-08-20', '延期：8月20日（水）まで'],
    ['reminder:assign', USERS.admin.id, `担当：<@${USERS.admin.id}> さん`],
  ])('%s %s shows %s', async (actionId, value, line) => {
    const { slack, control } = await runReminders();
    await slack.selectOption({ ...control, actionId, value });
    await slack.waitForMessage((one) => one.channel === TOKYO && shown(one).includes(line));
  });

  test('a day that has passed is refused, to the one who chose it', async () => {
    const { slack, control, message } = await runReminders();
    await slack.selectOption({ ...control, actionId: 'reminder:snooze_until', value: '2025-07-01' });
    const refusal = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === USERS.staff.id);
    expect(refusal.text).toBe('延期する日は、明日以降の日を選んでください。');
    expect(shown(message)).not.toContain('延期：');
  });

  test('buttons of a message that the store no longer knows act on no other', async () => {
    const { slack, message } = await runReminders();
    const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    const blocks = message.blocks as unknown as KnownBlock[];
    const { ts } = await web.chat.postMessage({ channel: TOKYO, text: '復元の前のお知らせ', blocks });
    const forgotten = slack.messages(TOKYO).find((one) => one.ts === ts);
    if (!forgotten) throw new Error('not posted');
    const actionId = 'reminder:acknowledge';
    await slack.clickButton({ message: forgotten, user: USERS.staff.id, actionId });
    const refusal = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === USERS.staff.id);
    expect(refusal.text).toBe('このお知らせは記録にないため、操作できませんでした。');
    expect(shown(message)).not.toContain('確認済');
  });

  test('a new actual that ends the gap resolves it: same message, buttons gone, a word in the thread', async () => {
    const { slack, message, report, look } = await runReminders();
    await report(1.5);
    await look();
    const ended = await slack.waitForMessage(
      (one) => one.channel === TOKYO && shown(one).includes('（終了）'),
    );
    expect(ended.ts).toBe(message.ts);
    expect(shown(ended)).toContain('東京支部のお知らせ（終了）');
    expect(shown(ended)).not.toContain('延期する');
    expect(slack.messages(TOKYO).at(-1)).toMatchObject({
      threadTs: message.ts,
      text: '数値または目標の訂正により、当てはまらなくなりました：事業者健診データ取得率。',
    });
  });

  test('where Slack refuses the edited blocks the words are edited all the same', async () => {
    const { slack, message, report, look } = await runReminders();
    slack.injectFault({ method: 'chat.update', kind: 'error', code: 'invalid_blocks', times: 1 });
    await report(1.5);
    await look();
    const ended = slack.messages(TOKYO).find(({ ts }) => ts === message.ts);
    expect(ended?.blocks).toMatchObject([{ type: 'section', text: { text: '東京支部のお知らせ（終了）' } }]);
  });
});

describe('a promise under a reminder', () => {
  const visit = promise('会場を下見する', '2025-08-01', '2025-08-29');

  async function runPromise() {
    const running = await runReminders([visit]);
    const options =
      JSON.stringify(running.message.blocks).match(/(?:done|cancelled|moved):commitment[^"]+/g) ?? [];
    const optionOf = (decision: string) => options.find((value) => value.startsWith(`${decision}:`)) ?? '';
    const inThread = (words: string) =>
      running.slack.waitForMessage(
        ({ threadTs, text }) => threadTs === running.message.ts && text.includes(words),
      );
    return { ...running, optionOf, inThread };
  }

  test('stands in one line with what can be said of it', async () => {
    const { message } = await runPromise();
    expect(message.text).toContain('東京支部のお知らせ（遅れ 1件・予定 1件）');
    expect(message.text).toContain('会場を下見する　期限 8月29日（金）');
    for (const label of ['実施済み', '中止', '時期を変える']) expect(shown(message)).toContain(label);
  });

  test('実施済み: marked in the message, and told in the thread', async () => {
    const running = await runPromise();
    const { slack, control, message, optionOf, inThread } = running;
    await slack.selectOption({ ...control, actionId: 'reminder:decide', value: optionOf('done') });
    await inThread('さんが「会場を下見する」を済みとしました。');
    const edited = await slack.waitForMessage(
      (one) => one.ts === message.ts && shown(one).includes('（済み）'),
    );
    expect(shown(edited)).toContain('✓ 会場を下見する　期限 8月29日（金）（済み）');
    expect(shown(edited)).toContain('東京支部のお知らせ（遅れ 1件）');
  });

  test('取り消す beside it: what was pressed by mistake is open again', async () => {
    const { slack, control, message, optionOf, inThread } = await runPromise();
    await slack.selectOption({ ...control, actionId: 'reminder:decide', value: optionOf('done') });
    const done = await slack.waitForMessage(
      (one) => one.ts === message.ts && shown(one).includes('（済み）'),
    );
    expect(shown(done)).toContain('取り消す');
    const value = optionOf('done').replace('done:', 'taken_back:');
    await slack.clickButton({ ...control, actionId: 'reminder:decide', value });
    await inThread('さんが「会場を下見する」の操作を取り消しました。');
    const again = await slack.waitForMessage(
      (one) => one.ts === message.ts && shown(one).includes('実施済み') && !shown(one).includes('（済み）'),
    );
    expect(shown(again)).toContain('東京支部のお知らせ（遅れ 1件・予定 1件）');
  });

  test('時期を変える: a form asks for the day; a day that has passed is refused', async () => {
    const { slack, control, optionOf, inThread } = await runPromise();
    const user = USERS.staff.id;
    async function move(selected_date: string): Promise<void> {
      await slack.selectOption({ ...control, actionId: 'reminder:decide', value: optionOf('moved') });
      const view = await slack.waitForView((one) => one.payload.callback_id === 'reminder_move');
      const values = { day: selected_date };
      expect(await slack.submitView({ view, user, values })).toMatchObject({ acknowledged: true });
    }
    await move('2025-07-01');
    const refusal = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === user);
    expect(refusal.text).toBe('新しい期日は、明日以降の日を選んでください。');
    await move('2025-09-19');
    await inThread('さんが「会場を下見する」を9月19日（金）に変えました。');
  });
});
