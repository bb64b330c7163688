import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { createAsk } from '../answers/ask.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { createSuggest } from '../catalogue/suggest.ts';
import type { Tokenizer } from '../japanese/token.ts';
import { loadTokenizer } from '../japanese/tokenizer.ts';
import type { Ask } from '../model/ask.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { isoDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Day } from '../model/fiscal-year.ts';
import type { Knowledge, PassageSearch } from '../model/knowledge.ts';
import { createStandings, type Standings } from '../model/standing.ts';
import type { Suggest } from '../model/suggest.ts';
import { branchReports, readSituation } from '../reminders/situation.ts';
import type { PassageIndex } from '../search/passage-index.ts';
import { openPassageSearch } from '../search/passage-search.ts';
import type { DatabaseServer } from '../store/dialects/dialect.ts';
import { knowledgeInMemory } from '../store/document-knowledge.ts';
import { withFacts } from '../store/documents-and-facts.ts';
import { withReported } from '../store/figures-merge.ts';
import { openStore, type Store } from '../store/store.ts';
import { openBuiltIn, openFacts } from './built-in.ts';
import { openDeliveredPassages, openStorePassages } from './store-passages.ts';
import { openTrialStore, trialFolder } from './trial-store.ts';

/** For so long a question waits for documents that were ingested a moment ago. */
const PATIENCE_MS = 2_000;

interface Library {
  stamp: string;
  knowledge: Knowledge;
  passages: PassageSearch;
  ask: Ask;
  standings: Standings;
}

/** Everything that answers. */
export interface Planbot {
  catalogue: Catalogue;
  store: Store;
  ask: Ask;
  /** From the same knowledge as the answers. */
  standings: Standings;
  /** What is known now, with what staff reported. */
  openKnowledge(): Promise<Knowledge>;
  /** Plan text as it is known now. */
  openPassages(): Promise<PassageSearch>;
  /** Branches and indicators for whoever is typing. */
  openSuggest(): Promise<Suggest>;
  /** From now on what other processes change is opened before anybody asks. Returns the way to end it. */
  follow(): () => Promise<void>;
  close(): Promise<void>;
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
    const keepsSample = options.trial === true && (await store.documents.list()).length === 0;
    const parts = { ...options, dataDir, catalogue, store, tokenizer, keepsSample };
    let library = await openLibrary({ ...parts, isAtWork: false });
    let opening: Promise<boolean> | null = null;
    /** What was known stays until what is new is open, or where it cannot be opened: the next question tries again. */
    const renew = async (): Promise<boolean> => {
      try {
        library = await openLibrary({ ...parts, isAtWork: true });
        return true;
      } catch (error) {
        options.tell(`新しい資料を開けません: ${error instanceof AppError ? error.toLine() : String(error)}`);
        return false;
      } finally {
        opening = null;
      }
    };
    /** Another process may have ingested or imported since: that must be found without a restart. */
    const current = async (): Promise<Library> => {
      // What was being opened may be older than what was stored meanwhile.
      while ((await store.knowledgeStamp()) !== library.stamp) {
        opening ??= renew();
        if (!(await opening)) break;
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
  const hasDocuments = (await store.documents.list()).length > 0;
  const opened = hasDocuments ? await openIngested(parts) : await openDelivered(parts);
  // Read once: a library is opened anew when documents or reported figures change, and years of them are many.
  const knowledge = knowledgeInMemory(opened.knowledge);
  const actuals = await store.figures.reportedActuals();
  const tokenizer = await parts.tokenizer;
  const passages = openPassageSearch(opened.index, tokenizer, catalogue.synonyms);
  const ask = createAsk({
    catalogue,
    knowledge,
    passages,
    tokenizer,
    actuals: async () => actuals,
    // A promise may be ticked off at any time.
    decisions: () => store.outbox.decisions(),
    reports: async (today, period) => {
      const decisions = await store.outbox.decisions();
      const known = { knowledge, actuals, owners: [], decisions, catalogue };
      return branchReports(await readSituation({ ...known, today: isoDay(today) }), period);
    },
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
    const passages = [...(await store.documents.passages()), ...(await delivered.passages())];
    return {
      knowledge: withFacts(store, delivered),
      index: await openDeliveredPassages({ ...parts, passages }),
    };
  }
  return { knowledge: withFacts(store, openFacts()), index: await openStorePassages(parts) };
}

async function openDelivered(parts: LibraryParts): Promise<{ knowledge: Knowledge; index: PassageIndex }> {
  const delivered = await openBuiltIn(parts.catalogue);
  const knowledge = withReported(delivered, parts.store.figures);
  const index = await openDeliveredPassages({ ...parts, passages: await delivered.passages() });
  return { knowledge, index };
}

/** Any day will do: the answers are thrown away. */
const DAY: Day = { year: 2025, month: 7, day: 31 };

const FIGURES = ['予算', '遅れているKPI', '件数'];
/** The first of them has every synonym read, which takes half a second in one piece. */
const TEXTS = ['取組', '今後の予定'];

/**
 * Asks one question of each kind, so that the grammar is built, the store is read and the code has run before
 * somebody waits for it; whoever asks meanwhile waits for one of these at most. Texts come after `pause`: the first
 * page, and the first figure asked there, do not wait for them. The type-ahead is left out: its first letter waits
 * less than the first page would for it. A fault is left to the question that meets it again.
 */
export async function warmUp(
  { ask, catalogue }: { ask: Ask; catalogue: Catalogue },
  pause: () => Promise<unknown> = breathe,
): Promise<void> {
  const branch = formatBranch(catalogue.branches[0]?.name ?? HEAD_OFFICE);
  const topics = async (names: readonly string[]) => {
    for (const name of names) {
      await breathe();
      await ask({ text: `${branch}の${name}は？`, context: null, today: DAY }).catch(() => undefined);
    }
  };
  await topics([catalogue.indicators[0]?.name ?? '', ...FIGURES]);
  await pause();
  await topics(TEXTS);
}
