import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { deliver } from '../../src/reminders/deliver.ts';
import { openReminderSender } from '../../src/slack/delivery/reminder-sender.ts';
import type { Outbox } from '../../src/store/outbox-store.ts';
import { openStore } from '../../src/store/store.ts';
import { serverAt } from '../postgres-server.ts';
import { fastClock, LEASE_MS, readJob, type Step } from './job.ts';

/** One delivering process that kills itself at a step of the state machine, as a power cut would. */

const job = readJob(process.argv[2] ?? '');
let left = job.times;

function reach(step: Step): void {
  if (step !== job.step) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
}

function watched(outbox: Outbox): Outbox {
  return {
    ...outbox,
    async claim(...args) {
      reach('before_claim');
      const claim = await outbox.claim(...args);
      if (claim) reach('after_claim');
      return claim;
    },
    async markPosting(...args) {
      const isOurs = await outbox.markPosting(...args);
      reach('before_request');
      return isOurs;
    },
    async markSent(...args) {
      reach('before_mark');
      await outbox.markSent(...args);
      reach('after_mark');
    },
  };
}

const watchedFetch: typeof fetch = async (input, init) => {
  const reply = fetch(input, init);
  if (!String(input).endsWith('/chat.postMessage')) return reply;
  // Some milliseconds on, the request has left; whether Slack has taken it is open.
  setTimeout(() => reach('request_left'), job.delayMs);
  const response = await reply;
  reach('accepted');
  return response;
};

const store = await openStore({ dataDir: job.dataDir, database: serverAt(job.databaseUrl) });
const log = pino({ level: 'silent' });
const sender = openReminderSender({
  botToken: job.botToken,
  slackApiUrl: job.apiUrl,
  network: { fetch: watchedFetch, dispatcher: undefined },
  log,
});
const now = fastClock(job.startedAt);
for (let round = 0; round < job.rounds; round += 1) {
  await deliver({
    outbox: watched(store.outbox),
    owners: store.figures.owners,
    sender,
    calendar: job.calendar,
    now,
    holder: randomUUID(),
    leaseMs: LEASE_MS,
  });
  if ((await store.outbox.nextAttempt()) === null) break;
  await wait(60);
}
await store.close();
