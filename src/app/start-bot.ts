import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { branchInName } from '../catalogue/branch-in-name.ts';
import { drawPicture } from '../charts/draw-answer.ts';
import type { Config, SlackConfig } from '../config.ts';
import { createReportService } from '../figure-entry/report-service.ts';
import type { Counters } from '../operations/counters.ts';
import { createClock } from '../playground/page/tools.ts';
import type { Store } from '../store/store.ts';
import { knownNow } from './built-in.ts';
import { createPlanbot, warmUp } from './planbot.ts';
import { createReminders } from './reminders.ts';
import type { AppParts, Closing } from './start-playground.ts';

/** Within it the first page is open, and its first example asked. */
const FIRST_PAGE_MS = 3_000;

export interface Running {
  /** Where questions can be asked, for the person who started it. */
  place: string;
  /** Resolves when running questions are answered and everything is closed. */
  stop(): Promise<void>;
}

/**
 * Starts the bot: in Slack where the configuration has tokens, else in the playground, the same app over a
 * local Slack. Bolt is loaded only here, since no other command needs it.
 */
export async function startBot(config: Config, parts: { now: () => Date; log: Logger }): Promise<Running> {
  const { log } = parts;
  const { dataDir, database, keepDays, port, slack } = config;
  // Only in the playground can the time be moved.
  const clock = createClock(parts.now);
  const now = slack ? parts.now : clock.now;
  const closing: Closing = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) {
      await end();
    }
  };
  try {
    // Loads while the dictionary does; whoever needs it hears of a failure.
    const loading = slack ? import('../slack/app.ts') : import('./start-playground.ts');
    loading.catch(() => undefined);
    const planbot = await createPlanbot({
      dataDir,
      database,
      keepDays,
      trial: slack === null,
      tell: (why) => log.info(why),
    });
    closing.push(planbot.close, planbot.follow());
    const { ask, standings, store, catalogue } = planbot;
    const counters = slack && (await countFor(store));
    const counting = counters ? { reminded: counters.reminded } : {};
    const reminders = createReminders({
      store,
      catalogue,
      known: (stored) => knownNow(stored, catalogue),
      now,
      log,
      ...counting,
    });
    const suggest = await planbot.openSuggest();
    const app: AppParts = {
      ask,
      standings,
      catalogue,
      suggest,
      branchInName: (name) => branchInName(name, catalogue.branches),
      store,
      now,
      log,
      reminders,
      reporting: createReportService({ ...planbot, now }),
      drawPicture: (question, at) => drawPicture(planbot, question, at),
    };
    const start = async () => {
      if (slack && counters) return startInSlack({ slack, port, counters, app }, closing);
      const { startInPlayground } = await import('./start-playground.ts');
      return startInPlayground({ port, planbot, clock, app }, closing);
    };
    const place = await start();
    const ending = new AbortController();
    const pause = () => wait(FIRST_PAGE_MS, null, { signal: ending.signal });
    const warming = warmUp(app, pause).catch(() => undefined);
    closing.push(() => {
      ending.abort();
      return warming;
    });
    return { place, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loaded only here: nobody watches other commands. */
async function countFor(store: Store): Promise<Counters> {
  const { createCounters } = await import('../operations/counters.ts');
  return createCounters({ outbox: () => store.outbox.counts() });
}

async function startInSlack(
  parts: { slack: SlackConfig; port: number; counters: Counters; app: AppParts },
  closing: Closing,
): Promise<string> {
  const { createSlackApp } = await import('../slack/app.ts');
  const { slack, port, counters } = parts;
  const { access, logQuestions, logPeople, metricsPort } = slack;
  const { reminders } = parts.app;
  const app = await createSlackApp({
    ...parts.app,
    config: { ...slack, port },
    access,
    logQuestions,
    logPeople,
    meter: counters,
    reminders: reminders.controls,
  });
  if (metricsPort !== null) {
    // First, so that whoever watches sees what cannot connect.
    const { startOperationServer } = await import('../operations/operation-server.ts');
    const server = await startOperationServer({ port: metricsPort, counters, health: app.health });
    closing.push(() => server.stop());
  }
  const started = await app.start();
  closing.push(() => app.stop(), reminders.start(app.reminderSender));
  return started.mode === 'socket' ? 'Slack（ソケットモード）' : `Slack（HTTP、ポート ${started.port}）`;
}
