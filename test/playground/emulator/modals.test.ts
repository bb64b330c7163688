import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import type { View } from '../../../src/playground/emulator/state.ts';
import { CHANNELS, USERS } from '../../../src/playground/emulator/workspace.ts';
import { boltApp, startSlack } from '../../helpers/local-slack.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const user = USERS.staff.id;
const channel = CHANNELS.tokyo;

const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element: { action_id: block_id, ...element },
  ...more,
});
const modal = (blocks: object[], more: object = {}) =>
  ({
    type: 'modal',
    callback_id: 'form',
    title: plain('報告'),
    submit: plain('送る'),
    blocks,
    ...more,
  }) as never;

describe('a modal', () => {
  let slack: LocalSlack;
  let app: App;
  let sent: Record<string, Record<string, Record<string, unknown>>>[];

  beforeEach(async () => {
    slack = await startSlack();
    app = boltApp(slack);
    sent = [];
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  /** Opens a view over a command, as a person would. */
  async function open(view: never): Promise<View> {
    app.command('/kpi', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '', channel, user });
    return slack.waitForView((one) => one.type === 'modal');
  }
  const collect = (): void =>
    app.view('form', async ({ ack, view }) => {
      sent.push(view.state.values as never);
      await ack();
    });
  const top = (): View => {
    const view = slack.modals(user).at(-1);
    if (!view) throw new Error('no modal is open');
    return view;
  };

  it('sends what a person put into every kind of input, in Slack’s shape', async () => {
    collect();
    const many = [option('東京'), option('群馬')];
    const view = await open(
      modal([
        input('text', { type: 'plain_text_input' }),
        input('date', { type: 'datepicker', initial_date: '2025-07-01' }),
        input('radio', { type: 'radio_buttons', options: many }),
        input('checks', { type: 'checkboxes', options: many, initial_options: [option('東京')] }),
        input('menu', { type: 'static_select', options: many }),
        input('menus', { type: 'multi_static_select', options: many }),
        input('person', { type: 'users_select' }),
        input('empty', { type: 'plain_text_input' }, { optional: true }),
        input('none', { type: 'checkboxes', options: many }, { optional: true }),
      ]),
    );
    const values = {
      text: '一行目\n二行目',
      radio: '群馬',
      menu: '東京',
      menus: ['東京', '群馬'],
      person: USERS.admin.id,
    };
    expect(await slack.submitView({ view, user, values })).toMatchObject({ acknowledged: true });
    const held = Object.fromEntries(
      Object.entries(sent[0] ?? {}).map(([block, actions]) => [block, actions[block]]),
    );
    expect(held).toEqual({
      text: { type: 'plain_text_input', value: '一行目\n二行目' },
      date: { type: 'datepicker', selected_date: '2025-07-01' },
      radio: { type: 'radio_buttons', selected_option: option('群馬') },
      checks: { type: 'checkboxes', selected_options: [option('東京')] },
      menu: { type: 'static_select', selected_option: option('東京') },
      menus: { type: 'multi_static_select', selected_options: many },
      person: { type: 'users_select', selected_user: USERS.admin.id },
      empty: { type: 'plain_text_input', value: null },
      none: { type: 'checkboxes', selected_options: [] },
    });
  });

  it.each<[string, object, string | string[] | null, string]>([
    ['nothing', { type: 'plain_text_input' }, null, 'required_input_empty'],
    ['spaces alone', { type: 'plain_text_input' }, ' 　', 'required_input_empty'],
    ['too long a text', { type: 'plain_text_input', max_length: 3 }, 'abcd', 'invalid_input'],
    ['more than 3,000 characters', { type: 'plain_text_input' }, 'x'.repeat(3001), 'invalid_input'],
  ])('is kept back by Slack’s client where a field holds %s', async (_name, element, value, reason) => {
    collect();
    const view = await open(modal([input('field', element)]));
    const answer = await slack.submitView({ view, user, values: { field: value } });
    expect(answer).toMatchObject({ acknowledged: false, reason: `${reason}: field` });
    expect(answer.fieldErrors).toEqual({ field: expect.stringMatching(/。$/) });
    expect(sent).toEqual([]);
    expect(slack.modals(user)).toHaveLength(1);
  });

  it.each<[string, object, string | string[]]>([
    ['an option that is not there', { type: 'static_select', options: [option('東京')] }, '大阪'],
    ['an impossible day', { type: 'datepicker' }, '2025-13-01'],
    ['a stranger', { type: 'users_select' }, 'U404'],
    [
      'more than allowed',
      { type: 'multi_static_select', max_selected_items: 1, options: [option('a'), option('b')] },
      ['a', 'b'],
    ],
  ])('offers no way to choose %s', async (_name, element, value) => {
    const view = await open(modal([input('field', element)]));
    await expect(slack.submitView({ view, user, values: { field: value } })).rejects.toMatchObject({
      code: 'wrong_use',
    });
  });

  it('keeps apart fields of the same action in different blocks', async () => {
    collect();
    const element = { type: 'plain_text_input', action_id: 'value' };
    const view = await open(modal([input('first', element), input('second', element)]));
    await expect(slack.submitView({ view, user, values: { value: '1' } })).rejects.toThrow(
      '同じ操作がいくつもあります',
    );
    await slack.submitView({ view, user, values: { 'first:value': '1', 'second:value': '2' } });
    expect(sent[0]).toMatchObject({ first: { value: { value: '1' } }, second: { value: { value: '2' } } });
  });

  it('tells the app of a change at once only where the input asks for it, with all that was filled in', async () => {
    const changes: unknown[] = [];
    app.action('branch', async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') changes.push(body.view?.state.values.note?.note?.value);
    });
    const select = { type: 'static_select', action_id: 'branch', options: [option('東京')] };
    const view = await open(
      modal([
        input('note', { type: 'plain_text_input' }),
        input('branch', select, { dispatch_action: true }),
      ]),
    );
    const quiet = await slack.selectOption({ view, user, actionId: 'note', value: '書きかけ' });
    expect(quiet.reason).toBe('not_dispatched');
    await slack.selectOption({ view, user, actionId: 'branch', value: '東京' });
    expect(changes).toEqual(['書きかけ']);
  });

  it('keeps what was filled in over an update with the same ids, and loses it with others', async () => {
    const view = await open(modal([input('note', { type: 'plain_text_input' })]));
    await slack.selectOption({ view, user, actionId: 'note', value: '書きかけ' });
    collect();
    await app.client.views.update({
      view_id: view.id,
      view: modal([
        input('note', { type: 'plain_text_input', initial_value: '新しい初期値' }),
        input('more', { type: 'plain_text_input', initial_value: '足した欄' }),
      ]),
    });
    await slack.submitView({ view, user });
    expect(sent[0]).toMatchObject({
      note: { note: { value: '書きかけ' } },
      more: { more: { value: '足した欄' } },
    });
  });

  it('is refused an update with an old hash', async () => {
    const view = await open(modal([input('note', { type: 'plain_text_input' })]));
    const next = modal([input('other', { type: 'plain_text_input' })]);
    await app.client.views.update({ view_id: view.id, hash: view.hash, view: next });
    const late = app.client.views.update({ view_id: view.id, hash: view.hash, view: next });
    await expect(late).rejects.toThrow('hash_conflict');
  });

  const answers: [string, (view: View) => object, string, number][] = [
    [
      'errors under an input',
      () => ({ response_action: 'errors', errors: { a: '数字で' } }),
      'acknowledged',
      1,
    ],
    [
      'errors under no input',
      () => ({ response_action: 'errors', errors: { b: '数字で' } }),
      'invalid_errors: b',
      1,
    ],
    ['errors that name none', () => ({ response_action: 'errors', errors: {} }), 'invalid_errors: errors', 1],
    ['an unknown action', () => ({ response_action: 'close' }), 'invalid_response_action', 1],
    ['a view alone', () => ({ view: {} }), 'invalid_response_action', 1],
    ['a bad view', () => ({ response_action: 'update', view: { type: 'modal' } }), 'invalid_arguments', 1],
    ['another view on top', () => ({ response_action: 'push', view: modal([]) }), 'acknowledged', 2],
    [
      'clear, which planbot never answers',
      () => ({ response_action: 'clear' }),
      'invalid_response_action',
      1,
    ],
    ['nothing', () => ({}), 'acknowledged', 0],
  ];
  it.each(answers)('answered with %s', async (_name, answer, reason, left) => {
    app.view('form', async ({ ack, view }) => ack(answer(view as never) as never));
    const view = await open(modal([input('a', { type: 'plain_text_input', initial_value: 'x' })]));
    const verdict = await slack.submitView({ view, user });
    expect(verdict.reason.startsWith(reason)).toBe(true);
    expect(slack.modals(user)).toHaveLength(left);
  });

  it('holds three views, and shows the one below when the topmost goes', async () => {
    app.view('form', async ({ ack }) =>
      ack({ response_action: 'push', view: modal([], { title: plain('次') }) }),
    );
    const first = await open(modal([]));
    await slack.submitView({ view: first, user });
    await expect(slack.submitView({ view: first, user })).rejects.toThrow('その画面は開いていません');
    await slack.submitView({ view: top(), user });
    expect(await slack.submitView({ view: top(), user })).toMatchObject({ reason: 'push_limit_reached' });
    const [bottom, middle, topmost] = slack.modals(user);
    expect([bottom?.previousId, middle?.previousId, topmost?.rootId]).toEqual([null, bottom?.id, bottom?.id]);
    slack.closeView({ view: top(), user });
    expect(top().id).toBe(middle?.id);
  });

  it.each<[string, object, boolean, number]>([
    ['alone', {}, false, 1],
    ['with all below it where it says so', { clear_on_close: true }, false, 0],
    ['with all below it by the ×', {}, true, 0],
  ])('closed, it goes %s', async (_name, more, all, left) => {
    app.view('form', async ({ ack }) => ack({ response_action: 'push', view: modal([], more) }));
    await slack.submitView({ view: await open(modal([])), user });
    slack.closeView({ view: top(), user, all });
    expect(slack.modals(user)).toHaveLength(left);
  });
});

describe('a menu with external options', () => {
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

  async function ask(answer: object, query = '東京', element: object = { min_query_length: 1 }) {
    app.options('find', async ({ ack }) => ack(answer as never));
    app.command('/kpi', async ({ ack, body, client }) => {
      await ack();
      const blocks = [input('find', { type: 'external_select', ...element })];
      await client.views.open({ trigger_id: body.trigger_id, view: modal(blocks) });
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '', channel, user });
    const view = await slack.waitForView((one) => one.type === 'modal');
    return { view, answer: await slack.loadOptions({ view, user, actionId: 'find', query }) };
  }
  const many = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));

  it.each<[string, object]>([
    ['100 options', { options: many(100) }],
    ['no options', { options: [] }],
    ['groups', { option_groups: [{ label: plain('関東'), options: many(100) }] }],
    ['a label of 75', { options: [{ text: plain('あ'.repeat(75)), value: 'x' }] }],
  ])('takes %s', async (_name, offered) => {
    expect((await ask(offered)).answer).toMatchObject({ acknowledged: true });
  });

  it.each<[string, object]>([
    ['101 options', { options: many(101) }],
    ['101 groups', { option_groups: many(101).map(({ text }) => ({ label: text, options: many(1) })) }],
    ['an empty group', { option_groups: [{ label: plain('関東'), options: [] }] }],
    ['a label of 76', { options: [{ text: plain('あ'.repeat(76)), value: 'x' }] }],
    ['a group’s label of 76', { option_groups: [{ label: plain('あ'.repeat(76)), options: many(1) }] }],
    ['a value of 151', { options: [{ text: plain('x'), value: 'x'.repeat(151) }] }],
    ['an option without a value', { options: [{ text: plain('x') }] }],
    ['mrkdwn', { options: [{ text: { type: 'mrkdwn', text: 'x' }, value: 'x' }] }],
    ['both lists', { options: many(1), option_groups: [] }],
    ['nothing', {}],
  ])('shows nothing for %s', async (_name, offered) => {
    const { answer, view } = await ask(offered);
    expect(answer).toMatchObject({
      acknowledged: false,
      reason: expect.stringMatching(/^invalid_options: ./),
    });
    await expect(slack.submitView({ view, user, values: { find: 'x' } })).rejects.toThrow(
      '選択肢がありません',
    );
  });

  it('does not ask for fewer letters than it waits for, three unless it says so', async () => {
    const { answer } = await ask({ options: many(1) }, '東京', {});
    expect(answer).toMatchObject({ acknowledged: true, reason: 'query_too_short' });
  });

  it('offers in one view what was found there, not what was found elsewhere', async () => {
    const { view } = await ask({ options: [option('東京')] });
    slack.closeView({ view, user });
    await slack.runCommand({ command: '/kpi', text: '', channel, user });
    const again = await slack.waitForView((one) => one.type === 'modal');
    await expect(slack.submitView({ view: again, user, values: { find: '東京' } })).rejects.toThrow(
      '選択肢がありません',
    );
  });
});
