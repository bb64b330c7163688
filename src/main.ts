import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { parse as parseYaml } from 'yaml';
import { createAsk } from './answer/ask.ts';
import type { Config, SlackConfig } from './config.ts';
import { openBuiltIn } from './ingest/built-in.ts';
import type { Tokenizer } from './japanese/token.ts';
import { loadTokenizer } from './japanese/tokenizer.ts';
import { loadCatalogue } from './knowledge/catalogue-loader.ts';
import { packageFolder } from './knowledge/index-folder.ts';
import type { PassageSearch } from './knowledge/knowledge.ts';
import { buildPassageIndex } from './knowledge/passage-index.ts';
import { openPassageSearch } from './knowledge/passage-search.ts';
import { openStore, type Store } from './knowledge/store.ts';
import { openStorePassages, storeStamp } from './knowledge/store-passages.ts';
import type { Catalogue } from './model/catalogue.ts';
import type { Ask } from './model/question.ts';

export interface Planbot {
  catalogue: Catalogue;
  store: Store;
  ask: Ask;
  /** Plan text as it is known now. */
  openPassages(): Promise<PassageSearch>;
  close(): Promise<void>;
}

interface Library {
  stamp: string;
  passages: PassageSearch;
  ask: Ask;
}

/**
 * Everything that answers, over one data folder. `tell` hears what an operator may want to know, such as an
 * index that had to be built anew. Throws AppError where the catalogue, the facts or the store are at fault.
 */
export async function createPlanbot(options: {
  dataDir: string;
  tell: (message: string) => void;
}): Promise<Planbot> {
  const catalogue = loadCatalogue();
  const store = await openStore(options);
  try {
    const tokenizer = await loadTokenizer(catalogue.dictionary);
    let library = await openLibrary({ ...options, catalogue, store, tokenizer });
    const current = async (): Promise<Library> => {
      // Another process may have ingested since: its text must be found without a restart.
      if (library.stamp !== (await storeStamp(store))) {
        library = await openLibrary({ ...options, catalogue, store, tokenizer });
      }
      return library;
    };
    return {
      catalogue,
      store,
      ask: async (input) => (await current()).ask(input),
      openPassages: async () => (await current()).passages,
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openLibrary(parts: {
  dataDir: string;
  tell: (message: string) => void;
  catalogue: Catalogue;
  store: Store;
  tokenizer: Tokenizer;
}): Promise<Library> {
  const { catalogue, store, tokenizer } = parts;
  const stamp = await storeStamp(store);
  const hasDocuments = (await store.documents()).length > 0;
  const knowledge = hasDocuments ? store : await openBuiltIn(catalogue);
  const index = hasDocuments
    ? await openStorePassages(parts)
    : buildPassageIndex(await knowledge.passages(), tokenizer);
  const passages = openPassageSearch(index, tokenizer, catalogue.synonyms);
  return { stamp, passages, ask: createAsk({ catalogue, knowledge, passages, tokenizer }) };
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
  const { now, log } = parts;
  const planbot = await createPlanbot({ dataDir: config.dataDir, tell: (message) => log.info(message) });
  const { ask, store } = planbot;
  try {
    const running = config.slack
      ? await startInSlack(config.slack, config.port, { ask, store, now, log })
      : await startInPlayground(config.port, { ask, store, now, log });
    return {
      place: running.place,
      async stop() {
        await running.stop();
        await planbot.close();
      },
    };
  } catch (error) {
    await planbot.close();
    throw error;
  }
}

interface AppParts {
  ask: Ask;
  store: Store;
  now: () => Date;
  log: Logger;
}

async function startInSlack(slack: SlackConfig, port: number, parts: AppParts): Promise<Running> {
  const { createSlackApp } = await import('./slack/app.ts');
  const app = await createSlackApp({ config: { ...slack, port }, ...parts });
  const started = await app.start();
  const place =
    started.mode === 'socket' ? 'Slack（ソケットモード）' : `Slack（HTTP、ポート ${started.port}）`;
  return { place, stop: () => app.stop() };
}

async function startInPlayground(port: number, parts: AppParts): Promise<Running> {
  const [{ createSlackApp }, { startLocalSlack }, { Manifest }, { startPlayground }] = await Promise.all([
    import('./slack/app.ts'),
    import('./playground/local-slack.ts'),
    import('./playground/manifest.ts'),
    import('./playground/playground.ts'),
  ]);
  const text = readFileSync(join(packageFolder(), 'manifest.yml'), 'utf8');
  const manifest = Manifest.parse(parseYaml(text));
  const localSlack = await startLocalSlack({ manifest, now: parts.now, mode: 'socket' });
  const { botToken, appToken, apiUrl } = localSlack;
  const app = await createSlackApp({ config: { botToken, appToken, slackApiUrl: apiUrl }, ...parts });
  await app.start();
  const page = await startPlayground({ port, host: '127.0.0.1', localSlack });
  return {
    place: page.url,
    async stop() {
      await page.stop();
      await app.stop();
      await localSlack.stop();
    },
  };
}
