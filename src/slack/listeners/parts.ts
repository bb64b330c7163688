import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Converse } from '../conversation.ts';
import type { Identity } from '../identity.ts';
import type { ConversationMemory } from '../ports.ts';
import type { Post } from '../poster.ts';
import type { ReminderDesk } from '../reminder-desk.ts';

/** What listeners work with. */
export interface ListenerParts {
  app: App;
  web: WebClient;
  /** Known once the app has started. */
  identity: () => Identity;
  converse: Converse;
  post: Post;
  memory: ConversationMemory;
  /** Null where nothing is delivered that could be followed up. */
  reminders: ReminderDesk | null;
  now: () => Date;
  log: Logger;
}
