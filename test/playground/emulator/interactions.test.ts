import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import type { Message } from '../../../src/playground/emulator/state.ts';
import { CHANNELS, USERS } from '../../../src/playground/emulator/workspace.ts';
import { eventually } from '../../helpers/eventually.ts';
import { boltApp, NOON, startSlack } from '../../helpers/local-slack.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const user = USERS.staff.id;
const channel = CHANNELS.tokyo;

describe('what people do with messages and views', () => {
  let slack: LocalSlack;
  let app: App;

  beforeEach(async () => {
    slack = await startSlack();
    app = boltApp(slack);
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  async function post(elements: unknown[]): Promise<Message> {
    const blocks = [{ type: 'actions', block_id: 'choices', elements }] as never;
    const { ts } = await app.client.chat.postMessage({ channel, text: '選んでください', blocks });
    return slack.waitForMessage((one) => one.ts === ts);
  }

  it('a click brings the button’s value and the message, and the app can answer', async () => {
    app.action('share', async ({ ack, action, body, respond }) => {
      await ack();
      if (action.type !== 'button' || body.type !== 'block_actions') return;
      await respond({ text: `${action.value}：${body.message?.text}`, replace_original: false });
    });
    await app.start();
    const message = await post([{ type: 'button', action_id: 'share', text: plain('共有'), value: '東京' }]);
    expect(await slack.clickButton({ message, actionId: 'share', user })).toMatchObject({
      acknowledged: true,
    });
    const answer = await slack.waitForEphemeral((one) => one.ephemeralTo === user);
    expect(answer.text).toBe('東京：選んでください');
  });

  const feedback = {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'judge',
        positive_button: { text: plain('役に立った'), value: 'good' },
        negative_button: { text: plain('役に立たない'), value: 'bad' },
      },
      {
        type: 'icon_button',
        icon: 'trash',
        action_id: 'drop',
        text: plain('消す'),
        value: 'mine',
        visible_to_user_ids: [user],
      },
    ],
  };

  it('feedback buttons say which of the two it was, an icon button its value', async () => {
    const seen: object[] = [];
    app.action(/judge|drop/, async ({ ack, action }) => {
      await ack();
      seen.push(action);
    });
    await app.start();
    const { ts } = await app.client.chat.postMessage({ channel, text: '答え', blocks: [feedback] as never });
    const message = await slack.waitForMessage((one) => one.ts === ts);
    await slack.clickButton({ message, actionId: 'judge', value: 'bad', user });
    await slack.clickButton({ message, actionId: 'drop', user });
    expect(seen).toMatchObject([
      { type: 'feedback_buttons', action_id: 'judge', value: 'bad', text: plain('役に立たない') },
      { type: 'icon_button', action_id: 'drop', value: 'mine', icon: 'trash' },
    ]);
    const other = slack.clickButton({ message, actionId: 'drop', user: USERS.admin.id });
    await expect(other).rejects.toThrow('そのボタンは見えません');
    const neither = slack.clickButton({ message, actionId: 'judge', value: 'so-so', user });
    await expect(neither).rejects.toThrow('評価のボタンがありません');
  });

  it('nobody clicks what is shown to another, or in a channel they are not in', async () => {
    await app.start();
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'a', text: plain('a') }] },
    ] as never;
    await app.client.chat.postEphemeral({ channel, user, text: 'x', blocks });
    const [mine] = slack.ephemerals({ user });
    const { ts } = await app.client.chat.postMessage({ channel, text: 'x', blocks });
    const ours = await slack.waitForMessage((one) => one.ts === ts);
    if (!mine) throw new Error('no ephemeral message');
    const click = (message: Message, who: string) => slack.clickButton({ message, actionId: 'a', user: who });
    await expect(click(mine, USERS.admin.id)).rejects.toThrow('見えません');
    await expect(click(ours, USERS.external.id)).rejects.toThrow('見えません');
    await app.client.chat.delete({ channel, ts: String(ts) });
    await expect(click(ours, user)).rejects.toThrow('見えません');
  });

  it('a message’s menus are each person’s own until they are sent; an overflow menu keeps nothing', async () => {
    const states: object[] = [];
    app.action(/menu|more|go/, async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') states.push(body.state?.values ?? {});
    });
    await app.start();
    const options = [{ text: plain('東京'), value: 'tokyo' }];
    const message = await post([
      { type: 'static_select', action_id: 'menu', options },
      { type: 'overflow', action_id: 'more', options },
      { type: 'button', action_id: 'go', text: plain('見る') },
    ]);
    await slack.selectOption({ message, actionId: 'menu', value: 'tokyo', user });
    await slack.selectOption({ message, actionId: 'more', value: 'tokyo', user });
    await slack.clickButton({ message, actionId: 'go', user: USERS.admin.id });
    const menu = (selected_option: object | null) => ({
      choices: { menu: { type: 'static_select', selected_option } },
    });
    expect(states).toEqual([menu(options[0] ?? null), menu(options[0] ?? null), menu(null)]);
    await expect(slack.clickButton({ message, actionId: 'menu', user })).rejects.toThrow(
      'ボタンではありません',
    );
    const pressed = slack.selectOption({ message, actionId: 'go', value: 'x', user });
    await expect(pressed).rejects.toThrow('選べる操作ではありません');
  });

  it('a click on what is not there is the test’s mistake', async () => {
    await app.start();
    const message = await post([{ type: 'button', action_id: 'a', text: plain('a') }]);
    await expect(slack.clickButton({ message, actionId: 'b', user })).rejects.toThrow('操作がありません');
  });

  it('a click that nobody acknowledges times out', async () => {
    await app.start();
    const impatient = await startSlack({ acknowledgeWithinMs: 30 });
    const other = boltApp(impatient);
    other.action('slow', async () => undefined);
    await other.start();
    const { ts } = await other.client.chat.postMessage({
      channel,
      text: 'x',
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'slow', text: plain('x') }] }],
    });
    const message = await impatient.waitForMessage((one) => one.ts === ts);
    const answer = await impatient.clickButton({ message, actionId: 'slow', user });
    expect(answer).toEqual({ acknowledged: false, payload: null, reason: 'timeout' });
    await other.stop();
    await impatient.stop();
  });

  it('a selection brings the whole option', async () => {
    const chosen: unknown[] = [];
    app.action('branch', async ({ ack, action }) => {
      await ack();
      if (action.type === 'static_select') chosen.push(action.selected_option);
    });
    await app.start();
    const options = [
      { text: plain('東京'), value: 'tokyo' },
      { text: plain('群馬'), value: 'gunma' },
    ];
    const message = await post([{ type: 'static_select', action_id: 'branch', options }]);
    await slack.selectOption({ message, actionId: 'branch', value: 'gunma', user });
    await eventually(() => expect(chosen).toEqual([{ text: plain('群馬'), value: 'gunma' }]));
  });

  it('an external select offers what the app finds, and takes nothing else', async () => {
    const chosen: (string | undefined)[] = [];
    app.action('find', async ({ ack, action }) => {
      await ack();
      if (action.type === 'external_select') chosen.push(action.selected_option?.text.text);
    });
    app.options('find', async ({ ack, options }) => {
      await ack({ options: [{ text: plain(`${options.value}支部`), value: options.value }] });
    });
    await app.start();
    const message = await post([{ type: 'external_select', action_id: 'find', min_query_length: 1 }]);
    const answer = await slack.loadOptions({ message, actionId: 'find', query: '東京', user });
    expect(answer.payload).toEqual({ options: [{ text: plain('東京支部'), value: '東京' }] });
    await slack.selectOption({ message, actionId: 'find', value: '東京', user });
    await eventually(() => expect(chosen).toEqual(['東京支部']));
    const other = slack.selectOption({ message, actionId: 'find', value: '群馬', user });
    await expect(other).rejects.toThrow('選択肢がありません');
  });

  it('an ephemeral message is replaced and removed through its response_url, and comes without `message`', async () => {
    app.command('/kpi', async ({ ack }) => {
      const elements = [
        { type: 'button' as const, action_id: 'change', text: plain('直す') },
        { type: 'button' as const, action_id: 'drop', text: plain('消す') },
      ];
      await ack({ text: '見本', blocks: [{ type: 'actions', elements }] });
    });
    const withMessage: boolean[] = [];
    app.action('change', async ({ ack, body, respond }) => {
      await ack();
      withMessage.push('message' in body);
      await respond({ text: '直しました', replace_original: true });
    });
    app.action('drop', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '', channel, user });
    const [message] = slack.ephemerals({ user });
    if (!message) throw new Error('no ephemeral message');
    await slack.clickButton({ message, actionId: 'drop', user });
    await slack.waitUntil(() => slack.ephemerals({ user }).length === 0);
    await slack.runCommand({ command: '/kpi', text: '', channel, user });
    const [second] = slack.ephemerals({ user });
    if (!second) throw new Error('no ephemeral message');
    await slack.clickButton({ message: second, actionId: 'change', user });
    expect((await slack.waitForEphemeral((one) => one.text === '直しました')).ts).toBe(second.ts);
    expect(withMessage).toEqual([false]);
  });

  const modal = {
    type: 'modal' as const,
    callback_id: 'report',
    title: plain('報告'),
    submit: plain('送る'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'figure',
        label: plain('実績'),
        element: { type: 'plain_text_input' as const, action_id: 'value' },
      },
    ],
  };

  it('a modal opens once for a click, holds errors, and closes when it is accepted', async () => {
    app.action('report', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await client.views.open({ trigger_id: body.trigger_id, view: modal });
      await client.views.open({ trigger_id: body.trigger_id, view: modal }).catch(() => undefined);
    });
    const reported: unknown[] = [];
    app.view('report', async ({ ack, view }) => {
      const value = view.state.values.figure?.value?.value;
      if (Number.isNaN(Number(value)))
        return ack({ response_action: 'errors', errors: { figure: '数字で入力してください' } });
      reported.push(value);
      await ack();
    });
    await app.start();
    const message = await post([{ type: 'button', action_id: 'report', text: plain('報告') }]);
    await slack.clickButton({ message, actionId: 'report', user });
    const view = await slack.waitForView((one) => one.payload.callback_id === 'report');
    await slack.waitForCall((call) => call.outcome === 'exchanged_trigger_id');

    expect(await slack.submitView({ view, user })).toMatchObject({ reason: 'required_input_empty: 実績' });
    const refused = await slack.submitView({ view, user, values: { value: 'たくさん' } });
    expect(refused.payload).toEqual({
      response_action: 'errors',
      errors: { figure: '数字で入力してください' },
    });
    expect(slack.modals(user)).toHaveLength(1);
    await slack.submitView({ view, user, values: { value: '88.3' } });
    expect(reported).toEqual(['88.3']);
    expect(slack.modals(user)).toEqual([]);
  });

  it('the App Home shows what the app publishes when it is opened', async () => {
    app.event('app_home_opened', async ({ event, client }) => {
      const blocks = [{ type: 'header' as const, text: plain('担当の指標') }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
    await app.start();
    expect(slack.home(user)).toBeNull();
    await slack.openHome({ user });
    const view = await slack.waitForView((one) => one.type === 'home');
    expect(view).toMatchObject({ user, payload: { blocks: [{ text: plain('担当の指標') }] } });
  });

  it('a trigger is good for 3 seconds, a response_url for five answers within 30 minutes', async () => {
    let now = NOON;
    const clocked = await startSlack({ now: () => now });
    const other = boltApp(clocked);
    const clicks: { trigger_id: string; response_url: string }[] = [];
    other.action('late', async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') clicks.push(body);
    });
    await other.start();
    const { ts } = await other.client.chat.postMessage({
      channel,
      text: 'x',
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'late', text: plain('x') }] }],
    });
    const message = await clocked.waitForMessage((one) => one.ts === ts);
    await clocked.clickButton({ message, actionId: 'late', user });
    await clocked.clickButton({ message, actionId: 'late', user });
    await eventually(() => expect(clicks).toHaveLength(2));
    const [first, second] = clicks;
    if (!first || !second) throw new Error('a click was lost');
    const answer = (url: string) => fetch(url, { method: 'POST', body: JSON.stringify({ text: '答え' }) });

    for (const _turn of Array(5)) expect((await answer(first.response_url)).status).toBe(200);
    expect(await (await answer(first.response_url)).text()).toBe('used_url');
    now = new Date(NOON.getTime() + 3001);
    const late = other.client.views.open({ trigger_id: first.trigger_id, view: modal });
    await expect(late).rejects.toThrow('expired_trigger_id');
    now = new Date(NOON.getTime() + 30 * 60_000 + 1);
    expect(await (await answer(second.response_url)).text()).toBe('expired_url');
    await other.stop();
    await clocked.stop();
  });
});
