import { join } from 'node:path';
import { App, LogLevel } from '@slack/bolt';
import { pino } from 'pino';
import { createPlanbot, warmUp } from '../../src/app/planbot.ts';
import { branchInName } from '../../src/catalogue/branch-in-name.ts';
import { createSlackApp } from '../../src/slack/app.ts';
import { serverAt } from '../postgres-server.ts';
import { type LoadJob, readJob } from './job.ts';

/** planbot over its real store, or a bare Bolt app that echoes; until SIGTERM. */

const job = readJob(process.argv[2] ?? '');
const stop = await (job.app === 'planbot' ? startPlanbot(job) : startBare(job));
const ready = process.cpuUsage();
process.once('SIGTERM', async () => {
  await stop();
  const { user, system } = process.cpuUsage(ready);
  // A busy machine makes answers late; how much work they are stays the same.
  console.log(`${job.app.padEnd(8)} ${Math.round((user + system) / 1_000)} ms of processor time in all`);
  process.exit(0);
});

async function startPlanbot(of: LoadJob): Promise<() => Promise<void>> {
  const { apiUrl, botToken, appToken, dataDir, databaseUrl } = of;
  const planbot = await createPlanbot({ dataDir, database: serverAt(databaseUrl), tell: () => {} });
  const { ask, standings, catalogue, store } = planbot;
  const suggest = await planbot.openSuggest();
  const app = await createSlackApp({
    config: { botToken, appToken, slackApiUrl: apiUrl },
    ask,
    standings,
    catalogue,
    suggest,
    branchInName: (name) => branchInName(name, catalogue.branches),
    store,
    now: () => new Date(),
    log: pino({ level: 'info' }, pino.destination(join(dataDir, 'planbot.log'))),
  });
  await app.start();
  await warmUp({ ask, catalogue });
  return async () => {
    await app.stop();
    await planbot.close();
  };
}

async function startBare({ apiUrl, botToken, appToken }: LoadJob): Promise<() => Promise<void>> {
  const app = new App({
    token: botToken,
    appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: LogLevel.ERROR,
  });
  app.event('app_mention', async ({ event, client }) => {
    const { channel, ts, text } = event;
    await client.chat.postMessage({ channel, thread_ts: ts, text });
  });
  await app.start();
  return async () => {
    await app.stop();
  };
}
