import type { Receiver } from '@slack/bolt';
import type { ProxySettings } from './web-clients.ts';

/** How events come from Slack. */
export interface SlackTransport {
  receiver: Receiver;
  /** Resolves when events can come, with the port that was taken; null where none is. */
  start(): Promise<number | null>;
  isConnected(): boolean;
  /** Why they cannot, where a person has to mend it: Slack's own code; else null. */
  problem(): string | null;
  stop(): Promise<void>;
}

export interface SlackAppConfig {
  botToken: string;
  /** Socket Mode where it is given. */
  appToken?: string | undefined;
  /** HTTP where there is no app token. */
  signingSecret?: string | undefined;
  /** For HTTP; 0 takes a free one. */
  port?: number | undefined;
  slackApiUrl?: string | undefined;
  /** Slack is reached directly where it is not given. */
  proxy?: ProxySettings | undefined;
}
