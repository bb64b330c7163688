import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { AppError } from '../src/model/errors.ts';

const BOT = 'xoxb-1234567890-abcdef';
const APP = 'xapp-1-A1234567-abcdef';
const SECRET = '0123456789abcdef0123456789abcdef';

test('an empty environment serves the playground over data/', () => {
  const expected = { dataDir: 'data', port: 3000, logLevel: 'warn', slack: null };
  expect(readConfig({})).toEqual(expected);
  expect(readConfig({ SLACK_BOT_TOKEN: '', PORT: ' ' })).toEqual(expected);
});

test.each([
  [
    'Socket Mode',
    { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP },
    { mode: 'socket', botToken: BOT, appToken: APP },
  ],
  [
    'HTTP',
    { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SECRET },
    { mode: 'http', botToken: BOT, signingSecret: SECRET },
  ],
  [
    'Socket Mode where both are set',
    { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_SIGNING_SECRET: SECRET },
    { mode: 'socket', botToken: BOT, appToken: APP },
  ],
])('tokens choose %s', (_, env, slack) => {
  expect(readConfig(env).slack).toEqual(slack);
});

describe('a mistake names the variable and never shows its value', () => {
  test.each([
    ['SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: 'xoxp-secret-value-123', SLACK_APP_TOKEN: APP }],
    ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: 'xoxb-secret-value-123' }],
    ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'secret-value-123' }],
    ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: APP }],
    ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: BOT }],
    ['PORT', { PORT: 'secret-value-123' }],
    ['PORT', { PORT: '99999' }],
    ['PLANBOT_LOG_LEVEL', { PLANBOT_LOG_LEVEL: 'secret-value-123' }],
  ])('%s %j', (variable, env) => {
    const read = () => readConfig(env);
    expect(read).toThrow(AppError);
    expect(read).toThrow(expect.objectContaining({ code: 'bad_configuration' }));
    expect(read).toThrow(variable);
    expect(read).not.toThrow(/secret-value|1234567/);
  });
});
