import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { forHttp } from '../../scripts/manifest-http/for-http.ts';
import { Manifest } from '../../src/playground/emulator/manifest.ts';

const root = join(import.meta.dirname, '../..');
const own = load(readFileSync(join(root, 'manifest.yml'), 'utf8'));
const URL_OF_ALL = 'https://planbot.example.jp/slack/events';

interface Http {
  features: { slash_commands: { command: string; url: string }[] };
  settings: {
    event_subscriptions: { request_url: string };
    interactivity: { is_enabled: boolean; request_url: string; message_menu_options_url: string };
    socket_mode_enabled: boolean;
  };
}

describe('the manifest for HTTP', () => {
  const made = forHttp(own, 'https://planbot.example.jp') as unknown as Http;

  test('is a manifest, and asks for the same scopes, events, commands and shortcuts', () => {
    const [before, after] = [Manifest.parse(own), Manifest.parse(made)];
    expect(after).toEqual({ ...before, settings: { ...before.settings, socket_mode_enabled: false } });
  });

  test('sends everything to the address at which the app listens', () => {
    const { features, settings } = made;
    expect(features.slash_commands.map(({ url }) => url)).toEqual(
      Manifest.parse(own).features.slash_commands.map(() => URL_OF_ALL),
    );
    expect(settings.event_subscriptions.request_url).toBe(URL_OF_ALL);
    expect(settings.interactivity).toMatchObject({
      is_enabled: true,
      request_url: URL_OF_ALL,
      message_menu_options_url: URL_OF_ALL,
    });
    expect(settings.socket_mode_enabled).toBe(false);
  });

  test('leaves no address in the one for Socket Mode', () => {
    expect(JSON.stringify(own)).not.toMatch(/https?:/);
  });
});

describe('npm run manifest:http', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/manifest-http.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    });

  test('prints it as YAML', () => {
    const { stdout, status } = run('https://planbot.example.jp/any/path');
    expect(status).toBe(0);
    expect(load(stdout)).toEqual(forHttp(own, 'https://planbot.example.jp'));
  });

  test.each([[[]], [['planbot.example.jp']], [['http://planbot.example.jp']]])(
    'says how it is used: %j',
    (args) => {
      const { stdout, stderr, status } = run(...args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain('https://');
    },
  );
});
