import type { Receiver } from '@slack/bolt';

/** How events come from Slack. */
export interface SlackTransport {
  receiver: Receiver;
  /** Resolves when events can come, with the port that was taken; null where none is. */
  start(): Promise<number | null>;
  /** Whether events can come now. */
  isConnected(): boolean;
  /** Why they cannot, where a person has to mend it: Slack's own code; else null. */
  problem(): string | null;
  /** Takes no more events. */
  stop(): Promise<void>;
}
