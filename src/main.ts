import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createAsk } from './answers/ask.ts';
import { branchInName } from './catalogue/branch-in-name.ts';
import { loadCatalogue } from './catalogue/load-catalogue.ts';
import { createSuggest } from './catalogue/suggest.ts';
import type { Config, SlackConfig } from './config.ts';
import { openBuiltIn, openFacts } from './documents/built-in.ts';
import type { Tokenizer } from './japanese/token.ts';
import { loadTokenizer } from './japanese/tokenizer.ts';
import type { Ask } from './model/ask.ts';
import type { Catalogue } from './model/catalogue.ts';
import { AppError } from './model/errors.ts';
import type { Knowledge, PassageSearch } from './model/knowledge.ts';
import type { Counters } from './operations/counters.ts';
import { createClock } from './playground/clock.ts';
import type { PassageIndex } from './search/passage-index.ts';
import { openPassageSearch } from './search/passage-search.ts';
import type { DatabaseServer } from './store/dialects/dialect.ts';
import { withReported } from './store/figures-merge.ts';
import { snapshotOf } from './store/memory-knowledge.ts';
import { createStandings, type Standings } from './store/standings.ts';
import { openStore, type Store } from './store/store.ts';
import { withFacts } from './store/with-facts.ts';
import { wirePictures } from './wiring/draw-picture.ts';
import type { AppParts, Closing, Planbot } from './wiring/planbot.ts';
import { wireReminders } from './wiring/start-reminders.ts';
import { wireReporting } from './wiring/start-reporting.ts';
import { openDeliveredPassages, openStorePassages } from './wiring/store-passages.ts';
import { openTrialStore, trialFolder } from './wiring/trial-store.ts';
import { warmUp } from './wiring/warm-up.ts';

/** For so long a question waits for documents that were ingested a moment ago. */
const PATIENCE_MS = 2_000;

interface Library {
  stamp: string;
  knowledge: Knowledge;
  passages: PassageSearch;
  ask: Ask;
  standings: Standings;
}

/**
 * Everything that answers, over one data folder. `tell` hears what an operator may want to know, such as an
 * index that had to be built anew. Throws AppError where the catalogue, the facts or the store are at fault.
 */
export async function createPlanbot(options: {
  dataDir: string;
  /** See `openStore`. */
  database?: DatabaseServer | null | undefined;
  /** Works on a copy: see `openTrialStore`. */
  trial?: boolean;
  /** See `openStore`. */
  keepDays?: number;
  tell: (message: string) => void;
}): Promise<Planbot> {
  const catalogue = loadCatalogue();
  // The dictionary takes longest: it loads while all else is opened. Who awaits it hears of its failure.
  const tokenizer = loadTokenizer(catalogue.dictionary);
  tokenizer.catch(() => undefined);
  const store = await (options.trial ? openTrialStore(options) : openStore(options));
  const dataDir = options.trial ? trialFolder(options.dataDir) : options.dataDir;
  try {
    // What is brought to a trial that began without documents stands beside the sample: its examples go on answering.
    const keepsSample = options.trial === true && (await store.documents()).length === 0;
    const parts = { ...options, dataDir, catalogue, store, tokenizer, keepsSample };
    let library = await openLibrary({ ...parts, isAtWork: false });
    let opening: Promise<void> | null = null;
    /** What was known stays until what is new is open, or where it cannot be opened: the next question tries again. */
    const renew = async (): Promise<void> => {
      try {
        library = await openLibrary({ ...parts, isAtWork: true });
      } catch (error) {
        options.tell(`新しい資料を開けません: ${error instanceof AppError ? error.toLine() : String(error)}`);
      } finally {
        opening = null;
      }
    };
    /** Another process may have ingested or imported since: that must be found without a restart. */
    const current = async (): Promise<Library> => {
      if ((await store.knowledgeStamp()) !== library.stamp) {
        opening ??= renew();
        await opening;
      }
      return library;
    };
    /** As `current`; where that takes long, what was known until now answers. */
    const soon = async (): Promise<Library> => {
      const waiting = new AbortController();
      const patience = wait(PATIENCE_MS, null, { signal: waiting.signal, ref: false }).catch(() => null);
      try {
        return (await Promise.race([current(), patience])) ?? library;
      } finally {
        waiting.abort();
      }
    };
    return {
      catalogue,
      store,
      ask: async (input) => (await soon()).ask(input),
      standings: async (branch, fy) => (await soon()).standings(branch, fy),
      openKnowledge: async () => (await current()).knowledge,
      openPassages: async () => (await current()).passages,
      openSuggest: async () => createSuggest(catalogue, await tokenizer),
      // Opened before anybody asks.
      follow: () => store.listen(() => void current().catch(() => undefined)),
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface LibraryParts {
  dataDir: string;
  tell: (message: string) => void;
  catalogue: Catalogue;
  store: Store;
  tokenizer: Promise<Tokenizer>;
  /** Whether it serves already: see `openStorePassages`. */
  isAtWork: boolean;
  /** Whether documents are added to all that planbot is delivered with, and not to its figures alone. */
  keepsSample: boolean;
}

async function openLibrary(parts: LibraryParts): Promise<Library> {
  const { catalogue, store } = parts;
  const stamp = await store.knowledgeStamp();
  const hasDocuments = (await store.documents()).length > 0;
  const opened = hasDocuments ? await openIngested(parts) : await openDelivered(parts);
  // Read once: a library is opened anew when documents or reported figures change, and years of them are many.
  const knowledge = snapshotOf(opened.knowledge);
  const actuals = await store.reportedActuals();
  const tokenizer = await parts.tokenizer;
  const passages = openPassageSearch(opened.index, tokenizer, catalogue.synonyms);
  const ask = createAsk({
    catalogue,
    knowledge,
    passages,
    tokenizer,
    actuals: async () => actuals,
  });
  const standings = createStandings({
    catalogue,
    knowledge,
    figures: { reportedActuals: async () => actuals },
  });
  return { stamp, knowledge, passages, ask, standings };
}

async function openIngested(parts: LibraryParts): Promise<{ knowledge: Knowledge; index: PassageIndex }> {
  const { store, catalogue } = parts;
  if (parts.keepsSample) {
    const delivered = await openBuiltIn(catalogue);
    const passages = [...(await store.passages()), ...(await delivered.passages())];
    return {
      knowledge: withFacts(store, delivered),
      index: await openDeliveredPassages({ ...parts, passages }),
    };
  }
  return { knowledge: withFacts(store, openFacts()), index: await openStorePassages(parts) };
}

async function openDelivered(parts: LibraryParts): Promise<{ knowledge: Knowledge; index: PassageIndex }> {
  const delivered = await openBuiltIn(parts.catalogue);
  const knowledge = withReported(delivered, parts.store);
  const index = await openDeliveredPassages({ ...parts, passages: await delivered.passages() });
  return { knowledge, index };
}

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
    const loading = slack
      ? import('./slack/app.ts')
      : import('./wiring/load-playground.ts').then((load) => load.loadPlayground());
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
    const reminders = wireReminders({ store, catalogue, now, log, ...counting });
    const suggest = await planbot.openSuggest();
    const inName = (name: string) => branchInName(name, catalogue.branches);
    const reporting = wireReporting({ ...planbot, now });
    const drawPicture = wirePictures(planbot);
    const app = {
      ask,
      standings,
      catalogue,
      suggest,
      branchInName: inName,
      store,
      now,
      log,
      reminders,
      reporting,
      drawPicture,
    };
    const start = async () => {
      if (slack && counters) return startInSlack({ slack, port, counters, app }, closing);
      const { startInPlayground } = await import('./wiring/start-playground.ts');
      return startInPlayground({ port, planbot, clock, app }, closing);
    };
    const place = await start();
    const warming = warmUp(app);
    closing.push(() => warming);
    return { place, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loaded only here: nobody watches other commands. */
async function countFor(store: Store): Promise<Counters> {
  const { createCounters } = await import('./operations/counters.ts');
  return createCounters({ outbox: () => store.outboxCounts() });
}

async function startInSlack(
  parts: { slack: SlackConfig; port: number; counters: Counters; app: AppParts },
  closing: Closing,
): Promise<string> {
  const { createSlackApp } = await import('./slack/app.ts');
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
    const { startOperationServer } = await import('./operations/operation-server.ts');
    const server = await startOperationServer({ port: metricsPort, counters, health: app.health });
    closing.push(() => server.stop());
  }
  const started = await app.start();
  closing.push(() => app.stop(), reminders.start(app.reminderSender));
  return started.mode === 'socket' ? 'Slack（ソケットモード）' : `Slack（HTTP、ポート ${started.port}）`;
}
