import type { Receiver } from '@slack/bolt';

/** How events come from Slack. */
export interface Transport {
  receiver: Receiver;
  /** Resolves when events can come, with the port that was taken; null where none is. */
  start(): Promise<number | null>;
  /** Whether events can come now. */
  isConnected(): boolean;
  /** Takes no more events. */
  stop(): Promise<void>;
}
