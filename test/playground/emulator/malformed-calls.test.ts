import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { CHANNELS, directMessageId, USERS } from '../../../src/playground/emulator/workspace.ts';
import { startSlack } from '../../helpers/local-slack.ts';

const METHODS = [
  'assistant.threads.setStatus',
  'assistant.threads.setSuggestedPrompts',
  'assistant.threads.setTitle',
  'auth.test',
  'chat.delete',
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.update',
  'constructor',
  'conversations.history',
  'conversations.info',
  'conversations.open',
  'conversations.replies',
  'files.completeUploadExternal',
  'files.getUploadURLExternal',
  'files.info',
  'users.info',
  'views.open',
  'views.publish',
  'views.update',
];

describe('a call that makes no sense', () => {
  let slack: LocalSlack;
  let ts: string;

  beforeAll(async () => {
    slack = await startSlack({ acknowledgeWithinMs: 1 });
    const { message } = await slack.postMessage({ channel: CHANNELS.tokyo, user: USERS.staff.id, text: 'x' });
    ts = message.ts;
  });
  afterAll(() => slack.stop());

  async function call(method: string, body: string, type: string | null, token = slack.botToken) {
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(type === null ? {} : { 'content-type': type }),
      },
      body: Buffer.from(body),
    });
    return { status: response.status, reply: (await response.json()) as Record<string, unknown> };
  }

  it.each([
    ['a body that is no JSON', '{', 'application/json', 'invalid_json'],
    ['JSON that is no object', '[]', 'application/json', 'invalid_json'],
    ['a body of no type', 'a=b', null, 'invalid_post_type'],
    ['a body of another type', '<a/>', 'text/xml', 'invalid_post_type'],
    ['a form in parts', 'x', 'multipart/form-data; boundary=y', 'invalid_post_type'],
    [
      'more than 2 MB',
      `text=${'x'.repeat(2_000_000)}`,
      'application/x-www-form-urlencoded',
      'request_too_large',
    ],
  ])('%s', async (_name, body, type, code) => {
    expect((await call('chat.postMessage', body, type)).reply).toEqual({ ok: false, error: code });
  });

  const id = fc.constantFrom(
    ...Object.values(CHANNELS),
    ...Object.values(USERS).map((user) => user.id),
    'C404',
  );
  const scrap = fc.oneof(
    id,
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.jsonValue(),
    fc.constantFrom(
      '__proto__',
      '1.000001',
      directMessageId(USERS.staff.id),
      '[]',
      '{}',
      '[{"type":"section"}]',
    ),
  );
  const NAMES = [
    ...[
      'channel',
      'channel_id',
      'channels',
      'user',
      'user_id',
      'users',
      'ts',
      'thread_ts',
      'timestamp',
      'name',
    ],
    ...[
      'text',
      'blocks',
      'metadata',
      'view',
      'view_id',
      'external_id',
      'trigger_id',
      'hash',
      'limit',
      'cursor',
    ],
    ...['oldest', 'latest', 'types', 'prompts', 'title', 'status', 'files', 'file', 'filename'],
    ...['length', 'initial_comment', 'usergroup', 'attachments', 'message_ts'],
  ];
  const args = fc.dictionary(fc.constantFrom(...NAMES), scrap, { maxKeys: 8 });
  const CODE = /^[a-z_]+$/;

  it('is answered in Slack’s form, whatever it holds, and takes nothing down', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHODS), args, fc.boolean(), async (method, given, asForm) => {
        const form = new URLSearchParams();
        for (const [name, value] of Object.entries(given))
          form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
        const { status, reply } = asForm
          ? await call(method, form.toString(), 'application/x-www-form-urlencoded')
          : await call(method, JSON.stringify(given), 'application/json');
        expect(status).toBe(200);
        if (reply.ok === true) expect(reply).not.toHaveProperty('error');
        else expect(reply.error).toMatch(CODE);
      }),
      { numRuns: 300 },
    );
    expect((await call('auth.test', '', null)).reply).toMatchObject({ ok: true });
  });

  const view = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        'modal',
        'home',
        'section',
        'input',
        'plain_text',
        'mrkdwn',
        'actions',
        'static_select',
      ),
      fc.string(),
      fc.integer(),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'type',
          'text',
          'blocks',
          'elements',
          'element',
          'label',
          'title',
          'options',
          'rows',
          'chart',
        ),
        tie('node'),
        { maxKeys: 5 },
      ),
    ),
  })).node;

  it('also with blocks of any shape, which are refused with a place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(view, { maxLength: 4 }), async (blocks) => {
        const body = JSON.stringify({ channel: CHANNELS.tokyo, text: 'x', blocks });
        const { reply } = await call('chat.postMessage', body, 'application/json');
        const opened = JSON.stringify({ trigger_id: 'x', view: { type: 'modal', title: 'x', blocks } });
        expect((await call('views.open', opened, 'application/json')).reply.ok).toBe(false);
        if (reply.ok) return;
        expect(reply.error).toMatch(CODE);
        expect(reply).toHaveProperty('response_metadata.messages');
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['no token', '', 'not_authed'],
    ['a strange token', 'xoxb-1', 'invalid_auth'],
    ['the app’s token', 'xapp-playground', 'not_allowed_token_type'],
  ])('with %s no method says more than that', async (_name, token, code) => {
    for (const method of METHODS.filter((one) => one !== 'constructor')) {
      const { reply } = await call(
        method,
        JSON.stringify({ channel: CHANNELS.tokyo, ts }),
        'application/json',
        token,
      );
      expect([method, reply.error]).toEqual([method, code]);
    }
  });
});
