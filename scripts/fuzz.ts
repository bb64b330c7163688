import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as immediate, setTimeout as wait } from 'node:timers/promises';
import { load as parseYaml } from 'js-yaml';
import { pino } from 'pino';
import { createPlanbot } from '../src/app/planbot.ts';
import { branchInName } from '../src/catalogue/branch-in-name.ts';
import type { ThreadContext } from '../src/model/query.ts';
import { startLocalSlack } from '../src/playground/emulator/local-slack.ts';
import { Manifest } from '../src/playground/emulator/manifest.ts';
import { directMessageId, USERS } from '../src/playground/emulator/workspace.ts';
import { createSlackApp } from '../src/slack/app.ts';
import { seeded } from './seeded.ts';

/**
 * Questions made of words, figures, marks and noise, to `ask` itself and as messages through the Slack app:
 * `npm run -s bench:fuzz -- [questions to each] [seed] [ask|slack]`. Fails where one throws, is apologised for, or is
 * not answered. Ctrl+C ends it early, with what was seen until then.
 */

const count = Number(process.argv[2] ?? 100_000);
const random = seeded(Number(process.argv[3] ?? 1));
const path = process.argv[4] ?? 'both';
const SIDE_BY_SIDE = 40;
let isCalledOff = false;
process.once('SIGINT', () => {
  isCalledOff = true;
});

const dataDir = mkdtempSync(join(tmpdir(), 'planbot-fuzz-'));
const planbot = await createPlanbot({ dataDir, tell: () => {} });
const { catalogue } = planbot;
const WORDS = [
  ...catalogue.branches.flatMap(({ name }) => [name, `${name}支部`]),
  ...catalogue.indicators.flatMap(({ name }) => [name, name.slice(0, 5)]),
  ...'は？ の が と より 以外 以上 除く まで 平均 差 何倍 何番目 ワースト3 合計 最大 目標 実績 予算 執行率 達成 じゃあ いや 令和7 令和3年度 去年 今年度 第2四半期 全国 九州 一覧で グラフ 教えて ありがとう 1億円 60～65％ △ ― ［ ］ 「 」 ※ ・'.split(
    ' ',
  ),
];
const NOISE = [
  '<@U0STAFF01>',
  '<!channel>',
  '<https://example.jp|計画>',
  '&lt;',
  '\u0000',
  '\u202e',
  '\ud83d',
  '🍣',
  '👨‍👩‍👧',
  '=1+1',
  '$(x)',
  '{{x}}',
  '\\',
  "'",
  '"',
  '--',
  ';',
  '%s',
  '../',
  '\n',
  '\t',
  '　',
  'ｶﾞ',
  '①',
  '㍻',
  '１２３４５６７８９０',
  '-0',
  '1e309',
  'NaN',
  'null',
  'toString',
  '__proto__',
  'constructor',
  '.*(a+)+$',
];
try {
  if (path !== 'slack') console.log(`ask: ${await fuzzAsk()}`);
  if (path !== 'ask') console.log(`Slack: ${await fuzzSlack()}`);
} finally {
  await planbot.close();
  rmSync(dataDir, { recursive: true, force: true });
}

function question(): string {
  const parts = Array.from({ length: 1 + Math.floor(random() * 8) }, () => {
    const from = random() < 0.85 ? WORDS : NOISE;
    return from[Math.floor(random() * from.length)] ?? '';
  });
  const text = parts.join(random() < 0.2 ? ' ' : '');
  if (random() < 0.01) return text.repeat(50 + Math.floor(random() * 200));
  return random() < 0.1 ? text.slice(Math.floor(random() * text.length)) : text;
}

async function fuzzAsk(): Promise<string> {
  const began = Date.now();
  let context: ThreadContext | null = null;
  let faults = 0;
  let asked = 0;
  for (; asked < count && !isCalledOff; asked += 1) {
    // So that the signal is heard.
    if (asked % 100 === 0) await immediate();
    const text = question();
    try {
      const asked = await planbot.ask({ text, context, today: { year: 2026, month: 11, day: 30 } });
      context = random() < 0.5 ? asked.context : null;
    } catch (error) {
      faults += 1;
      if (faults <= 10) console.error(JSON.stringify(text), String(error));
    }
  }
  if (faults > 0) process.exitCode = 1;
  return `${asked} questions, ${faults} thrown, ${Math.round((Date.now() - began) / 1000)} s`;
}

async function fuzzSlack(): Promise<string> {
  const began = Date.now();
  const manifest = Manifest.parse(
    parseYaml(readFileSync(join(import.meta.dirname, '../manifest.yml'), 'utf8')),
  );
  let left = count;
  let done = 0;
  let apologies = 0;
  let silent = 0;
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (error) => unhandled.push(error));
  const { ask, standings, store } = planbot;
  const suggest = await planbot.openSuggest();
  // The local Slack remembers everything: a new one from time to time keeps looking things up cheap.
  while (left > 0 && !isCalledOff) {
    const slack = await startLocalSlack({ manifest, now: () => new Date(), mode: 'socket' });
    const { botToken, appToken, apiUrl } = slack;
    const app = await createSlackApp({
      config: { botToken, appToken, slackApiUrl: apiUrl },
      ask,
      standings,
      catalogue,
      suggest,
      branchInName: (name) => branchInName(name, catalogue.branches),
      store,
      now: () => new Date(),
      log: pino({ level: 'silent' }),
      pacer: async () => {},
    });
    await app.start();
    const user = USERS.staff.id;
    const channel = directMessageId(user);
    const share = Math.min(left, 500);
    for (let sent = 0; sent < share; sent += SIDE_BY_SIDE) {
      const texts = Array.from({ length: Math.min(SIDE_BY_SIDE, share - sent) }, question);
      await Promise.all(texts.map((text) => slack.postMessage({ channel, user, text })));
    }
    // A stop waits for 20 seconds; a busy machine may need longer for what is owed.
    const owed = () => store.requests.abandoned(new Date(Date.now() + 60_000));
    for (let left = 600; left > 0 && (await owed()).length > 0; left -= 1) await wait(200);
    await app.stop();
    const messages = slack.messages(channel);
    const answered = new Set(messages.filter((one) => one.user !== user).map(({ threadTs }) => threadTs));
    silent += messages.filter((one) => one.user === user && !answered.has(one.ts)).length;
    for (const one of messages) {
      if (one.user === user || !one.text.includes('うまく調べられませんでした')) continue;
      apologies += 1;
      const asked = messages.find(({ ts }) => ts === one.threadTs);
      if (apologies <= 10) console.error(JSON.stringify(asked?.text));
    }
    await slack.stop();
    done += share;
    left -= share;
    if (done % 1_000 === 0)
      console.error(`${done} through Slack, ${Math.round((Date.now() - began) / 1000)} s`);
  }
  if (apologies + silent + unhandled.length > 0) process.exitCode = 1;
  return `${done} questions, ${apologies} apologised for, ${silent} without an answer, ${unhandled.length} unhandled, ${Math.round((Date.now() - began) / 1000)} s`;
}
