import { describe, expect, test } from 'vitest';
import { CHANNELS } from '../../src/playground/emulator/workspace.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { runApp, STAFF, shown, TOKYO } from '../slack/running-app.ts';

async function ask(text: string, channel: string = TOKYO) {
  const running = await runApp();
  await running.app.start();
  const acknowledgement = await running.slack.runCommand({ command: '/kpi', text, channel, user: STAFF });
  expect(acknowledgement).toMatchObject({ acknowledged: true, payload: null });
  const panel = await running.slack.waitForEphemeral((message) => message.ephemeralTo === STAFF);
  return { ...running, panel };
}

describe('/kpi', () => {
  test('answers the asker alone, with figure and source', async () => {
    const { panel, settled } = await ask('東京 ジェネリック');
    expect(shown(panel)).toContain('80.0％以上');
    expect(shown(panel)).toContain('6406行目');
    expect(await settled(TOKYO)).toEqual([]);
  });

  test('shares the answer with the channel at a click, and says who did', async () => {
    const { slack, panel } = await ask('東京 ジェネリック');
    await slack.clickButton({ message: panel, actionId: 'share', user: STAFF });
    const posted = await slack.waitForMessage(
      (message) => message.channel === TOKYO && message.user !== STAFF,
    );
    expect(shown(posted)).toContain('80.0％以上');
    expect(shown(posted)).toContain(`<@${STAFF}> さんが共有しました`);
    expect(shown(posted)).not.toContain('チャンネルに共有');
  });

  test('shares once where the button is pressed twice in impatience', async () => {
    let hold: Promise<void> = Promise.resolve();
    let release = () => {};
    const { slack, app, settled } = await runApp({
      ask: async (input) => {
        await hold;
        return fixedAsk(input);
      },
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '東京 ジェネリック', channel: TOKYO, user: STAFF });
    const message = await slack.waitForEphemeral((one) => shown(one).includes('80.0％以上'));
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const click = { message, actionId: 'share', user: STAFF };
    await slack.clickButton(click);
    await slack.clickButton(click);
    release();
    expect(await settled(TOKYO)).toHaveLength(1);
  });

  test('says to the asker alone where it cannot be shared', async () => {
    let isBroken = false;
    const { slack, app, settled } = await runApp({
      ask: (input) => (isBroken ? Promise.reject(new Error('broken')) : fixedAsk(input)),
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '東京 ジェネリック', channel: TOKYO, user: STAFF });
    const message = await slack.waitForEphemeral((one) => shown(one).includes('80.0％以上'));
    isBroken = true;
    await slack.clickButton({ message, actionId: 'share', user: STAFF });
    await slack.waitForEphemeral((one) => one.text.includes('うまく調べられませんでした'));
    expect(await settled(TOKYO)).toEqual([]);
    expect(slack.ephemerals({ user: STAFF }).map(({ ts }) => ts)).toContain(message.ts);
  });

  test('shares also where the bot is no member', async () => {
    const { slack, panel } = await ask('東京 ジェネリック', CHANNELS.chat);
    await slack.clickButton({ message: panel, actionId: 'share', user: STAFF });
    const posted = await slack.waitForMessage((message) => message.channel === CHANNELS.chat);
    expect(shown(posted)).toContain('80.0％以上');
  });

  test('a choice changes the private panel in its place', async () => {
    const { slack, panel } = await ask('東京 健診率');
    expect(shown(panel)).not.toContain('チャンネルに共有');
    await slack.clickButton({ message: panel, actionId: 'choice:0', user: STAFF });
    const changed = await slack.waitForEphemeral((message) => shown(message).includes('80.0％以上'));
    expect(changed.ts).toBe(panel.ts);
    expect(slack.ephemerals({ user: STAFF })).toHaveLength(1);
  });
});
