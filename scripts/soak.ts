import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { load as parseYaml } from 'js-yaml';
import { startLocalSlack } from '../src/playground/emulator/local-slack.ts';
import { Manifest } from '../src/playground/emulator/manifest.ts';
import type { LoadJob } from './load/job.ts';
import { askSteadily, type Measured } from './load/questioner.ts';

/**
 * Questions at a steady rate for minutes, with the memory of planbot's process from time to time:
 * `npm run -s bench:soak -- [minutes] [questions a second]`. Fails where something is lost, or where the memory of the
 * last quarter is more than a tenth above that of the second.
 */

const minutes = Number(process.argv[2] ?? 5);
const rate = Number(process.argv[3] ?? 20);
const TURN_SECONDS = 15;

const manifest = Manifest.parse(
  parseYaml(readFileSync(join(import.meta.dirname, '../manifest.yml'), 'utf8')),
);
const dataDir = mkdtempSync(join(tmpdir(), 'planbot-soak-'));
const slack = await startLocalSlack({ manifest, now: () => new Date(), mode: 'socket' });
const { apiUrl, botToken, appToken } = slack;
const job: LoadJob = { app: 'planbot', apiUrl, botToken, appToken, dataDir, databaseUrl: null };
const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(import.meta.dirname, 'load/app.ts'), JSON.stringify(job)],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
try {
  await slack.waitForConnection();
  await wait(3_000);
  const measured: Measured[] = [];
  const memory: number[] = [];
  for (let turn = 0; turn < (minutes * 60) / TURN_SECONDS; turn += 1) {
    measured.push(...(await askSteadily(slack, { seconds: TURN_SECONDS, rate })));
    memory.push(residentMegabytes(child.pid ?? 0));
  }
  const lost = measured.filter((ms) => ms === null).length;
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const [early, late] = [mean(memory.slice(quarter, 2 * quarter)), mean(memory.slice(-quarter))];
  console.log(`${measured.length} asked at ${rate} a second, ${lost} lost`);
  console.log(`memory in MB every ${TURN_SECONDS} s: ${memory.join(' ')}`);
  console.log(`second quarter ${early.toFixed(0)} MB, last quarter ${late.toFixed(0)} MB`);
  if (lost > 0 || late > early * 1.1) process.exitCode = 1;
} finally {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  await slack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Of a process, as Linux counts it. */
function residentMegabytes(pid: number): number {
  const found = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? Number.NaN) / 1024);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
