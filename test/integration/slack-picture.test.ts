import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planbot } from '../../src/app/planbot.ts';
import { createPlanbot } from '../../src/app/planbot.ts';
import { drawPicture } from '../../src/charts/draw-answer.ts';
import type { Message } from '../../src/playground/emulator/state.ts';
import { type RunOptions, runApp, STAFF, STAFF_DM, shown, TOKYO } from '../slack/running-app.ts';

const RANK = '令和3年度のジェネリックの目標を全支部で高い順に';
const TITLE = '令和3年度 ジェネリック医薬品使用割合の目標：全支部（資料のある47支部）の高い順';
const BUTTON = '"action_id":"picture"';

describe('an answer as a picture', () => {
  let planbot: Planbot;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'planbot-picture-'));
    planbot = await createPlanbot({ dataDir, tell: () => {} });
  });

  afterAll(async () => {
    await planbot.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ranked(
    deps: RunOptions['deps'] = { drawPicture: (question, at) => drawPicture(planbot, question, at) },
  ) {
    const running = await runApp({ ask: planbot.ask, deps });
    await running.app.start();
    const { message } = await running.mention(RANK);
    const answer = await running.reply(message.ts);
    const click = () => running.slack.clickButton({ message: answer, actionId: 'picture', user: STAFF });
    return { ...running, answer, click, question: message.ts };
  }

  const holdsFile = ({ fileIds = [] }: Message) => fileIds.length > 0;

  test('stands in the thread of the answer, with its title for those who cannot see it', async () => {
    const { slack, click, question } = await ranked();
    await click();
    const posted = await slack.waitForMessage(holdsFile, { timeoutMs: 15_000 });
    expect(posted).toMatchObject({ channel: TOKYO, threadTs: question });
    const file = slack.file(posted.fileIds?.[0] ?? '');
    expect(file).toMatchObject({ title: TITLE, altText: TITLE, mimetype: 'image/png' });
    expect(
      Buffer.from(file?.content ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(file?.name).toBe(`${TITLE}.png`);
  });

  test('stands beside the answer in a direct message', async () => {
    const { slack, app } = await runApp({
      ask: planbot.ask,
      deps: { drawPicture: (question, at) => drawPicture(planbot, question, at) },
    });
    await app.start();
    await slack.postMessage({ channel: STAFF_DM, user: STAFF, text: '群馬の被扶養者の特定健診実施率の推移' });
    const answer = await slack.waitForMessage(
      (one) => one.channel === STAFF_DM && shown(one).includes(BUTTON),
    );
    await slack.clickButton({ message: answer, actionId: 'picture', user: STAFF });
    const posted = await slack.waitForMessage(holdsFile, { timeoutMs: 15_000 });
    expect(answer.threadTs).not.toBeNull();
    expect(posted).toMatchObject({ channel: STAFF_DM, threadTs: answer.threadTs });
    expect(slack.file(posted.fileIds?.[0] ?? '')?.title).toContain('群馬支部');
  });

  test('goes to the direct messages of who alone sees the answer', async () => {
    const { slack, app } = await runApp({
      ask: planbot.ask,
      deps: { drawPicture: (question, at) => drawPicture(planbot, question, at) },
    });
    await app.start();
    await slack.runCommand({ command: '/kpi', text: RANK, channel: TOKYO, user: STAFF });
    const panel = await slack.waitForEphemeral((one) => shown(one).includes(BUTTON));
    await slack.clickButton({ message: panel, actionId: 'picture', user: STAFF });
    const posted = await slack.waitForMessage(holdsFile, { timeoutMs: 15_000 });
    expect(posted).toMatchObject({ channel: STAFF_DM, threadTs: null });
    await slack.waitForEphemeral((one) => shown(one).includes('ダイレクトメッセージに送りました'));
  });

  test.each(['東京支部のジェネリックの目標は？', 'こんにちは', '東京支部のラーメン指数は？'])(
    'is not offered for %s',
    async (question) => {
      const { app, mention, reply } = await runApp({ ask: planbot.ask });
      await app.start();
      const { message } = await mention(question);
      expect(shown(await reply(message.ts))).not.toContain(BUTTON);
    },
  );

  test.each([
    [
      'there is nothing to draw',
      async () => ({ why: '数値が1つしかありません。' }),
      '数値が1つしかありません。',
    ],
    ['drawing fails', async () => Promise.reject(new Error('out of memory')), '画像を送れませんでした'],
  ])('whoever asked hears it where %s', async (_, drawPicture, said) => {
    const { slack, click } = await ranked({ drawPicture });
    await click();
    const told = await slack.waitForEphemeral((one) => shown(one).includes(said));
    expect(told.ephemeralTo).toBe(STAFF);
  });

  test('a hostile title is a file name all the same', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    const { slack, click } = await ranked({
      drawPicture: async () => ({ title: '../<b>:"a"|?*\u0000', png }),
    });
    await click();
    const posted = await slack.waitForMessage(holdsFile);
    expect(slack.file(posted.fileIds?.[0] ?? '')?.name).toBe('..ba.png');
  });
});
