import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planbot } from '../../src/app/planbot.ts';
import { createPlanbot, warmUp } from '../../src/app/planbot.ts';
import { runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';
import { madeUpDocument, madeUpKpi } from '../store/made-up-document.ts';

const FIGURE = '88.8％以上';
const SOURCE = '令和7年度 事業計画（東京支部） 3ページ・12行目';

/** From a document in the store to what a person reads in Slack, with nothing in between left out. */
describe('a document answers in Slack', () => {
  let planbot: Planbot;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'planbot-end-to-end-'));
    planbot = await createPlanbot({ dataDir, tell: () => {} });
    const title = '令和7年度 事業計画（群馬支部）';
    const gunma = madeUpKpi({ branch: '群馬', file: 'gunma.txt' });
    const source = { ...gunma.source, title };
    const target = { ...gunma.target, value: 77.7, text: '77.7％以上' };
    const other = madeUpDocument('gunma.txt', [{ ...gunma, target, source }]);
    const parts = other.parts.map((part) => ({ ...part, branch: '群馬', title }));
    await planbot.store.documents.replace([madeUpDocument(), { ...other, parts }], new Date());
    // Else what was known before would answer, where opening it takes long.
    await planbot.openKnowledge();
    await warmUp(planbot);
  });

  afterAll(async () => {
    await planbot.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('to a mention, in its thread, and to the question that follows', async () => {
    const { slack, app, mention, reply } = await runApp({ ask: planbot.ask });
    await app.start();
    const { message } = await mention('東京支部のジェネリックKPIは？');
    // A notice may come before the answer.
    const answer = await slack.waitForMessage(
      (one) => one.threadTs === message.ts && shown(one).includes(FIGURE),
      { timeoutMs: 15_000 },
    );
    for (const seen of [shown(answer), answer.text]) {
      expect(seen).toContain(FIGURE);
      expect(seen).toContain(SOURCE);
    }
    await mention('じゃあ群馬は？', message.ts);
    expect(shown(await reply(message.ts, 1))).toContain('77.7％以上');
  });

  test('to a direct message', async () => {
    const { slack, app } = await runApp({ ask: planbot.ask });
    await app.start();
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: 'とうきょう GE' });
    const answer = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    expect(shown(answer)).toContain(FIGURE);
    expect(shown(answer)).toContain(SOURCE);
  });

  test('to a command, and to the channel at a click', async () => {
    const { slack, app } = await runApp({ ask: planbot.ask });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: '東京 ジェネリック', channel: TOKYO, user: STAFF });
    const panel = await slack.waitForEphemeral((one) => shown(one).includes(FIGURE));
    expect(shown(panel)).toContain(SOURCE);
    await slack.clickButton({ message: panel, actionId: 'share', user: STAFF });
    const shared = await slack.waitForMessage((one) => one.channel === TOKYO && one.user !== STAFF);
    expect(shown(shared)).toContain(FIGURE);
    expect(shown(shared)).toContain(SOURCE);
  });

  test('every button asks a question that is understood', async () => {
    const { slack, app } = await runApp({ ask: planbot.ask });
    await app.start();
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: '東京のジェネリックは？' });
    const card = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    const buttons = [...shown(card).matchAll(/"action_id":"(choice:\d+)"/g)].map((match) => match[1] ?? '');
    expect(buttons.length).toBeGreaterThan(0);
    for (const [index, actionId] of buttons.entries()) {
      await slack.clickButton({ message: card, actionId, user: STAFF });
      const replies = () => slack.messages(STAFF_DM).filter((one) => one.user !== STAFF);
      const answer = await slack.waitForMessage((one) => replies()[index + 1] === one);
      expect(answer.text).not.toMatch(/見つかりませんでした|資料にありません|うまく調べられません/);
    }
  });

  test.each([
    ['nothing', '<@U0PLANBOT>'],
    ['10,000 characters', '東京'.repeat(5_000)],
    ['markup and controls', '東京\u0000の<!channel>&lt;@U1&gt;\u202eジェネリックは？'],
  ])('politely to %s', async (_, text) => {
    const { slack, app } = await runApp({ ask: planbot.ask });
    await app.start();
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text });
    const answer = await slack.waitForMessage((one) => one.channel === STAFF_DM && one.user !== STAFF);
    expect(answer.text).not.toContain('うまく調べられませんでした');
    expect(JSON.stringify([answer.text, answer.blocks])).not.toContain('<');
  });
});
