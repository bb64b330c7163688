import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { allListeners } from '../../src/slack/listeners/all-listeners.ts';
import type { ListenerParts } from '../../src/slack/listeners/listener-parts.ts';
import { EVENTS, METHODS, neededScopes, SHORTCUTS, SLASH_COMMANDS } from '../../src/slack/manifest-facts.ts';

const root = join(import.meta.dirname, '../..');
const manifest = z
  .object({
    display_information: z.object({
      name: z.string(),
      description: z.string(),
      long_description: z.string(),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()), user: z.unknown().optional() }) }),
    features: z.object({
      slash_commands: z.array(z.object({ command: z.string(), description: z.string() })),
      shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
      agent_view: z.object({ agent_description: z.string() }),
      assistant_view: z.unknown().optional(),
    }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.boolean() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(load(readFileSync(join(root, 'manifest.yml'), 'utf8')));
const code = readdirSync(join(root, 'src/slack'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'manifest-facts.ts')
  .map((name) => readFileSync(join(root, 'src/slack', name), 'utf8'))
  .join('\n');

/** Every first group of a pattern in the source of the Slack layer, each once, in order. */
function found(pattern: RegExp): string[] {
  return [...new Set([...code.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

/** What the listeners of a kind are registered for, each once, in order. */
function listenedTo(kind: 'event' | 'command'): string[] {
  const parts = { catalogue: loadCatalogue() } as ListenerParts;
  const listeners = allListeners(parts).filter(({ on }) => on === kind);
  return sorted(new Set(listeners.map(({ id }) => String(id))));
}

/** Calls of the SDK's methods, whatever the client is named: web.chat.postMessage( … */
const families = Object.entries(new WebClient()).flatMap(([name, value]) => (isFamily(value) ? [name] : []));
const methodCalls = new RegExp(`\\.((?:${families.join('|')})(?:\\.[a-zA-Z]+)+)\\(`, 'g');

function isFamily(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const sorted = (names: Iterable<string>) => [...names].sort();

describe('the tables name what the code uses', () => {
  test('Web API methods', () => {
    expect(found(methodCalls)).toEqual(sorted(Object.keys(METHODS)));
    // The client that counts failures passes every call on; nobody calls by name.
    expect(found(/(?<!override async |super\.)\b(apiCall|filesUploadV2|say|sayStream)\(/g)).toEqual([]);
  });

  test('events', () => {
    const types = Object.keys(EVENTS).map((name) => name.split('.')[0] ?? name);
    expect(listenedTo('event')).toEqual(sorted(new Set(types)));
  });

  test('commands', () => {
    expect(listenedTo('command')).toEqual(sorted(Object.keys(SLASH_COMMANDS)));
  });
});

describe('manifest.yml asks for what the tables need, no more and no less', () => {
  test('scopes', () => {
    expect(sorted(manifest.oauth_config.scopes.bot)).toEqual(neededScopes());
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  test('events', () => {
    expect(sorted(manifest.settings.event_subscriptions.bot_events)).toEqual(sorted(Object.keys(EVENTS)));
  });

  test('shortcuts', () => {
    const shortcuts = manifest.features.shortcuts.map(({ callback_id, type }) => [callback_id, type]);
    expect(Object.fromEntries(shortcuts)).toEqual(SHORTCUTS);
    for (const name of Object.keys(SHORTCUTS)) expect(code).toContain(`'${name}'`);
  });

  test('commands, buttons, the agent pane and Socket Mode', () => {
    const commands = manifest.features.slash_commands.map((entry: { command: string }) => entry.command);
    expect(sorted(commands)).toEqual(sorted(Object.keys(SLASH_COMMANDS)));
    expect(found(/\.(action)\(/g)).toEqual(['action']);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(manifest.features.assistant_view).toBeUndefined();
  });

  test('texts within the limits of a manifest', () => {
    const { name, description, long_description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long_description.length).toBeGreaterThanOrEqual(174);
    expect(long_description.length).toBeLessThanOrEqual(4_000);
  });
});
