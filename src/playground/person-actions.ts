import type { EventRecord } from './event-record.ts';
import type { Message, View } from './message.ts';

/** What came back for a command, a click or a submission. */
export interface Acknowledgement {
  /** False: nothing came within 3 s, or the answer was refused (`reason`). */
  acknowledged: boolean;
  /** What the app sent with its acknowledgement; null for an empty one. */
  payload: Record<string, unknown> | null;
  /**
   * acknowledged, timeout, no_connection, http_401; not_dispatched, not_notified, query_too_short where Slack tells
   * the app nothing; required_input_empty, invalid_input where its client keeps a form back; invalid_… where it
   * does not take the app's answer.
   */
  reason: string;
  /** Sentences under the fields of a form, by block id: from Slack's client or from the app. */
  fieldErrors?: Record<string, string>;
}

export interface PersonPosted {
  message: Message;
  /** One for each event that the manifest subscribes to: `message`, and `app_mention` where the bot is mentioned. */
  events: EventRecord[];
}

/** Where a control stands: in a message or in a view. `blockId` where an action id is not unique. */
export type Control = { user: string; actionId: string; blockId?: string } & (
  | { message: Message }
  | { view: View }
);
