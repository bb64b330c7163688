import { expect, test } from 'vitest';
import { readSlackRequest } from '../../src/slack/slack-request.ts';

const event = (of: Record<string, unknown>, more = {}) => ({ type: 'event_callback', event: of, ...more });
const said = { type: 'message', user: 'U1', channel: 'C1', ts: '1.1', text: 'x' };

test.each([
  ['a mention', event({ ...said, type: 'app_mention' }), { user: 'U1', channel: 'C1', isAddressed: true }],
  ['talk in a channel', event(said), { user: 'U1', isAddressed: false }],
  ['a direct message', event({ ...said, channel: 'D1' }), { isDirect: true, isAddressed: true }],
  [
    'a message of another workspace in a shared channel',
    event({ ...said, team: 'T1', user_team: 'T2' }, { is_ext_shared_channel: true }),
    { team: 'T2', isShared: true },
  ],
  [
    'an edit',
    event({ type: 'message', subtype: 'message_changed', channel: 'D1', message: { user: 'U1' } }),
    { user: 'U1', isAddressed: false },
  ],
  [
    'the stone of a deleted message',
    event({
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      message: { user: 'USLACKBOT' },
      previous_message: { user: 'U1' },
    }),
    { user: 'U1' },
  ],
  [
    'a reaction',
    event({ type: 'reaction_added', user: 'U1', item: { type: 'message', channel: 'C1', ts: '1.1' } }),
    { user: 'U1', channel: 'C1', isAddressed: false },
  ],
  [
    'a command',
    { command: '/kpi', user_id: 'U1', team_id: 'T1', channel_id: 'C1', text: '' },
    { user: 'U1', team: 'T1', channel: 'C1', isAddressed: true },
  ],
  [
    'a click in a thread',
    {
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T2' },
      channel: { id: 'C1' },
      message: { thread_ts: '1.1' },
    },
    { user: 'U1', team: 'T2', channel: 'C1', thread: '1.1', isAddressed: true },
  ],
  [
    'the opening of the Home tab, of which older events do not say that it is one',
    event({ type: 'app_home_opened', user: 'U1', channel: 'D1' }),
    { user: 'U1', isAddressed: true },
  ],
  [
    'the opening of the pane',
    event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages' }),
    { user: 'U1', isAddressed: false },
  ],
  [
    'what has one field of another shape',
    event({ ...said, channel: 'D1', team: 7, message: null }, { is_ext_shared_channel: null }),
    { user: 'U1', team: null, isShared: false, isAddressed: true },
  ],
  [
    'a view',
    { type: 'view_submission', user: { id: 'U1' }, view: {} },
    { user: 'U1', channel: null, team: null },
  ],
])('%s', (_, body, access) => {
  expect(readSlackRequest(body).access).toMatchObject(access);
});

test.each([
  ['what a bot wrote', event({ ...said, bot_id: 'B1' })],
  [
    'an edit of what a bot wrote',
    event({ type: 'message', channel: 'C1', message: { user: 'U1', bot_id: 'B1' } }),
  ],
  ['a notice without a person', event({ type: 'channel_archive', channel: 'C1' })],
  ['nothing known', { hello: 1 }],
  ['no object', null],
  ['a list', []],
  ['an event that is none', event([] as never)],
])('nobody is behind %s', (_, body) => {
  expect(readSlackRequest(body).access).toBeNull();
});

test.each([
  ['an event', { event_id: 'Ev1', event: {} }, 'Ev1'],
  ['a click', { type: 'block_actions', trigger_id: 't1', actions: [{ action_ts: '1.5' }] }, 'action 1.5'],
  ['a command', { command: '/kpi', trigger_id: 't1' }, 'trigger t1'],
  ['typing in a select', { type: 'block_suggestion', view: { id: 'V1' } }, 'block_suggestion V1'],
  ['anything else', { type: 'new' }, 'unnamed'],
])('%s has an id for the log', (_, body, id) => {
  expect(readSlackRequest(body).id).toBe(id);
});

const click = { type: 'block_actions', user: { id: 'U1' }, channel: { id: 'C1' } };

test.each([
  ['a command', { command: '/kpi', trigger_id: '1.2' }, 'command:1.2'],
  ['a click under a message', { ...click, actions: [{ action_ts: '3.4' }] }, 'click:C1:3.4'],
  [
    'a click in a view',
    { ...click, actions: [{ action_ts: '3.4' }], view: { id: 'V1', type: 'home' } },
    null,
  ],
  ['a form', { ...click, type: 'view_submission', view: { id: 'V1', type: 'modal' } }, null],
  ['what somebody is typing', { ...click, type: 'block_suggestion' }, null],
  ['a message, which has a name of its own', event(said), null],
])('%s is owed after its acknowledgement, or not', (_, body, expected) => {
  expect(readSlackRequest(body).owedAs).toBe(expected);
});
