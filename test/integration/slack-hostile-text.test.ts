import { describe, expect, test } from 'vitest';
import { runApp, STAFF, STAFF_DM, TOKYO } from '../slack/running-app.ts';

const HOSTILE: [string, string][] = [
  ['a broadcast', '<!channel> <!here> <!everyone>は？'],
  ['a mention of a colleague', '<@U0ADMIN01> は？'],
  ['a group', '<!subteam^S012|@all> は？'],
  ['markup written out', '&lt;!channel&gt; &lt;@U0ADMIN01&gt; は？'],
  ['markup as it is', '<!channel <@U1 < > & は？'],
  ['a link', '<https://evil.example|東京> は？'],
  ['10,000 characters', 'あ'.repeat(10_000)],
  ['10,000 characters of markup', '<!channel>&lt;@U1&gt;'.repeat(500)],
  ['control characters', '東京\u0000\u0007\u001b[31m\u202e支部\u2028は？'],
  ['half a surrogate pair', '東京\ud83d は？'],
  ['formatting marks', '*太字* _斜体_ ~線~ `code` ```pre``` >引用 は？'],
  ['emoji', '🍣🍣🍣'],
];

describe('hostile text gets a polite answer that mentions nobody', () => {
  test.each(HOSTILE)('in a direct message: %s', async (_, text) => {
    const { slack, app } = await runApp();
    await app.start();
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text });
    const answer = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    const sent = JSON.stringify([answer.text, answer.blocks]);
    expect(sent).toContain('資料にありません');
    expect(sent).not.toContain('<');
    expect(sent).not.toMatch(/\\u0000|\\u001b|\u202e|\\ud83d"/);
  });

  test.each(HOSTILE)('in a command: %s', async (_, text) => {
    const { slack, app } = await runApp();
    await app.start();
    await slack.runCommand({ command: '/kpi', text, channel: TOKYO, user: STAFF });
    const answer = await slack.waitForEphemeral((one) => one.channel === TOKYO);
    expect(JSON.stringify([answer.text, answer.blocks])).not.toContain('<');
  });
});
