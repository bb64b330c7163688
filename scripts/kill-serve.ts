import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { load as parseYaml } from 'js-yaml';
import { type LocalSlack, startLocalSlack } from '../src/playground/emulator/local-slack.ts';
import { Manifest } from '../src/playground/emulator/manifest.ts';
import type { EventRecord, InjectedFault } from '../src/playground/emulator/state.ts';
import { directMessageId } from '../src/playground/emulator/workspace.ts';
import { startPostgresFor } from './postgres-server.ts';
import { seeded } from './seeded.ts';

/**
 * Kills `planbot serve` with SIGKILL while people ask, over the local Slack with slow calls, starts it again, and
 * counts the answers: `npm run -s bench:kill-serve -- [kills] [seed] [--postgres]`. The second half runs two processes
 * at once; with --postgres all of it does, each with a folder of its own and all that is kept in a server. Fails where
 * a question that was acknowledged has no answer, or one has two.
 */

const { values, positionals } = parseArgs({
  options: { postgres: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const kills = Number(positionals[0] ?? 100);
const random = seeded(Number(positionals[1] ?? 1));
const CHANNELS = 60;
const ASK_EVERY_MS = 200;
/** Without a new answer: longer than the lease of a question and the time to the next look. */
const GIVE_UP_MS = 240_000;
const QUESTIONS = [
  '東京支部のジェネリックKPIは？',
  '富山支部の令和3年度の郵送化率の目標は？',
  '東京の健診率は？',
];

interface Asked {
  channel: string;
  ts: string;
  events: EventRecord[];
}

const root = join(import.meta.dirname, '..');
const manifest = Manifest.parse(parseYaml(readFileSync(join(root, 'manifest.yml'), 'utf8')));
const dataDir = mkdtempSync(join(tmpdir(), 'planbot-kill-serve-'));
const slack = await startLocalSlack({ manifest, now: () => new Date(), mode: 'socket' });
const postgres = await startPostgresFor(values.postgres);
const living = new Set<ChildProcess>();
const asked: Asked[] = [];
let faults = 0;
let started = 0;
try {
  const began = Date.now();
  const places = people(slack);
  let isOver = false;
  const asking = askOn(places, () => isOver);
  for (let done = 0; done < kills; done += 1) {
    const wanted = postgres || done >= kills / 2 ? 2 : 1;
    while (living.size < wanted) await startServe();
    injectFault();
    await wait(200 + random() * 1_800);
    await kill([...living][Math.floor(random() * living.size)]);
    if (done % 20 === 19) console.error(`${done + 1} kills, ${asked.length} asked, ${seconds(began)} s`);
  }
  isOver = true;
  await asking;
  await startServe();
  // What is owed is worked off one after the other: given up is when nothing comes any more.
  let [left, seen] = [missing().length, Date.now()];
  while (left > 0 && Date.now() - seen < GIVE_UP_MS) {
    await wait(2_000);
    const now = missing().length;
    if (now < left) [left, seen] = [now, Date.now()];
  }
  // An answer that comes a second time comes with the next look at what was left.
  await wait(20_000);
  console.log(report(began));
} finally {
  for (const child of living) await kill(child);
  await slack.stop();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function report(began: number): string {
  const lost = missing();
  const answersTo = answers();
  const doubled = asked.filter((one) => answersTo(one) > 1);
  const unheard = asked.filter((one) => !isAcknowledged(one) && answersTo(one) === 0);
  for (const { channel, ts } of [...lost, ...doubled].slice(0, 10)) {
    const found = slack
      .messages(channel)
      .filter(({ metadata }) => metadata?.event_payload.key === `${channel}:${ts}`);
    console.error(`${channel} ${ts}: ${found.map((answer) => answer.ts).join(' ')}`);
  }
  if (lost.length > 0 || doubled.length > 0) process.exitCode = 1;
  return [
    `SIGKILL ${kills}回（${postgres ? '2プロセス、PostgreSQL' : '後半は2プロセス'}）、遅い呼び出し ${faults}回`,
    `質問 ${asked.length}件、受け取った質問のうち答えのないもの ${lost.length}、二重の答え ${doubled.length}、Slackが届けられなかったもの ${unheard.length}`,
    `${seconds(began)}秒`,
  ].join('\n');
}

/** Acknowledged, and without an answer. */
function missing(): Asked[] {
  const answersTo = answers();
  return asked.filter((one) => isAcknowledged(one) && answersTo(one) === 0);
}

function isAcknowledged({ events }: Asked): boolean {
  return events.some(({ deliveries }) => deliveries.includes('acknowledged'));
}

/** How many answers stand under each question now. */
function answers(): (of: Asked) => number {
  const counts = new Map<unknown, number>();
  for (const channel of new Set(asked.map((one) => one.channel))) {
    for (const { metadata } of slack.messages(channel)) {
      const key = metadata?.event_payload.key;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return ({ channel, ts }) => counts.get(`${channel}:${ts}`) ?? 0;
}

/** Questions at a steady rate, by mention and in direct messages, without waiting for anything. */
async function askOn(places: Place[], isOver: () => boolean): Promise<void> {
  for (let index = 0; !isOver(); index += 1) {
    const place = places[index % places.length];
    if (place === undefined) return;
    const isDirect = index % 3 === 0;
    const question = QUESTIONS[index % QUESTIONS.length] ?? '';
    const text = isDirect ? question : `<@${slack.workspace.bot.userId}> ${question}`;
    const channel = isDirect ? directMessageId(place.user) : place.channel;
    const before = slack.events().length;
    slack.postMessage({ channel, user: place.user, text }).catch(() => undefined);
    const message = slack.messages(channel).findLast(({ user }) => user === place.user);
    const events = slack.events().slice(before);
    // The second notice of a mention is acknowledged and not answered.
    const own = isDirect ? events : events.filter(({ type }) => type === 'app_mention');
    asked.push({ channel, ts: message?.ts ?? '', events: own });
    await wait(ASK_EVERY_MS);
  }
}

interface Place {
  channel: string;
  user: string;
}

function people({ workspace }: LocalSlack): Place[] {
  const [model] = workspace.channels;
  if (model === undefined) throw new Error('a workspace without channels');
  return Array.from({ length: CHANNELS }, (_, index) => {
    const number = String(index).padStart(4, '0');
    const [channel, user] = [`C0KILL${number}`, `U0KILL${number}`];
    const members = [user, workspace.bot.userId];
    workspace.users.push({ id: user, name: `kill${number}`, realName: `職員${number}`, role: 'staff' });
    workspace.channels.push({ ...model, id: channel, name: `kill${number}`, members });
    workspace.channels.push({ ...model, id: directMessageId(user), name: user, kind: 'im', members });
    return { channel, user };
  });
}

/** So that a process dies in the middle: while it asks who somebody is, and while it posts. */
function injectFault(): void {
  const method = random() < 0.3 ? 'users.info' : 'chat.postMessage';
  const slow: InjectedFault[] = [
    { method, kind: 'slow', delayMs: 300, times: 3 },
    { method, kind: 'slow', delayMs: 1_500, times: 1 },
    { method, kind: 'drop_response', times: 1 },
    { method, kind: 'error', code: 'internal_error', times: 1 },
    { method, kind: 'rate_limit', retryAfterSeconds: 1, times: 1 },
  ];
  const fault = slow[Math.floor(random() * slow.length)];
  if (fault === undefined || random() < 0.2) return;
  slack.injectFault(fault);
  faults += 1;
}

/** Resolves when it says that it runs. */
async function startServe(): Promise<void> {
  started += 1;
  const data = postgres ? join(dataDir, String(started % 2)) : dataDir;
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'serve', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', process.env.LOG === undefined ? 'ignore' : 'inherit'],
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      PLANBOT_SLACK_API_URL: slack.apiUrl,
      ...(postgres ? { PLANBOT_DATABASE_URL: postgres.url } : {}),
    },
  });
  living.add(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`serve ended with ${code} before it was ready`)));
  });
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined) return;
  living.delete(child);
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`serve had ended with ${child.exitCode}`);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
