import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Catalogue } from '../../model/catalogue.ts';
import type { FiscalYear } from '../../model/fiscal-year.ts';
import type { Standing } from '../../model/standing.ts';
import type { Suggest } from '../../model/suggest.ts';
import type { Converse } from '../conversation.ts';
import type { Download } from '../delivery/file-download.ts';
import type { KeyedQueue } from '../delivery/keyed-queue.ts';
import type { Post, Poster } from '../delivery/poster.ts';
import type { DrawPicture, SharePicture } from '../picture.ts';
import type { Meter, SlackStore } from '../ports.ts';
import type { QuestionDefaults } from '../question-defaults.ts';
import type { ReminderDesk } from '../reminders/reminder-desk.ts';
import type { ReportDesk } from '../report-desk.ts';
import type { Identity } from '../transport/identity.ts';

/** What listeners work with. */
export interface ListenerParts {
  web: WebClient;
  /** Known once the app has started. */
  identity: () => Identity;
  converse: Converse;
  /** Where the KPIs of a branch's year stand, in document order; empty where no document has that year. */
  standings: (branch: string, fy: FiscalYear) => Promise<Standing[]>;
  catalogue: Catalogue;
  /** Branches and indicators for whoever is typing. */
  suggest: Suggest;
  questionDefaults: QuestionDefaults;
  post: Post;
  poster: Poster;
  /** Runs work between the turns of a thread. */
  inThread: KeyedQueue;
  store: SlackStore;
  /** Null where nothing is delivered that could be followed up. */
  reminders: ReminderDesk | null;
  /** Null where figures cannot be reported. */
  reporting: ReportDesk | null;
  drawPicture: DrawPicture;
  sharePicture: SharePicture;
  /** Files that people shared with the bot. */
  download: Download;
  meter: Meter;
  now: () => Date;
  log: Logger;
}
