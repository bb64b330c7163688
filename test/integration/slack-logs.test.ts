import { expect, test } from 'vitest';
import { runApp, STAFF, TOKYO } from '../slack/running-app.ts';

const SECRET = '東京のジェネリックについて内密の質問';

interface Line {
  msg: string;
  request?: string;
  question?: string;
}

test('each line between start and end names its request, and none holds the question', async () => {
  const { slack, app, mention, reply, logged } = await runApp();
  await app.start();
  slack.injectFault({ method: 'chat.postMessage', kind: 'error', code: 'invalid_blocks', times: 1 });
  const { message, events } = await mention(SECRET);
  await reply(message.ts);
  await slack.runCommand({ command: '/kpi', text: SECRET, channel: TOKYO, user: STAFF });
  await slack.waitForEphemeral((one) => one.ephemeralTo === STAFF);
  await app.stop();
  const lines = logged.map((line) => JSON.parse(line) as Line);
  const between = lines.filter(({ msg }) => !/^slack app/.test(msg));
  const mentioned = events.find(({ type }) => type === 'app_mention')?.eventId;
  expect(between.map(({ msg }) => msg)).toEqual([
    'blocks refused, posting the classic card',
    'answered',
    'answered',
  ]);
  expect(between.map(({ request }) => request)).toEqual([
    mentioned,
    mentioned,
    expect.stringMatching(/^trigger /),
  ]);
  expect(logged.join('')).not.toContain('内密');
  expect(logged.join('')).not.toMatch(/xoxb-|xapp-/);
});

test('the question stands in the log only where that is asked for', async () => {
  const { app, mention, reply, logged } = await runApp({ deps: { logQuestions: true } });
  await app.start();
  await reply((await mention(SECRET)).message.ts);
  await app.stop();
  const questions = logged.map((line) => (JSON.parse(line) as Line).question);
  expect(questions.filter((question) => question !== undefined)).toEqual([SECRET]);
});

test('what happened is counted', async () => {
  const counted: string[] = [];
  const { slack, app, mention, reply } = await runApp({
    deps: {
      meter: {
        answered: (outcome) => counted.push(outcome),
        lasted: () => counted.push('lasted'),
        slackFailed: (code) => counted.push(code),
        refused: (reason) => counted.push(reason),
        judged: (verdict) => counted.push(verdict),
      },
    },
  });
  await app.start();
  slack.injectFault({ method: 'chat.postMessage', kind: 'error', code: 'invalid_blocks', times: 1 });
  await reply((await mention(SECRET)).message.ts);
  await app.stop();
  expect(counted).toEqual(['invalid_blocks', 'answered', 'lasted']);
});

test('planbot says whether it is connected', async () => {
  const { slack, app } = await runApp();
  expect(await app.health()).toEqual({ connected: false, store: true, problems: [] });
  await app.start();
  expect(await app.health()).toEqual({ connected: true, store: true, problems: [] });
  slack.injectFault({ method: 'apps.connections.open', kind: 'error', code: 'internal_error', times: 9 });
  slack.disconnectSockets({ abrupt: true });
  await expect.poll(async () => (await app.health()).connected).toBe(false);
  await app.stop();
});
