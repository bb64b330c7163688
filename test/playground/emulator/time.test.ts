import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { CHANNELS, USERS } from '../../../src/playground/emulator/workspace.ts';
import { boltApp, NOON, startSlack } from '../../helpers/local-slack.ts';

const user = USERS.staff.id;
const channel = CHANNELS.tokyo;
const DAY_MS = 24 * 60 * 60 * 1000;

describe('a workspace whose clock is moved', () => {
  let slack: LocalSlack;
  let app: App;
  let now: Date;

  beforeEach(async () => {
    now = NOON;
    slack = await startSlack({ now: () => now });
    app = boltApp(slack);
    await app.start();
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  const say = (text: string) => slack.postMessage({ channel, user, text });
  const moveBy = (days: number): void => {
    now = new Date(now.getTime() + days * DAY_MS);
  };

  it('gives each message a ts of its own, after all earlier ones, and of the day where that can be', async () => {
    for (const days of [0, 90, 0, -120, 0, 400]) {
      moveBy(days);
      await say(`${days}`);
    }
    const kept = slack.messages(channel).map((one) => Number(one.ts));
    expect(new Set(kept).size).toBe(6);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    expect(Math.floor((kept[1] ?? 0) - (kept[0] ?? 0))).toBe((90 * DAY_MS) / 1000);
    expect(Math.floor(kept[5] ?? 0)).toBe(now.getTime() / 1000);
    const { messages } = await app.client.conversations.history({ channel });
    expect(messages?.map((one) => Number(one.ts))).toEqual([...kept].reverse());
  });

  it('never uses an event id again', async () => {
    await say('前');
    moveBy(-30);
    await say('後');
    const ids = slack.events().map((event) => event.eventId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['expire when it jumps ahead', 1, 'expired_trigger_id'],
    ['still hold when it jumps back', -1, 'ok'],
  ])('lets triggers %s', async (_name, days, outcome) => {
    app.command('/kpi', async ({ ack, body, client }) => {
      await ack();
      moveBy(days);
      const title = { type: 'plain_text' as const, text: '調べる' };
      const view = { type: 'modal' as const, title, blocks: [] };
      await client.views.open({ trigger_id: body.trigger_id, view }).catch(() => undefined);
    });
    await slack.runCommand({ command: '/kpi', text: '', channel, user });
    expect(await slack.waitForCall((call) => call.method === 'views.open')).toMatchObject({ outcome });
  });
});
