import type { Ask } from '../model/ask.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Knowledge, PassageSearch } from '../model/knowledge.ts';
import type { Suggest } from '../model/suggest.ts';
import type { SlackAppDeps } from '../slack/app.ts';
import type { Standings } from '../store/standings.ts';
import type { Store } from '../store/store.ts';
import type { ReminderWiring } from './start-reminders.ts';

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

/** What the Slack app is made of, wherever it runs. */
export type AppParts = Omit<SlackAppDeps, 'config' | 'store' | 'reminders'> & {
  store: Store;
  reminders: ReminderWiring;
};

/** How to end what was started, in the order of starting. */
export type Closing = (() => Promise<void>)[];
