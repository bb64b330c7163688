import type { OutboxMessage } from '../model/outbox.ts';

/** Where a message goes: a channel's id or a user's, and the thread in it. */
export interface Destination {
  place: string;
  threadTs: string | null;
  mentions: readonly string[];
}

export type SendResult =
  | { kind: 'sent'; channel: string; ts: string }
  /** Slack asks to wait; nothing was posted. */
  | { kind: 'busy'; seconds: number }
  /** The channel or user is gone; nothing was posted. */
  | { kind: 'gone'; why: string }
  /** Slack refused for another reason; nothing was posted. */
  | { kind: 'refused'; why: string }
  /** The answer was lost: it may stand there or not. */
  | { kind: 'unclear'; why: string };

export type Found =
  | { kind: 'found'; channel: string; ts: string }
  | { kind: 'absent' }
  | { kind: 'unknown'; why: string };

/** How messages reach people. Never tries again by itself, never throws for what Slack may answer. */
export interface Sender {
  post(message: OutboxMessage, to: Destination): Promise<SendResult>;
  /** Whether a user has left the workspace; false where Slack does not say. */
  hasLeft(user: string): Promise<boolean>;
  /** Looks for the message's key in what stands there. */
  find(message: OutboxMessage, to: Destination): Promise<Found>;
  /** Shows the message as it is now, in its place, with the names of those who are in charge now. */
  edit(
    message: OutboxMessage,
    mentions: readonly string[],
  ): Promise<Exclude<SendResult, { kind: 'sent' }> | { kind: 'done' }>;
}
