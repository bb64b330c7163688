import { describe, expect, test } from 'vitest';
import { CHANNELS, directMessageId } from '../../src/playground/emulator/workspace.ts';
import { OFFICE_OWNER, TOKYO_OWNER } from '../reminders/made-up-office.ts';
import {
  ADMIN,
  KPIS,
  planned,
  REPORTER,
  runReporting,
  shown,
  VIEWER,
  viewText,
} from './reporting-running.ts';

const TOKYO = CHANNELS.tokyo;
const EMPLOYER = 'figure:employer_data_rate';
const GENERIC = 'figure:generic_rate';
const DECLARED = 'figure:other:応援事業所数';

describe('a figure reported in Slack', () => {
  test('changes its mark at once, and ends the reminder', async () => {
    // Without the KPI of one plan alone, which stays in the notice as one that cannot be judged.
    const known = KPIS.filter(({ indicator }) => !indicator.startsWith('other:'));
    const { slack, store, toForm, submit, top, look } = await runReporting({ kpis: known });
    await look();
    const reminder = await slack.waitForMessage(({ channel }) => channel === TOKYO);
    expect(shown(reminder)).toContain('東京支部');
    const form = await toForm();
    expect(viewText(form)).toContain('東京支部 令和7年度第1四半期（6月30日（月）時点）');
    expect(viewText(form)).toContain('目標 3.9％以上　前回 0.5％（5月末時点）');
    const answer = await submit({ [EMPLOYER]: '１．１％', 'evaluation:employer_data_rate': '○' });
    expect(answer).toMatchObject({ acknowledged: true });
    expect(viewText(top())).toContain('1件の実績を報告しました');
    const card = await slack.waitForMessage(
      ({ channel, text }) => channel === TOKYO && text.includes('実績が報告されました'),
    );
    expect(shown(card)).toContain('前回 0.5％（5月末時点）→');
    expect(shown(card)).toContain('1.1％');
    expect(shown(card)).toContain('順調');
    expect(shown(card)).toContain('評価 ○');
    expect(shown(card)).toContain(`<@${REPORTER}>`);
    const ended = await slack.waitForMessage((one) => one.ts === reminder.ts && shown(one).includes('終了'));
    expect(shown(ended)).toContain('終了');
    expect(await store.figures.reportedActuals()).toEqual([
      expect.objectContaining({
        value: 1.1,
        text: '1.1％',
        asOf: '2025-06-30',
        evaluation: '○',
        source: expect.objectContaining({
          title: expect.stringContaining('Slackでの報告 鈴木（報告者） 2025-08-01 09:30'),
        }),
      }),
    ]);
    const [entry] = (await store.audit.entries()).filter(({ action }) => action === 'figures_reported');
    expect(entry).toMatchObject({
      actor: REPORTER,
      subject: '東京',
      detail: '令和7年度 2025-06-30時点：事業者健診データ取得率 新規 1.1％',
    });
  });

  test.each([
    [{ [EMPLOYER]: '120％' }, EMPLOYER, '100％以下の数値を書いてください。'],
    [{ [EMPLOYER]: '-1' }, EMPLOYER, '0以上の数値を書いてください。'],
    [{ [EMPLOYER]: '三くらい' }, EMPLOYER, '数値として読めません（例: 81.2％。取り消すときは「取消」）。'],
    [
      { [DECLARED]: '81％' },
      DECLARED,
      '単位が違います。この指標の単位の「3,120事業所」のように書いてください。',
    ],
    [
      { [DECLARED]: 'たくさん' },
      DECLARED,
      '数値として読めません（例: 3,120事業所。取り消すときは「取消」）。',
    ],
    [{ [DECLARED]: '3,120.5' }, DECLARED, '整数で書いてください（単位は 事業所）。'],
    [
      { 'evaluation:generic_rate': '○' },
      GENERIC,
      '評価には数値が必要です。数値を入力するか、評価を外してください。',
    ],
    [{}, EMPLOYER, '報告する数値を、1つ以上入力してください。'],
  ])('%j is refused at its field', async (values, field, sentence) => {
    const { store, toForm, submit, top } = await runReporting();
    await toForm();
    const answer = await submit(values);
    expect(answer.fieldErrors).toEqual({ [field]: sentence });
    expect(viewText(top())).toContain('report:form');
    expect(await store.figures.reportedActuals()).toEqual([]);
  });

  test('all that is wrong is said at once, the comment’s too', async () => {
    const { toForm, submit } = await runReporting();
    await toForm();
    await submit({ [EMPLOYER]: '1.1', 'report:details': ['employer_data_rate'] });
    const answer = await submit({
      [EMPLOYER]: '120％',
      [DECLARED]: '81％',
      'evaluation:generic_rate': '○',
      'due:employer_data_rate': '2025-08-29',
    });
    expect(Object.keys(answer.fieldErrors ?? {}).sort()).toEqual(
      [EMPLOYER, DECLARED, GENERIC, 'next:employer_data_rate'].sort(),
    );
  });

  test('a first figure far from its target is asked about, beside the target', async () => {
    const { store, toForm, submit, top } = await runReporting();
    await toForm();
    await submit({ [GENERIC]: '8.05' });
    expect(viewText(top())).toContain('目標 88.8％以上 → 8.05％');
    expect(await store.figures.reportedActuals()).toEqual([]);
    await submit({ [GENERIC]: '80.5' });
    expect(await store.figures.reportedActuals()).toEqual([expect.objectContaining({ value: 80.5 })]);
  });

  test('a figure that jumps is asked about, with the old and the new; the form stays, to be put right', async () => {
    const { store, toForm, submit, top } = await runReporting();
    await toForm();
    await submit({ [DECLARED]: '30120' });
    expect(viewText(top())).toContain('3000％（5月末時点） → 30,120事業所');
    expect(viewText(top())).toContain('前回から30％を超えて変わっています。');
    expect(await store.figures.reportedActuals()).toEqual([]);
    const answer = await submit({ [DECLARED]: '3,012' });
    expect(answer.acknowledged).toBe(true);
    expect(await store.figures.reportedActuals()).toEqual([expect.objectContaining({ value: 3012 })]);
  });

  test('a jump that is confirmed is saved', async () => {
    const { store, toForm, submit, top } = await runReporting();
    await toForm();
    await submit({ [EMPLOYER]: '20' });
    expect(viewText(top())).toContain('1か月当たりの進み方が、これまでの2倍を超えています');
    await submit({});
    expect(viewText(top())).toContain('1件の実績を報告しました');
    expect(await store.figures.reportedActuals()).toEqual([
      expect.objectContaining({ value: 20, text: '20％' }),
    ]);
  });

  test('a correction keeps the history, and says what stood there', async () => {
    const { slack, store, toForm, submit } = await runReporting();
    await toForm();
    await submit({ [EMPLOYER]: '1.1', [GENERIC]: '81.2％' });
    const form = await toForm();
    expect(viewText(form)).toContain('"initial_value":"1.1％"');
    await submit({ [EMPLOYER]: '1.2' });
    const card = await slack.waitForMessage(({ blocks }) => shown({ blocks }).includes('訂正'));
    expect(shown(card)).toContain('訂正 1.1％ → ');
    expect(shown(card)).toContain('変わりのない1件は省きました');
    const history = await store.figures.history();
    expect(
      history
        .filter(({ kind }) => kind === 'kpi')
        .map(({ by, row, endedAt }) => [by, 'text' in row && row.text, endedAt !== null]),
    ).toEqual([
      [REPORTER, '1.1％', true],
      [REPORTER, '81.2％', false],
      [REPORTER, '1.2％', false],
    ]);
    const audit = (await store.audit.entries()).filter(({ action }) => action === 'figures_reported');
    expect(audit.at(-1)?.detail).toContain('1.1％ → 1.2％');
  });

  test('the same form sent twice is saved once, and told once', async () => {
    const { slack, store, toForm, top } = await runReporting();
    const view = await toForm();
    const values = { [EMPLOYER]: '1.1' };
    await Promise.allSettled([
      slack.submitView({ view, user: REPORTER, values }),
      slack.submitView({ view, user: REPORTER, values }),
    ]);
    await slack.waitForMessage(({ text }) => text.includes('実績が報告されました'));
    expect(viewText(top())).toContain('報告');
    expect((await store.figures.history()).filter(({ kind }) => kind === 'kpi')).toHaveLength(1);
    expect(slack.messages(TOKYO).filter(({ text }) => text.includes('実績が報告されました'))).toHaveLength(1);
  });

  test('comments and next steps are asked for where they are wished; a day makes a commitment', async () => {
    const { slack, store, toForm, submit, top, pass, look } = await runReporting();
    await toForm();
    await submit({ [EMPLOYER]: '1.1', 'report:details': ['employer_data_rate'] });
    expect(viewText(top())).toContain('コメント（事業者健診データ取得率）');
    const bad = await submit({ 'due:employer_data_rate': '2025-08-29' });
    expect(bad.fieldErrors).toEqual({ 'next:employer_data_rate': '期日までに何をするかを書いてください。' });
    await submit({
      'comment:employer_data_rate': '回答が<集まり>ました',
      'next:employer_data_rate': '未回答の事業所に電話する',
      'due:employer_data_rate': '2025-08-29',
      // Put right beside the comment, and asked about: what was written stays.
      [EMPLOYER]: '20',
    });
    expect(viewText(top())).toContain('数値の確認');
    await submit({ [EMPLOYER]: '1.2' });
    const card = await slack.waitForMessage(({ text }) => text.includes('実績が報告されました'));
    expect(shown(card)).toContain('コメント：回答が&lt;集まり&gt;ました');
    expect(shown(card)).toContain('今後：未回答の事業所に電話する（8月29日（金）まで）');
    expect(await store.figures.reportedActuals()).toEqual([
      expect.objectContaining({
        note: '回答が<集まり>ました',
        next: { text: '未回答の事業所に電話する', due: '2025-08-29' },
      }),
    ]);
    pass(20 * 60);
    await look();
    const due = await slack.waitForMessage(({ blocks }) => shown({ blocks }).includes('この四半期の予定'));
    expect(shown(due)).toContain('未回答の事業所に電話する');
  });
});

describe('who may report', () => {
  test('a reader is told politely whom to ask, and it is kept', async () => {
    const { slack, store, open } = await runReporting();
    const view = await open(VIEWER);
    expect(viewText(view)).toContain('登録された報告担当の方です');
    expect(viewText(view)).toContain(`<@${ADMIN}>`);
    expect((await store.audit.entries()).at(-1)).toMatchObject({ action: 'refused', actor: VIEWER });
    expect(slack.modals(VIEWER)).toHaveLength(1);
  });

  test('a reporter is offered own branches only, an admin all', async () => {
    const { open } = await runReporting();
    expect(viewText(await open())).not.toContain('群馬支部');
    expect(viewText(await open(ADMIN))).toContain('群馬支部');
  });

  test('who may report for several branches must choose one, and their own stands there', async () => {
    const { store, open, top, submit, now } = await runReporting();
    await open(ADMIN);
    expect(viewText(top(ADMIN))).not.toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"東京支部"',
    );
    expect((await submit({}, ADMIN)).acknowledged).toBe(false);
    await store.settings.savePerson(ADMIN, { branch: '東京', notices: false }, now());
    expect(viewText(await open(ADMIN))).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"東京支部"',
    );
  });

  test('who loses the role while the form is open is refused when sending it', async () => {
    const { store, toForm, submit, top, now } = await runReporting();
    await toForm();
    await store.members.save({ user: REPORTER, role: 'viewer', branches: [] }, ADMIN, now());
    await submit({ [EMPLOYER]: '1.1' });
    expect(viewText(top())).toContain('登録された報告担当の方です');
    expect(await store.figures.reportedActuals()).toEqual([]);
  });
});

describe('the modal', () => {
  test('opens with the quarter that ended last; another quarter brings its own last day', async () => {
    const { slack, open, top } = await runReporting();
    const view = await open();
    expect(viewText(view)).toContain('"initial_date":"2025-06-30"');
    await slack.selectOption({ view, user: REPORTER, actionId: 'report:quarter', value: '4' });
    await slack.waitForView((one) => viewText(one).includes('"initial_date":"2026-03-31"'));
    expect(viewText(top())).toContain('report:as_of:R7Q4');
  });

  test.each([
    [
      'report:as_of:R7Q1:report:as_of',
      '2025-07-15',
      'report:as_of:R7Q1',
      '選んだ年度と四半期の中の日にしてください。',
    ],
    ['report:as_of:R7Q1:report:as_of', '2025-06-15', null, null],
  ])('a day of %s %s', async (field, day, block, sentence) => {
    const { open, submit, top } = await runReporting();
    await open();
    const answer = await submit({ [field]: day });
    if (block === null) expect(viewText(top())).toContain('6月15日');
    else expect(answer.fieldErrors).toEqual({ [block]: sentence });
  });

  test('a day that has not come is refused', async () => {
    const { slack, open, submit } = await runReporting();
    const view = await open();
    await slack.selectOption({ view, user: REPORTER, actionId: 'report:quarter', value: '2' });
    await slack.waitForView((one) => viewText(one).includes('"initial_date":"2025-09-30"'));
    const answer = await submit({});
    expect(answer.fieldErrors).toEqual({
      'report:as_of:R7Q2': 'まだ来ていない日です。今日までの日を選んでください。',
    });
  });

  test('a year without a plan is said to have none', async () => {
    const { slack, open, submit } = await runReporting();
    const view = await open();
    await slack.selectOption({ view, user: REPORTER, actionId: 'report:fy', value: '6' });
    await slack.waitForView((one) => viewText(one).includes('"initial_date":"2024-06-30"'));
    expect((await submit({})).fieldErrors).toEqual({
      'report:fy': 'この年度の計画がまだ取り込まれていないため、報告できません。',
    });
  });

  test('one that stood open for a day says that it is expired, and records nothing', async () => {
    const { store, toForm, submit, top, pass } = await runReporting();
    await toForm();
    pass(25 * 60 * 60);
    await submit({ [EMPLOYER]: '1.1' });
    expect(viewText(top())).toContain('開いてから時間がたった');
    expect(await store.figures.reportedActuals()).toEqual([]);
  });

  test('a store that fails loses nothing that was put in', async () => {
    let isDown = true;
    const { slack, store, toForm, submit, top } = await runReporting({
      faulty: (whole) => ({
        ...whole,
        figures: {
          ...whole.figures,
          import: (table, now, tell) =>
            isDown ? Promise.reject(new Error('disk full')) : whole.figures.import(table, now, tell),
        },
      }),
    });
    await toForm();
    await submit({ [EMPLOYER]: '1.1' });
    expect(viewText(top())).toContain('何も保存していません');
    expect(await store.figures.reportedActuals()).toEqual([]);
    slack.closeView({ view: top(), user: REPORTER });
    isDown = false;
    await submit({});
    expect(await store.figures.reportedActuals()).toEqual([expect.objectContaining({ value: 1.1 })]);
  });
});

describe('when something takes long or fails', () => {
  test('a store that is busy: the form says that it is being saved, and then that it is', async () => {
    let letGo: () => void = () => {};
    const free = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { slack, toForm, submit, top } = await runReporting({
      faulty: (whole) => ({
        ...whole,
        figures: {
          ...whole.figures,
          import: async (table, now, tell) => {
            await free;
            return whole.figures.import(table, now, tell);
          },
        },
      }),
    });
    await toForm();
    const sent = submit({ [EMPLOYER]: '1.1' });
    await slack.waitForView((view) => viewText(view).includes('記録しています'));
    expect(await sent).toMatchObject({ acknowledged: true });
    letGo();
    await slack.waitForView((view) => viewText(view).includes('1件の実績を報告しました'));
    expect(viewText(top())).toContain('"clear_on_close":true');
  });

  test('a form that cannot be opened: whoever pressed the button hears of it', async () => {
    const { slack, look } = await runReporting();
    await look();
    const reminder = await slack.waitForMessage(({ channel }) => channel === TOKYO);
    slack.injectFault({ method: 'views.open', kind: 'error', code: 'expired_trigger_id', times: 1 });
    await slack.clickButton({ message: reminder, user: REPORTER, actionId: 'report:open' });
    const apology = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === REPORTER);
    expect(apology.text).toContain('もう一度「実績を報告」を押してください');
  });

  test('a form that the shortcut cannot open: the person hears of it in their direct messages', async () => {
    const { slack } = await runReporting();
    slack.injectFault({ method: 'views.open', kind: 'error', code: 'expired_trigger_id', times: 1 });
    await slack.runShortcut({ callbackId: 'report_figures', user: REPORTER });
    const apology = await slack.waitForEphemeral(({ ephemeralTo }) => ephemeralTo === REPORTER);
    expect([apology.channel, apology.text]).toEqual([
      directMessageId(REPORTER),
      expect.stringContaining('もう一度「実績を報告」を押してください'),
    ]);
  });

  test('a card that Slack refuses in the channel goes to the person who reported', async () => {
    const { slack, store, toForm, submit } = await runReporting({
      owners: [{ ...TOKYO_OWNER, channel: CHANNELS.chat }, OFFICE_OWNER],
    });
    await toForm();
    await submit({ [EMPLOYER]: '1.1' });
    const card = await slack.waitForMessage(({ text }) => text.includes('実績が報告されました'));
    expect(card.channel).toBe(directMessageId(REPORTER));
    expect(await store.figures.reportedActuals()).toHaveLength(1);
  });
});

describe('where the card goes', () => {
  test('a branch without a channel: to the person who reported', async () => {
    const { slack, toForm, submit } = await runReporting({ owners: [] });
    await toForm();
    await submit({ [EMPLOYER]: '1.1' });
    const card = await slack.waitForMessage(({ text }) => text.includes('実績が報告されました'));
    expect(card.channel).toBe(directMessageId(REPORTER));
  });
});

describe('the button 「実績を報告」', () => {
  test('under a reminder knows the branch and the quarter, and the card goes where the branch reads', async () => {
    const { slack, look, submit, top } = await runReporting();
    await look();
    const reminder = await slack.waitForMessage(({ channel }) => channel === TOKYO);
    await slack.clickButton({ message: reminder, user: REPORTER, actionId: 'report:open' });
    const view = await slack.waitForView(({ user }) => user === REPORTER);
    expect(viewText(view)).toContain('"initial_option":{"text":{"type":"plain_text","text":"東京支部"');
    await submit({});
    await submit({ [EMPLOYER]: '1.1' });
    expect(viewText(top())).toContain(`<#${TOKYO}>`);
    await slack.waitForMessage(
      ({ channel, text }) => channel === TOKYO && text.includes('実績が報告されました'),
    );
  });

  test('in Home, for whoever may report, and Home shows what the new figure makes of it', async () => {
    const { slack, store, now, submit } = await runReporting();
    await store.settings.savePerson(REPORTER, { branch: '東京', notices: false }, now());
    await store.settings.savePerson(VIEWER, { branch: '東京', notices: false }, now());
    for (const user of [REPORTER, VIEWER]) await slack.openHome({ user });
    await slack.waitUntil(() => slack.home(REPORTER) !== null && slack.home(VIEWER) !== null);
    const [own, others] = [slack.home(REPORTER), slack.home(VIEWER)];
    expect(others && viewText(others)).not.toContain('report:open');
    if (!own) throw new Error('no Home');
    await slack.clickButton({ view: own, user: REPORTER, actionId: 'report:open' });
    await slack.waitForView(({ user, type }) => user === REPORTER && type === 'modal');
    await submit({});
    await submit({ [EMPLOYER]: '1.1' });
    // What goes well is named there, not told line by line.
    const isThere = (view: typeof own) => viewText(view).includes('順調：事業者健診データ取得率');
    expect(isThere(own)).toBe(false);
    await slack.waitUntil(() => isThere(slack.home(REPORTER) ?? own));
  });
});

describe('other things that people report', () => {
  test('a figure that is taken back: the card says so, and the history keeps it', async () => {
    const { slack, store, toForm, submit } = await runReporting();
    await toForm();
    await submit({ [EMPLOYER]: '1.1' });
    await toForm();
    expect((await submit({ [GENERIC]: '取消' })).fieldErrors).toEqual({
      [GENERIC]: 'この日の報告がないため、取り消せません。',
    });
    await submit({ [EMPLOYER]: '取消', [GENERIC]: '' });
    const card = await slack.waitForMessage((one) => shown(one).includes('取り消し'));
    expect(shown(card)).toContain('*取り消し*（取り消した数値 1.1％）');
    expect(shown(card)).not.toContain('訂正');
    expect(await store.figures.reportedActuals()).toEqual([]);
    expect((await store.figures.history()).filter(({ kind }) => kind === 'kpi')).toHaveLength(1);
    expect((await store.audit.entries()).at(-1)?.detail).toContain('1.1％ → 取消');
  });

  test('a deed has no figure: done or not', async () => {
    const deed = planned('opinion', { op: 'do', value: null, unit: null, text: '実施する' });
    const { store, toForm, submit } = await runReporting({ kpis: [deed] });
    const form = await toForm();
    expect(viewText(form)).toContain('"text":"未実施"');
    await submit({ 'figure:opinion': '実施' });
    expect(await store.figures.reportedActuals()).toEqual([
      expect.objectContaining({ value: null, text: '実施' }),
    ]);
  });

  test('a figure older than what is known is kept, and is not judged in the newer one’s place', async () => {
    const { slack, toForm, submit, open, top } = await runReporting();
    await toForm();
    await submit({ [EMPLOYER]: '1.1' });
    await open();
    await submit({ 'report:branch': '東京', 'report:as_of:R7Q1:report:as_of': '2025-06-15' });
    expect(viewText(top())).toContain(
      '前回 0.5％（5月末時点）　より新しい実績 1.1％（6月末時点）があり、答えとお知らせにはそちらを使います',
    );
    await submit({ [EMPLOYER]: '0.8' });
    const card = await slack.waitForMessage((one) => shown(one).includes('6月15日'));
    expect(shown(card)).toContain('より新しい時点の実績があるため');
    expect(shown(card)).not.toContain('順調');
  });
});
