import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load as parseYaml } from 'js-yaml';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { type LocalSlack, startLocalSlack } from '../src/playground/emulator/local-slack.ts';
import { Manifest } from '../src/playground/emulator/manifest.ts';
import type { InjectedFault } from '../src/playground/emulator/state.ts';
import { CHANNELS, directMessageId, USERS } from '../src/playground/emulator/workspace.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { fastClock, type Job, STEPS } from './kill-delivery/job.ts';
import { serverAt, startPostgresFor } from './postgres-server.ts';
import { seeded } from './seeded.ts';

/**
 * Kills delivering processes with SIGKILL at every step over the local Slack with random faults, starts them
 * again, and counts what arrived: `npm run -s bench:kill -- [kills] [seed] [--postgres]`, over SQLite or with two
 * processes at once over a PostgreSQL of its own. Fails where a message is lost or stands twice, and where anybody
 * would have to look whether it was sent.
 */

const { values, positionals } = parseArgs({
  options: { postgres: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const kills = Number(positionals[0] ?? 210);
const random = seeded(Number(positionals[1] ?? 1));
const BRANCHES = [
  { branch: '東京', channel: CHANNELS.tokyo },
  { branch: '群馬', channel: CHANNELS.gunma },
  { branch: '本部', channel: CHANNELS.headOffice },
];

/** Gets every fourth message as a direct message too. */
const READER = USERS.staff.id;

const { calendar } = loadCatalogue();
const startedAt = Date.now();
const now = fastClock(startedAt);
const dataDir = mkdtempSync(join(tmpdir(), 'planbot-kill-'));
const manifest = Manifest.parse(
  parseYaml(readFileSync(join(import.meta.dirname, '../manifest.yml'), 'utf8')),
);
const slack = await startLocalSlack({ manifest, now, mode: 'socket' });
const postgres = await startPostgresFor(values.postgres);
const databaseUrl = postgres?.url ?? null;
const store = await openStore({ dataDir, database: serverAt(databaseUrl) });
try {
  await registerOwners(store);
  const report = await run(store, slack);
  console.log(report.join('\n'));
} finally {
  await slack.stop();
  await store.close();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function run(store: Store, slack: LocalSlack): Promise<string[]> {
  const killed = new Map<string, number>();
  const faults = new Map<string, number>();
  let created = 0;
  let done = 0;
  for (let round = 0; done < kills; round += 1) {
    created += await seed(store, 3, created);
    const fault = randomFault();
    if (fault) {
      slack.injectFault(fault);
      count(faults, `${fault.kind} ${fault.method}`);
    }
    // The second half runs two processes on one store at once; on a server all of it does.
    const workers = postgres || done >= kills / 2 ? 2 : 1;
    const steps = Array.from({ length: workers }, () => STEPS[Math.floor(random() * STEPS.length)] ?? null);
    const results = await Promise.all(steps.map((step) => work({ step, rounds: 25 })));
    for (const [index, wasKilled] of results.entries()) {
      if (!wasKilled) continue;
      count(killed, steps[index] ?? '');
      done += 1;
    }
    if (round % 20 === 19) console.error(`${done} kills, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
  for (let tries = 0; tries < 30 && (await store.outbox.nextAttempt()) !== null; tries += 1) {
    await work({ step: null, rounds: 100 });
  }
  return describe(await store.outbox.messages(), slack, killed, faults);
}

function describe(
  messages: Awaited<ReturnType<Store['outbox']['messages']>>,
  slack: LocalSlack,
  killed: ReadonlyMap<string, number>,
  faults: ReadonlyMap<string, number>,
): string[] {
  const standing = new Map<string, number>();
  for (const channel of [...BRANCHES.map((one) => one.channel), directMessageId(READER)]) {
    for (const { metadata } of slack.messages(channel)) {
      const key = String(metadata?.event_payload.key ?? '');
      count(standing, key);
    }
  }
  const lost = messages.filter(({ key }) => !standing.has(key));
  const twice = messages.filter(({ key }) => (standing.get(key) ?? 0) > 1);
  const unmarked = messages.filter(({ state }) => state !== 'sent');
  const total = [...killed.values()].reduce((sum, n) => sum + n, 0);
  if (lost.length + twice.length + unmarked.length > 0) process.exitCode = 1;
  return [
    `SIGKILL ${total}回：${listed(killed)}`,
    `Slackの障害 ${[...faults.values()].reduce((sum, n) => sum + n, 0)}回：${listed(faults)}`,
    `お知らせ ${messages.length}通、届かなかったもの ${lost.length}、二重に届いたもの ${twice.length}、不明のまま ${unmarked.length}`,
    `${Math.round((Date.now() - startedAt) / 1000)}秒`,
  ];
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, n]) => `${name} ${n}`).join('、');
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Resolves with whether the process was killed. */
function work({ step, rounds }: Pick<Job, 'step' | 'rounds'>): Promise<boolean> {
  const job: Job = {
    dataDir,
    databaseUrl,
    apiUrl: slack.apiUrl,
    botToken: slack.botToken,
    startedAt,
    step,
    times: 1 + Math.floor(random() * 2),
    delayMs: Math.floor(random() * 12),
    rounds,
    calendar,
  };
  const worker = join(import.meta.dirname, 'kill-delivery/worker.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', worker, JSON.stringify(job)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`worker ended with ${code ?? signal}`));
      else resolve(signal === 'SIGKILL');
    });
  });
}

async function registerOwners(store: Store): Promise<void> {
  const lines = BRANCHES.map(({ branch, channel }, index) => ({
    line: index + 2,
    key: branch,
    row: { branch, channel, owner: 'U0REPORT1', deputy: null },
  }));
  await store.figures.import({ kind: 'owners', file: 'owners.csv', digest: '', by: null, lines }, now());
}

async function seed(store: Store, most: number, from: number): Promise<number> {
  const n = 1 + Math.floor(random() * most);
  await store.outbox.withDue(async (trx) => {
    for (let index = from; index < from + n; index += 1) {
      const branch = BRANCHES[index % BRANCHES.length]?.branch ?? '東京';
      const content = { type: 'word' as const, words: [{ text: `お知らせ ${index}` }] };
      const message = { parentId: null, audience: 'branch' as const, branch, content, items: [] };
      const readers = index % 4 === 0 ? [READER] : [];
      await trx.add({ ...message, key: `kill|${index}`, readers }, now());
    }
  });
  return n;
}

function randomFault(): InjectedFault | null {
  const method = random() < 0.75 ? 'chat.postMessage' : 'conversations.history';
  const faults: InjectedFault[] = [
    { method, kind: 'rate_limit', retryAfterSeconds: 1, times: 1 },
    { method, kind: 'server_error', times: 1 },
    { method, kind: 'drop_response', times: 1 },
    { method, kind: 'slow', delayMs: 30, times: 1 },
    { method, kind: 'error', code: 'internal_error', times: 1 },
  ];
  return random() < 0.2 ? null : (faults[Math.floor(random() * faults.length)] ?? null);
}
