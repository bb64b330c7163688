import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load as parseYaml } from 'js-yaml';
import { type LocalSlack, startLocalSlack } from '../src/playground/emulator/local-slack.ts';
import { Manifest } from '../src/playground/emulator/manifest.ts';
import type { LoadJob } from './load/job.ts';
import { askSteadily, type Measured } from './load/questioner.ts';
import { startPostgresFor } from './postgres-server.ts';

/**
 * Questions at a steady rate to planbot, with its real store, and to a bare Bolt app that echoes, by turns in one
 * run, each in a process of its own over a local Slack: `npm run -s bench:load -- [seconds] [questions a second]
 * [--postgres]`. With --postgres two processes of planbot share the questions and a PostgreSQL of their own.
 * Prints what was lost and how long an event took to its reply; fails where something was lost, or where planbot's
 * p95 is over 50 ms.
 */

const { values, positionals } = parseArgs({
  options: { postgres: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const seconds = Number(positionals[0] ?? 60);
const rate = Number(positionals[1] ?? 50);
const TURN_SECONDS = 5;
const GOAL_MS = 50;

const manifest = Manifest.parse(
  parseYaml(readFileSync(join(import.meta.dirname, '../manifest.yml'), 'utf8')),
);
const dataDir = mkdtempSync(join(tmpdir(), 'planbot-load-'));
const ending: (() => Promise<void>)[] = [];
const postgres = await startPostgresFor(values.postgres);
if (postgres) ending.push(() => postgres.stop());
try {
  const [bare, planbot] = [await start('bare'), await start('planbot')];
  const results = { bare: [] as Measured[], planbot: [] as Measured[] };
  // The first questions pay for what is loaded once, in both.
  await askSteadily(bare, { seconds: 2, rate });
  await askSteadily(planbot, { seconds: 2, rate });
  for (let left = seconds; left > 0; left -= TURN_SECONDS) {
    const turn = { seconds: Math.min(left, TURN_SECONDS), rate };
    results.bare.push(...(await askSteadily(bare, turn)));
    results.planbot.push(...(await askSteadily(planbot, turn)));
  }
  console.log(`${rate} questions a second for ${seconds} s each, by turns of ${TURN_SECONDS} s`);
  for (const [name, measured] of Object.entries(results)) console.log(describe(name, measured));
  const lost = results.planbot.filter((ms) => ms === null).length;
  if (lost > 0 || percentile(results.planbot, 0.95) > GOAL_MS) process.exitCode = 1;
} finally {
  for (const end of ending.reverse()) await end();
  rmSync(dataDir, { recursive: true, force: true });
}

/** An app in a process of its own, or in two over one server, connected to a local Slack of its own. */
async function start(app: LoadJob['app']): Promise<LocalSlack> {
  const slack = await startLocalSlack({ manifest, now: () => new Date(), mode: 'socket' });
  ending.push(() => slack.stop());
  const processes = app === 'planbot' && postgres ? 2 : 1;
  for (let n = 0; n < processes; n += 1) await startProcess(app, slack, mkdtempSync(join(dataDir, app)));
  return slack;
}

async function startProcess(app: LoadJob['app'], slack: LocalSlack, folder: string): Promise<void> {
  const { apiUrl, botToken, appToken } = slack;
  const databaseUrl = app === 'planbot' ? (postgres?.url ?? null) : null;
  const job: LoadJob = { app, apiUrl, botToken, appToken, dataDir: folder, databaseUrl };
  const worker = join(import.meta.dirname, 'load/app.ts');
  const child = spawn(process.execPath, [...profiling(app), '--import', 'tsx', worker, JSON.stringify(job)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  ending.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await Promise.race([
    slack.waitForConnection(),
    ended.then(() => Promise.reject(new Error(`the ${app} app ended before it was ready`))),
  ]);
}

/** PROFILE=folder writes a CPU profile of planbot's process there. */
function profiling(app: LoadJob['app']): string[] {
  const folder = process.env.PROFILE;
  return app === 'planbot' && folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

function describe(name: string, measured: readonly Measured[]): string {
  const lost = measured.filter((ms) => ms === null).length;
  const of = (share: number) => `${percentile(measured, share).toFixed(1)} ms`;
  return `${name.padEnd(8)} ${measured.length} asked, ${lost} lost, p50 ${of(0.5)}, p95 ${of(0.95)}, p99 ${of(0.99)}, most ${of(1)}`;
}

function percentile(measured: readonly Measured[], share: number): number {
  const sorted = measured.filter((ms) => ms !== null).sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
