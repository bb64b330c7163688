import type { ProxySettings } from './transport/network.ts';

export interface SlackAppConfig {
  botToken: string;
  /** Socket Mode where it is given. */
  appToken?: string | undefined;
  /** HTTP where there is no app token. */
  signingSecret?: string | undefined;
  /** For HTTP; 0 takes a free one. */
  port?: number | undefined;
  /** Slack's own where it is not given. */
  slackApiUrl?: string | undefined;
  /** Slack is reached directly where it is not given. */
  proxy?: ProxySettings | undefined;
}
