import { describe, expect, test } from 'vitest';
import { EMPTY_QUERY } from '../../src/model/query.ts';
import { CHANNELS, directMessageId } from '../../src/playground/emulator/workspace.ts';
import { fixedAsk, UNDERSTOOD } from '../slack/fixed-ask.ts';
import { outboxMessage } from '../slack/made-up-outbox.ts';
import { fiveMarks, manyKpis, standingsFrom } from '../slack/made-up-standings.ts';
import { STAFF, shown } from '../slack/running-app.ts';
import { ADMIN, deskWith, home, JULY, text } from './home-tab.ts';

describe('the Home tab', () => {
  test('asks who has chosen no branch to choose one, and shows no KPI', async () => {
    const { open } = await home();
    const shownFirst = text(await open());
    expect(shownFirst).toContain('担当の支部を選ぶと');
    expect(shownFirst).toContain('まだ質問はありません');
    expect(shownFirst).not.toContain('目標');
  });

  test("shows my branch's KPIs with marks and sources, what is behind first, and a chart", async () => {
    const { open } = await home({ branch: '東京' });
    const words = text(await open());
    expect(words).toContain(
      '令和7年度のKPI（遅れ ▲ 1件、判定できず 1件、未報告 ― 1件、順調 1件、達成 ✓ 1件）',
    );
    expect(words).toContain(
      '遅れ ▲：ジェネリック医薬品使用割合　実績 80％（6月末時点）／目標 88.3％以上（30行目）',
    );
    expect(words).toContain('■■■■■■■■■□ 目標の90.6％');
    expect(words.indexOf('遅れ ▲：')).toBeLessThan(words.indexOf('判定できず：'));
    expect(words).toContain('達成 ✓：現金給付等の申請に係る郵送化率');
    expect(words).toContain('出典：令和7年度 実施状況（東京支部）');
  });

  test('opens one KPI in a modal, with figure and source', async () => {
    const { slack, open } = await home({ branch: '東京' });
    await slack.selectOption({
      view: await open(),
      actionId: 'home:kpi',
      user: STAFF,
      value: 'generic_rate',
    });
    await slack.waitForView((view) => view.type === 'modal' && text(view).includes('80.0％以上'));
    expect(text(slack.modals(STAFF)[0] ?? null)).toContain('6406行目');
  });

  test.each([
    ['2025-07-25', '• 令和7年度第1四半期の報告の期限は7月31日（木）です（あと4営業日）。'],
    ['2025-07-31', '（本日が期限です）'],
    [
      '2025-08-05',
      '▲ 令和7年度第1四半期の報告がまだ届いていません。期限は7月31日（木）で、3営業日過ぎています。',
    ],
  ])('tells on %s about the report', async (day, words) => {
    const early = fiveMarks().map((kpi) => ({
      ...kpi,
      actual: kpi.actual && { ...kpi.actual, asOf: '５月時点' },
    }));
    const { open } = await home({
      branch: '東京',
      standings: standingsFrom(early),
      now: () => new Date(`${day}T03:00:00Z`),
    });
    expect(text(await open())).toContain(words);
  });

  test('tells that the report is in, what of it is missing, and the next deadline', async () => {
    const { open } = await home({ branch: '東京' });
    expect(text(await open())).toContain(
      '✓ 令和7年度第1四半期の報告は届いています（5件中4件、未報告1件）。次の期限は10月31日（金）です（令和7年度第2四半期）。',
    );
  });

  test('tells whoever is in charge of a branch of its report, though they have chosen none', async () => {
    const { open, store } = await home();
    const row = { branch: '東京', channel: CHANNELS.tokyo, owner: STAFF, deputy: null };
    const table = { kind: 'owners' as const, file: 'owners.csv', digest: '', by: null };
    await store.figures.import({ ...table, lines: [{ line: 2, key: '東京', row }] }, JULY());
    expect(text(await open())).toContain('✓ 東京支部：令和7年度第1四半期の報告は届いています');
  });

  test("says that an earlier year is shown where this year's plan is not there yet", async () => {
    const { open } = await home({ branch: '東京', now: () => new Date('2026-11-22T03:00:00Z') });
    expect(text(await open())).toContain('令和8年度の資料はまだないため、最新の令和7年度を表示しています');
  });

  test('lists what was put off for my branch, and nothing of others', async () => {
    const messages = [
      outboxMessage({ id: 1, branch: '東京', followUp: 'snoozed', snoozedUntil: '2025-08-01' }, '東京の件'),
      outboxMessage({ id: 2, branch: '群馬', followUp: 'snoozed', snoozedUntil: '2025-08-01' }, '群馬の件'),
      outboxMessage({ id: 3, branch: '東京', followUp: 'open' }, '開いている件'),
    ];
    const { open } = await home({ branch: '東京', messages });
    const words = text(await open());
    expect(words).toContain('8月1日（金）まで：東京の件');
    expect(words).not.toContain('群馬の件');
    expect(words).not.toContain('開いている件');
  });

  test('asks a recent question again, and answers in the direct message', async () => {
    const { slack, open, mention, reply, store } = await home();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    await reply(message.ts);
    await expect.poll(() => store.answers.recentQuestions(STAFF, 5)).toHaveLength(1);
    const view = await open();
    expect(text(view)).toContain(UNDERSTOOD);
    await slack.clickButton({ view, actionId: 'home:ask:0', user: STAFF });
    const direct = directMessageId(STAFF);
    const answer = await slack.waitForMessage(({ channel }) => channel === direct);
    expect(shown(answer)).toContain('80.0％以上');
  });

  test('asks again in words what an older version kept in words', async () => {
    const { slack, open, store } = await home();
    const place = { channel: CHANNELS.tokyo, ts: '1.0', questionTs: null, asker: STAFF };
    await store.answers.save({ ...place, asked: '東京支部のジェネリックは？' }, JULY());
    const view = await open();
    expect(text(view)).toContain('東京支部のジェネリックは？');
    await slack.clickButton({ view, actionId: 'home:ask:0', user: STAFF });
    const answer = await slack.waitForMessage(({ channel }) => channel === directMessageId(STAFF));
    expect(shown(answer)).toContain('80.0％以上');
  });

  test('small talk is no question to ask again', async () => {
    const { open, mention, reply, store } = await home({
      ask: async (input) => ({
        ...(await fixedAsk(input)),
        query: { ...EMPTY_QUERY, facts: 'talk', talk: 'greeting' },
      }),
    });
    const { message } = await mention('ジェネリック、こんにちは');
    await reply(message.ts);
    await expect.poll(() => store.answers.recentQuestions(STAFF, 5)).toHaveLength(1);
    expect(text(await open())).toContain('まだ質問はありません');
  });

  test('knows what was asked by /kpi too, which only the asker saw', async () => {
    const { slack, open, store } = await home();
    const place = { channel: CHANNELS.tokyo, user: STAFF };
    await slack.runCommand({ command: '/kpi', text: '東京支部のジェネリックKPIは？', ...place });
    await expect.poll(() => store.answers.recentQuestions(STAFF, 5)).toHaveLength(1);
    expect(text(await open())).not.toContain('まだ質問はありません');
  });
});

test('is shown anew after a reminder that somebody acknowledged', async () => {
  const desk = deskWith([]);
  const { app, slack, published } = await home({
    branch: '東京',
    deps: { reminders: { ...desk, followUps: { ...desk.followUps, acknowledge: async () => 'done' } } },
  });
  const to = { place: 'C0TOKYO01', threadTs: null, mentions: [] };
  await app.reminderSender.post(outboxMessage({ id: 7 }, '東京支部の報告'), to);
  const reminder = await slack.waitForMessage((message) => shown(message).includes('東京支部の報告'));
  await slack.clickButton({ message: reminder, actionId: 'reminder:acknowledge', user: STAFF });
  await slack.waitUntil(() => published().length === 1);
  expect(text(slack.home(STAFF))).toContain('東京支部の状況');
});

describe('settings in the Home tab', () => {
  test('my branch is kept, shown at once, and used for questions', async () => {
    const { slack, store, open, shows } = await home();
    await slack.selectOption({ view: await open(), actionId: 'home:branch', user: STAFF, value: '東京' });
    await shows('東京支部の状況');
    expect(await store.settings.ofPerson(STAFF)).toEqual({ branch: '東京', notices: false });
  });

  test('notices are turned on and off; without a branch there are none to turn on', async () => {
    const { slack, store, open, shows, view, published } = await home({ branch: '東京' });
    await slack.selectOption({ view: await open(), actionId: 'home:notices', user: STAFF, value: ['on'] });
    await shows('initial_options');
    expect(await store.settings.ofPerson(STAFF)).toEqual({ branch: '東京', notices: true });
    const seen = published().length;
    await slack.selectOption({ view: view(), actionId: 'home:branch', user: STAFF, value: 'none' });
    await slack.waitUntil(() => published().length > seen);
    expect(await store.settings.ofPerson(STAFF)).toEqual({ branch: null, notices: false });
    expect(text(view())).not.toContain('home:notices');
  });

  test('that cannot be saved are shown as they hold', async () => {
    const { slack, open, published } = await home({
      branch: '東京',
      memory: (store) => ({
        ...store,
        settings: {
          ...store.settings,
          savePerson: async () => {
            throw new Error('disk');
          },
        },
      }),
      standings: standingsFrom(fiveMarks()),
    });
    const view = await open();
    const seen = published().length;
    await slack.selectOption({ view, actionId: 'home:branch', user: STAFF, value: '青森' });
    await slack.waitUntil(() => published().length > seen);
    expect(text(slack.home(STAFF))).toContain('東京支部の状況');
  });
});

describe('under load and fault', () => {
  test('48 branches with 20 KPIs each, long lists and all: Slack takes it', async () => {
    const messages = Array.from({ length: 60 }, (_, id) =>
      outboxMessage(
        { id, branch: '東京', followUp: 'snoozed', snoozedUntil: '2025-08-01', state: 'unclear' },
        'とても長いお知らせの文です。'.repeat(40),
      ),
    );
    const { store, open, published } = await home({
      user: ADMIN,
      branch: '東京',
      messages,
      standings: standingsFrom(manyKpis(20)),
    });
    for (let index = 0; index < 60; index += 1) {
      const user = `U${String(index).padStart(6, '0')}`;
      await store.members.save(
        { user, role: 'reporter', branches: ['東京', '青森', '北海道'] },
        ADMIN,
        JULY(),
      );
    }
    await store.members.save({ user: ADMIN, role: 'admin', branches: [] }, '導入', JULY());
    expect((await open()).payload.blocks.length).toBeLessThanOrEqual(100);
    expect(published().map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  test('says so where it cannot be read', async () => {
    const { open } = await home({
      memory: (store) => ({
        ...store,
        settings: {
          ...store.settings,
          ofPerson: async () => {
            throw new Error('disk');
          },
        },
      }),
    });
    expect(text(await open())).toContain('表示できませんでした');
  });

  test('says so in the modal of a KPI where the branch cannot be read', async () => {
    let isBroken = false;
    const { slack, open } = await home({
      branch: '東京',
      memory: (store) => ({
        ...store,
        settings: {
          ...store.settings,
          ofPerson: async (user) => {
            if (isBroken) throw new Error('database is locked');
            return store.settings.ofPerson(user);
          },
        },
      }),
    });
    const view = await open();
    isBroken = true;
    await slack.selectOption({ view, actionId: 'home:kpi', user: STAFF, value: 'generic_rate' });
    await slack.waitForView(
      (one) => one.type === 'modal' && text(one).includes('うまく調べられませんでした'),
    );
  });

  test('goes on where Slack does not take it at all', async () => {
    const { slack, open, mention, reply, logged } = await home({ branch: '東京' });
    slack.injectFault({ method: 'views.publish', times: 1, kind: 'error', code: 'not_enabled' });
    await open().catch(() => undefined);
    const { message } = await mention('東京支部のジェネリックKPIは？');
    expect(shown(await reply(message.ts))).toContain('80.0％以上');
    expect(logged.join('')).toContain('home not published');
  });
});
