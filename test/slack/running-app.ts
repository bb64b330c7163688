import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parse } from 'js-yaml';
import { pino } from 'pino';
import { onTestFailed, onTestFinished } from 'vitest';
import { branchInName } from '../../src/catalogue/branch-in-name.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { createSuggest } from '../../src/catalogue/suggest.ts';
import type { Ask } from '../../src/model/ask.ts';
import { type LocalSlack, startLocalSlack } from '../../src/playground/emulator/local-slack.ts';
import { Manifest } from '../../src/playground/emulator/manifest.ts';
import type { Message } from '../../src/playground/emulator/state.ts';
import { createSlackApp, type SlackApp, type SlackAppDeps } from '../../src/slack/app.ts';
import type { Pacer } from '../../src/slack/delivery/pacer.ts';
import type { ListenerParts } from '../../src/slack/listeners/listener-parts.ts';
import type { SlackAppConfig } from '../../src/slack/transport/transport.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { storeFolder } from '../store/data-folder.ts';
import { fixedAsk } from './fixed-ask.ts';
import { freePort } from './free-port.ts';

export interface Running {
  slack: LocalSlack;
  app: SlackApp;
  store: Store;
  /** Stops the app and starts a new one, as a new process over the same store would. */
  restart(): Promise<void>;
  /** Starts one more app beside it, as a second process over the same store would; Slack then speaks to that. */
  another(): Promise<void>;
  /** Every line of the log so far. */
  logged: string[];
  /** Where HTTP mode takes events; empty in Socket Mode. */
  eventsUrl: string;
  /** A person writes to the bot in #東京支部. */
  mention(text: string, threadTs?: string): ReturnType<LocalSlack['postMessage']>;
  /** The bot's next reply in a thread of #東京支部, after `seen` of them. */
  reply(threadTs: string, seen?: number): Promise<Message>;
  /** What the bot has posted in a channel, after all running work has ended. */
  settled(channel: string): Promise<Message[]>;
}

export interface RunOptions {
  mode?: 'socket' | 'http';
  ask?: Ask;
  /** No branch has a KPI where it is not given. */
  standings?: ListenerParts['standings'];
  pacer?: Pacer;
  now?: () => Date;
  config?: Partial<SlackAppConfig>;
  /** Another memory than the store, for faults. */
  memory?: (store: Store) => Store;
  /** Whatever else the app is given. */
  deps?: Partial<SlackAppDeps>;
}

const catalogue = loadCatalogue();
/** Without the dictionary, which takes long to load: names in kanji are not found by their reading. */
const suggest = createSuggest(catalogue, { tokenize: () => [] });

export const TOKYO = 'C0TOKYO01';
export const STAFF = 'U0STAFF01';
export const STAFF_DM = 'D0STAFF01';

/** The real Bolt app over the local Slack and a store on disk; all of it goes when the test has finished. */
export async function runApp(options: RunOptions = {}): Promise<Running> {
  const { mode = 'socket', ask = fixedAsk, standings = async () => [], now = () => new Date() } = options;
  const manifest = Manifest.parse(
    parse(readFileSync(join(import.meta.dirname, '../../manifest.yml'), 'utf8')),
  );
  const port = mode === 'http' ? await freePort() : 0;
  const eventsUrl = mode === 'http' ? `http://127.0.0.1:${port}/slack/events` : '';
  const slack = await startLocalSlack({ manifest, now, mode, ...(eventsUrl ? { eventsUrl } : {}) });
  onTestFinished(() => slack.stop());
  const store = await openStore({ dataDir: await storeFolder() });
  onTestFinished(() => store.close());
  const logged: string[] = [];
  onTestFailed(() => console.error(logged.join('')));
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const entrance =
    mode === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret, port };
  const config = { botToken: slack.botToken, slackApiUrl: slack.apiUrl, ...entrance, ...options.config };
  const memory = options.memory?.(store) ?? store;
  const pacing = options.pacer ? { pacer: options.pacer } : {};
  const create = () =>
    createSlackApp({
      config,
      ask,
      standings,
      catalogue,
      suggest,
      branchInName: (name) => branchInName(name, catalogue.branches),
      store: memory,
      now,
      log,
      ...pacing,
      ...options.deps,
    });
  const app = await create();
  onTestFinished(() => app.stop());
  const bot = slack.workspace.bot.userId;
  const fromBot = (channel: string) => slack.messages(channel).filter((message) => message.user === bot);

  return {
    slack,
    app,
    store,
    async restart() {
      await app.stop();
      const next = await create();
      onTestFinished(() => next.stop());
      await next.start();
    },
    async another() {
      const next = await create();
      onTestFinished(() => next.stop());
      await next.start();
    },
    logged,
    eventsUrl,
    mention: (text, threadTs) =>
      slack.postMessage({
        channel: TOKYO,
        user: STAFF,
        text: `<@${bot}> ${text}`,
        ...(threadTs === undefined ? {} : { threadTs }),
      }),
    reply: (threadTs, seen = 0) =>
      slack.waitForMessage(
        (message) =>
          message.threadTs === threadTs &&
          fromBot(TOKYO).filter((one) => one.threadTs === threadTs)[seen] === message,
        { timeoutMs: 15_000 },
      ),
    async settled(channel) {
      await app.stop();
      return fromBot(channel);
    },
  };
}

/** Everything that a reader of the message sees, in one string. */
export function shown(message: Message): string {
  return JSON.stringify(message.blocks);
}
