import { describe, expect, test } from 'vitest';
import { readConfig, readDatabase } from '../src/config.ts';
import { AppError } from '../src/model/errors.ts';

const BOT = 'xoxb-1234567890-abcdef';
const APP = 'xapp-1-A1234567-abcdef';
const SECRET = '0123456789abcdef0123456789abcdef';

test('an empty environment serves the playground over data/', () => {
  const expected = {
    dataDir: 'data',
    database: null,
    keepDays: 730,
    port: 3000,
    logLevel: 'warn',
    slack: null,
  };
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
  expect(readConfig(env).slack).toMatchObject(slack);
});

describe('in Slack', () => {
  const tokens = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };

  test('only the staff of the workspace is served, nothing is logged of questions, and no port is opened', () => {
    expect(readConfig(tokens).slack).toMatchObject({
      access: { workspaces: [], channels: [], guests: false, strangers: false },
      logQuestions: false,
      metricsPort: null,
    });
  });

  test('lists and switches change that', () => {
    const env = {
      ...tokens,
      PLANBOT_WORKSPACES: 'T0HONBU01, T0SHIBU01',
      PLANBOT_CHANNELS: 'C0TOKYO01,G0KIKAKU1',
      PLANBOT_ALLOW_GUESTS: '1',
      PLANBOT_ALLOW_STRANGERS: '0',
      PLANBOT_LOG_QUESTIONS: '1',
      PLANBOT_METRICS_PORT: '9090',
    };
    expect(readConfig(env).slack).toMatchObject({
      access: {
        workspaces: ['T0HONBU01', 'T0SHIBU01'],
        channels: ['C0TOKYO01', 'G0KIKAKU1'],
        guests: true,
        strangers: false,
      },
      logQuestions: true,
      metricsPort: 9090,
    });
  });
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
    ['PLANBOT_WORKSPACES', { PLANBOT_WORKSPACES: 'secret-value-123' }],
    ['PLANBOT_CHANNELS', { PLANBOT_CHANNELS: 'C0TOKYO01,secret-value-123' }],
    ['PLANBOT_ALLOW_GUESTS', { PLANBOT_ALLOW_GUESTS: 'secret-value-123' }],
    ['PLANBOT_METRICS_PORT', { PLANBOT_METRICS_PORT: '99999' }],
    ['PLANBOT_KEEP_DAYS', { PLANBOT_KEEP_DAYS: 'secret-value-123' }],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'secret-value-123:8080' }],
    ['HTTPS_PROXY', { https_proxy: 'secret-value-123:8080' }],
    ['PLANBOT_SLACK_API_URL', { PLANBOT_SLACK_API_URL: 'http://secret-value-123.example/api/' }],
    ['PLANBOT_SLACK_API_URL', { PLANBOT_SLACK_API_URL: 'ftp://secret-value-123.example/api/' }],
  ])('%s %j', (variable, env) => {
    const read = () => readConfig(env);
    expect(read).toThrow(AppError);
    expect(read).toThrow(expect.objectContaining({ code: 'bad_configuration' }));
    expect(read).toThrow(variable);
    expect(read).not.toThrow(/secret-value|1234567/);
  });
});

test.each([
  ['xapp-1-A1', '短すぎます'],
  ['xapp-', '短すぎます'],
  ['xoxb-1234567890-abcdef', '「xapp-」で始まる'],
  ['xapp-1-A1234567-abc def', '使われない文字'],
])('an app token %j is told what is wrong with it: %s', (token, said) => {
  expect(() => readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: token })).toThrow(said);
});

test.each([
  [
    { HTTPS_PROXY: 'http://proxy.example:8080', NO_PROXY: 'localhost' },
    'http://proxy.example:8080',
    'localhost',
  ],
  [
    { https_proxy: 'http://proxy.example:8080', no_proxy: '.example' },
    'http://proxy.example:8080',
    '.example',
  ],
  [{}, '', ''],
])('the way to Slack is as %j says', (env, httpsProxy, noProxy) => {
  const { slack } = readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, ...env });
  expect(slack?.proxy).toMatchObject({ httpsProxy, noProxy });
});

test.each([
  ['https://slack-gov.com/api', 'https://slack-gov.com/api/'],
  ['http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000/api/'],
])('Slack may answer at %s', (set, url) => {
  const env = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, PLANBOT_SLACK_API_URL: set };
  expect(readConfig(env).slack?.slackApiUrl).toBe(url);
});

describe('a database server', () => {
  const url = 'postgres://planbot:secret@db.example/planbot';
  const files = { rootCertificate: null, certificate: null, key: null };

  test.each([
    [{}, null],
    [{ PLANBOT_DATABASE_URL: url }, { url, connections: 10, tls: null }],
    [
      { PLANBOT_DATABASE_URL: url, PGSSLMODE: 'disable' },
      { url, connections: 10, tls: null },
    ],
    [
      { PLANBOT_DATABASE_URL: url, PLANBOT_DATABASE_CONNECTIONS: '3', PGSSLMODE: 'require' },
      { url, connections: 3, tls: { mode: 'require', ...files } },
    ],
    [
      { PLANBOT_DATABASE_URL: url, PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/etc/ca.pem' },
      { url, connections: 10, tls: { mode: 'verify-full', ...files, rootCertificate: '/etc/ca.pem' } },
    ],
    [
      { PLANBOT_DATABASE_URL: `${url}?sslmode=verify-ca&sslrootcert=/ca.pem`, PGSSLMODE: 'disable' },
      { url, connections: 10, tls: { mode: 'verify-ca', ...files, rootCertificate: '/ca.pem' } },
    ],
  ])('%j', (env, expected) => {
    expect(readDatabase(env)).toEqual(expected);
    expect(readConfig(env).database).toEqual(expected);
  });

  test.each([
    [{ PLANBOT_DATABASE_URL: 'mysql://u:secret@db/planbot' }, 'PLANBOT_DATABASE_URL'],
    [{ PLANBOT_DATABASE_URL: url, PGSSLMODE: 'prefer' }, 'PGSSLMODE'],
    [{ PLANBOT_DATABASE_URL: `${url}?sslmode=maybe` }, 'PGSSLMODE'],
    [{ PLANBOT_DATABASE_URL: url, PLANBOT_DATABASE_CONNECTIONS: '0' }, 'PLANBOT_DATABASE_CONNECTIONS'],
  ])('%j is refused by the name of the variable, without the password', (env, name) => {
    expect(() => readConfig(env)).toThrow(name);
    expect(() => readConfig(env)).not.toThrow('secret');
  });
});
