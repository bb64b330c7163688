import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parse } from 'js-yaml';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { Manifest } from '../../../src/playground/emulator/manifest.ts';
import { checkTokens, type TokenCheck } from '../../../src/slack/transport/check-tokens.ts';

const MANIFEST = Manifest.parse(
  parse(readFileSync(join(import.meta.dirname, '../../../manifest.yml'), 'utf8')),
);

/** A workspace that was installed with other scopes than the manifest's. */
async function workspace(change: (scopes: string[]) => string[] = (scopes) => scopes): Promise<LocalSlack> {
  const bot = change(MANIFEST.oauth_config.scopes.bot);
  const manifest = { ...MANIFEST, oauth_config: { ...MANIFEST.oauth_config, scopes: { bot } } };
  const slack = await startLocalSlack({ manifest, now: () => new Date(0), mode: 'socket' });
  onTestFinished(() => slack.stop());
  return slack;
}

function check(slack: LocalSlack, change: Partial<TokenCheck> = {}): Promise<string[]> {
  const { botToken, appToken, apiUrl: slackApiUrl } = slack;
  return checkTokens({ botToken, appToken, slackApiUrl, log: pino({ level: 'silent' }), ...change });
}

test('tokens that hold are told with the name of their workspace', async () => {
  const slack = await workspace();
  expect(await check(slack)).toEqual([
    `ワークスペース「${slack.workspace.team.name}」に接続できます`,
    '権限は足りています',
    'ソケットを開けます',
  ]);
});

test('an installation older than the manifest lacks scopes', async () => {
  const slack = await workspace((scopes) => scopes.filter((scope) => scope !== 'im:write'));
  await expect(check(slack)).rejects.toThrow(/権限が足りません（im:write）/);
});

test('what the token may do without need is told', async () => {
  const slack = await workspace((scopes) => [...scopes, 'pins:read']);
  expect((await check(slack)).join()).toContain('pins:read は使わない');
});

test.each<[string, Partial<TokenCheck>]>([
  ['SLACK_BOT_TOKEN', { botToken: 'xoxb-wrong-token' }],
  ['SLACK_APP_TOKEN', { appToken: 'xapp-wrong-token' }],
  ['SLACK_APP_TOKEN', { appToken: 'xoxb-playground' }],
])('a wrong %s is named, without its value: %j', async (name, change) => {
  const fault = await check(await workspace(), change).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: 'slack_refused', message: expect.stringContaining(name) });
  expect(String(fault)).not.toContain('wrong-token');
});
