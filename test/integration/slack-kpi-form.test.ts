import { describe, expect, test } from 'vitest';
import type { AskInput } from '../../src/model/ask.ts';
import { EMPTY_QUERY } from '../../src/model/query.ts';
import type { View } from '../../src/playground/emulator/state.ts';
import { CHANNELS } from '../../src/playground/emulator/workspace.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { fiveMarks, standingsFrom } from '../slack/made-up-standings.ts';
import { type RunOptions, runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const PICK = { branch: 'pick:branch', indicator: 'pick:indicator', year: 'pick:year' };

function blocksOf(view: View | undefined): string {
  return JSON.stringify(view?.payload.blocks);
}

async function openForm(options: RunOptions = {}, channel: string = TOKYO) {
  const running = await runApp({ standings: standingsFrom(fiveMarks()), ...options });
  await running.app.start();
  const { slack } = running;
  const open = async () => {
    await slack.runCommand({ command: '/kpi', text: '', channel, user: STAFF });
    return slack.waitForView((view) => view.payload.callback_id === 'kpi_form');
  };
  const offered = async (form: View, picker: keyof typeof PICK, query: string) => {
    const { payload } = await slack.loadOptions({
      view: form,
      actionId: PICK[picker],
      user: STAFF,
      query,
    });
    return JSON.stringify(payload);
  };
  const top = () => slack.modals(STAFF).at(-1);
  return { ...running, open, offered, top };
}

/** Chooses as a person does: type, then take what is offered. */
async function fillIn(
  { offered }: Awaited<ReturnType<typeof openForm>>,
  form: View,
  branch = '東京',
  indicator = 'generic_rate',
) {
  await offered(form, 'branch', branch);
  await offered(form, 'indicator', 'ジェネリック');
  await offered(form, 'year', '');
  return { [PICK.branch]: branch, [PICK.indicator]: indicator };
}

describe('/kpi without words', () => {
  test('opens a form, and its answer lies over the form with figure and source', async () => {
    const app = await openForm();
    const form = await app.open();
    const { acknowledged } = await app.slack.submitView({
      view: form,
      user: STAFF,
      values: await fillIn(app, form),
    });
    expect(acknowledged).toBe(true);
    expect(app.slack.modals(STAFF)).toHaveLength(2);
    expect(blocksOf(app.top())).toContain('80.0％以上');
    expect(blocksOf(app.top())).toContain('6406行目');
    expect(await app.settled(TOKYO)).toEqual([]);
  });

  test('asks what the fields say, as a query', async () => {
    const asked: AskInput[] = [];
    const app = await openForm({
      ask: (input) => {
        asked.push(input);
        return fixedAsk(input);
      },
    });
    const form = await app.open();
    const values = { ...(await fillIn(app, form)), [PICK.year]: '7' };
    await app.slack.submitView({ view: form, user: STAFF, values });
    const scope = { ...EMPTY_QUERY.scope, branches: ['東京'], fys: [7] };
    expect(asked.map(({ query }) => query)).toEqual([
      { ...EMPTY_QUERY, indicators: ['generic_rate'], scope },
    ]);
  });

  test("closing the answer leads back to the form, for the meeting's next question", async () => {
    const app = await openForm();
    const form = await app.open();
    await app.slack.submitView({ view: form, user: STAFF, values: await fillIn(app, form) });
    const answer = app.top();
    if (answer) app.slack.closeView({ view: answer, user: STAFF });
    expect(app.top()?.id).toBe(form.id);
    const again = await app.slack.submitView({ view: form, user: STAFF, values: await fillIn(app, form) });
    expect(again.acknowledged).toBe(true);
    expect(app.slack.modals(STAFF)).toHaveLength(2);
  });

  test.each([
    [
      'the channel',
      (store: Awaited<ReturnType<typeof openForm>>['store']) =>
        store.settings.saveChannel(
          TOKYO,
          { branch: '青森', fy: 6, answerIn: 'thread', reminders: true, speaks: 'in_threads' },
          STAFF,
          new Date(),
        ),
      ['青森支部', '令和6年度'],
      TOKYO,
    ],
    [
      'the person',
      (store: Awaited<ReturnType<typeof openForm>>['store']) =>
        store.settings.savePerson(STAFF, { branch: '群馬', notices: false }, new Date()),
      ['群馬支部'],
      CHANNELS.headOffice,
    ],
    ['the name of the channel', async () => {}, ['東京支部'], TOKYO],
  ])('has the branch of %s filled in', async (_, save, expected, channel) => {
    const app = await openForm({}, channel);
    await save(app.store);
    const form = blocksOf(await app.open());
    for (const words of expected) expect(form).toContain(words);
  });

  test('opens without the branch where the settings cannot be read', async () => {
    const app = await openForm({
      memory: (store) => ({
        ...store,
        settings: {
          ...store.settings,
          ofChannel: async () => {
            throw new Error('disk');
          },
        },
      }),
    });
    expect(blocksOf(await app.open())).not.toContain('initial_option');
  });

  test('says so where Slack no longer opens it', async () => {
    const app = await openForm();
    app.slack.injectFault({ method: 'views.open', times: 1, kind: 'error', code: 'expired_trigger_id' });
    await app.slack.runCommand({ command: '/kpi', text: '', channel: TOKYO, user: STAFF });
    const panel = await app.slack.waitForEphemeral((message) => message.ephemeralTo === STAFF);
    expect(shown(panel)).toContain('入力画面を開けませんでした');
  });
});

describe('what the fields offer', () => {
  test.each([
    ['branch', '東京', ['東京支部'], ['青森']],
    ['branch', 'とうきょう', ['東京支部'], ['青森']],
    ['branch', 'あお', ['青森支部'], ['東京']],
    ['branch', '', ['北海道支部', '沖縄支部', '本部'], []],
    ['indicator', '郵送', ['郵送'], ['ジェネリック']],
    ['year', '', ['令和7年度（2025年度）', '令和2年度'], []],
    ['year', '2024', ['令和6年度'], ['令和7年度']],
    ['year', '令和5', ['令和5年度'], ['令和7年度']],
  ] as const)('%s, for 「%s」', async (picker, query, there, absent) => {
    const app = await openForm({ now: () => new Date('2025-07-01T03:00:00Z') });
    const offered = await app.offered(await app.open(), picker, query);
    for (const words of there) expect(offered).toContain(words);
    for (const words of absent) expect(offered).not.toContain(words);
  });

  test("the branch's own KPIs first, once it is chosen", async () => {
    const app = await openForm({ now: () => new Date('2025-07-01T03:00:00Z') });
    await app.store.settings.savePerson(STAFF, { branch: '東京', notices: false }, new Date());
    const offered = await app.offered(await app.open(), 'indicator', '');
    expect(offered).toContain('この支部のKPI');
    expect(offered.indexOf('ジェネリック医薬品使用割合')).toBeLessThan(offered.indexOf('ほかの指標'));
    expect(offered.indexOf('査定率')).toBeGreaterThan(offered.indexOf('ほかの指標'));
  });
});

describe('the answer in the modal', () => {
  async function answered(options: RunOptions = {}, channel?: string) {
    const app = await openForm(options, channel);
    const form = await app.open();
    await app.slack.submitView({ view: form, user: STAFF, values: await fillIn(app, form) });
    const view = app.top();
    if (view === undefined) throw new Error('no answer');
    return { ...app, view };
  }

  test('is shared with the channel at a click, and says that it was', async () => {
    const { slack, store, view, top } = await answered();
    await slack.clickButton({ view, actionId: 'modal:share', user: STAFF });
    const posted = await slack.waitForMessage((message) => message.channel === TOKYO);
    expect(shown(posted)).toContain('80.0％以上');
    expect(shown(posted)).toContain(`<@${STAFF}> さんが共有しました`);
    await slack.waitUntil(() => blocksOf(top()).includes('チャンネルに共有しました'));
    await expect.poll(() => store.answers.find(TOKYO, posted.ts)).toMatchObject({ asker: STAFF });
  });

  test('says why it cannot be shared where planbot is no member', async () => {
    const { slack, view, top } = await answered({}, CHANNELS.chat);
    await slack.clickButton({ view, actionId: 'modal:share', user: STAFF });
    await slack.waitUntil(() => blocksOf(top()).includes('/invite @planbot'));
    expect(blocksOf(top())).toContain('80.0％以上');
    expect(slack.messages(CHANNELS.chat)).toEqual([]);
  });

  test('is shared also where the person closes it meanwhile', async () => {
    const { slack, view, settled, logged } = await answered();
    slack.injectFault({ method: 'views.update', times: 1, kind: 'error', code: 'not_found' });
    await slack.clickButton({ view, actionId: 'modal:share', user: STAFF });
    await slack.waitForMessage((message) => message.channel === TOKYO);
    expect(await settled(TOKYO)).toHaveLength(1);
    expect(logged.join('')).not.toContain('question failed');
  });

  test('a choice changes it in its place', async () => {
    const { slack, view, top } = await answered();
    await slack.clickButton({ view, actionId: 'modal:choice:0', user: STAFF });
    await slack.waitForCall((call) => call.method === 'views.update');
    expect(top()?.id).toBe(view.id);
    expect(slack.messages(TOKYO)).toEqual([]);
  });

  test('has no button to share it where it is asked for in a direct message', async () => {
    const { view } = await answered({}, STAFF_DM);
    expect(blocksOf(view)).toContain('80.0％以上');
    expect(blocksOf(view)).not.toContain('チャンネルに共有');
  });

  test('that takes long is preceded by a word in time for Slack, and comes when the view is there', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const app = await openForm({
      ask: async (input) => {
        await gate;
        return fixedAsk(input);
      },
    });
    const form = await app.open();
    const sent = await app.slack.submitView({ view: form, user: STAFF, values: await fillIn(app, form) });
    expect(sent.acknowledged).toBe(true);
    expect(blocksOf(app.top())).toContain('確認しています');
    app.slack.injectFault({ method: 'views.update', times: 2, kind: 'error', code: 'not_found' });
    release();
    await app.slack.waitUntil(() => blocksOf(app.top()).includes('80.0％以上'));
  });

  test('that fails is an apology', async () => {
    const app = await openForm({
      ask: async () => {
        throw new Error('disk');
      },
    });
    const form = await app.open();
    await app.slack.submitView({ view: form, user: STAFF, values: await fillIn(app, form) });
    expect(blocksOf(app.top())).toContain('うまく調べられませんでした');
  });
});
