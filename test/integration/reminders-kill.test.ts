import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parse } from 'js-yaml';
import { expect, onTestFinished, test } from 'vitest';
import { fastClock, type Job, type Step } from '../../scripts/kill-delivery/job.ts';
import { startLocalSlack } from '../../src/playground/emulator/local-slack.ts';
import { Manifest } from '../../src/playground/emulator/manifest.ts';
import { CHANNELS } from '../../src/playground/emulator/workspace.ts';
import { openStore } from '../../src/store/store.ts';
import { catalogueOf, TOKYO_OWNER } from '../reminders/made-up-office.ts';
import { freshFolder } from '../store/data-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Real processes and a real SIGKILL; `npm run bench:kill` does the same some hundred times, with faults. */
test('processes that are killed around the request lose nothing and send nothing twice', {
  timeout: 180_000,
}, async () => {
  const startedAt = Date.now();
  const now = fastClock(startedAt);
  const manifest = Manifest.parse(parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8')));
  const slack = await startLocalSlack({ manifest, now, mode: 'socket' });
  onTestFinished(() => slack.stop());
  const dataDir = freshFolder();
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  const lines = [{ line: 2, key: '東京', row: TOKYO_OWNER }];
  await store.figures.import({ kind: 'owners', file: 'owners.csv', digest: '', by: null, lines }, now());
  const keys = ['a', 'b', 'c', 'd'];
  await store.outbox.withDue(async (trx) => {
    for (const key of keys) {
      const content = { type: 'word' as const, words: [{ text: key }] };
      await trx.add({ key, parentId: null, audience: 'branch', branch: '東京', content, items: [] }, now());
    }
  });

  function work(step: Step | null): Promise<string> {
    const { apiUrl, botToken } = slack;
    const { calendar } = catalogueOf('東京');
    const job: Job = {
      dataDir,
      databaseUrl: null,
      apiUrl,
      botToken,
      startedAt,
      step,
      times: 1,
      delayMs: 2,
      rounds: 100,
      calendar,
    };
    const worker = join(ROOT, 'scripts/kill-delivery/worker.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', worker, JSON.stringify(job)], {
      stdio: 'inherit',
    });
    return new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? String(code)));
    });
  }

  const killed = await Promise.all([work('accepted'), work('before_mark'), work('request_left')]);
  expect(killed).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
  expect(await work(null)).toBe('0');
  const standing = slack.messages(CHANNELS.tokyo).map(({ metadata }) => metadata?.event_payload.key);
  expect(standing.sort()).toEqual(keys);
  expect((await store.outbox.messages()).map(({ state }) => state)).toEqual(keys.map(() => 'sent'));
});
