import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { ReportService } from '../../figure-entry/report-service.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { FiscalYear } from '../../model/fiscal-year.ts';
import type { Standing } from '../../model/standing.ts';
import type { Suggest } from '../../model/suggest.ts';
import type { Converse } from '../conversation.ts';
import type { Download, DrawPicture, SharePicture } from '../delivery/files.ts';
import type { KeyedQueue } from '../delivery/keyed-queue.ts';
import type { Poster } from '../delivery/poster.ts';
import type { Meter, ReminderControls, SlackStore } from '../ports.ts';
import type { QuestionDefaults } from '../question-defaults.ts';
import type { Identity } from '../transport/web-clients.ts';

/** Slack, what is kept, and the log: what any listener may need. */
export interface BaseParts {
  web: WebClient;
  identity: () => Identity;
  poster: Poster;
  store: SlackStore;
  catalogue: Catalogue;
  questionDefaults: QuestionDefaults;
  now: () => Date;
  log: Logger;
}

/** For questions, and for what people do with answers. */
export interface AnswerParts extends BaseParts {
  converse: Converse;
  inThread: KeyedQueue;
  drawPicture: DrawPicture;
  sharePicture: SharePicture;
  meter: Meter;
}

/** For how a branch stands: summaries and menus. */
export interface StandingParts extends BaseParts {
  /** Where the KPIs of a branch's year stand, in document order; empty where no document has that year. */
  standings: (branch: string, fy: FiscalYear) => Promise<Standing[]>;
  suggest: Suggest;
}

/** For the Home tab, and for reminders, which show there. */
export interface HomeParts extends StandingParts {
  /** Null where nothing is delivered that could be followed up. */
  reminders: ReminderControls | null;
}

/** For figures that staff report, in a form or a table. */
export interface ReportParts extends HomeParts {
  /** Null where figures cannot be reported. */
  reporting: ReportService | null;
  download: Download;
}

/** Of all listeners together. */
export interface ListenerParts extends AnswerParts, ReportParts {}
