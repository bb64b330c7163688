import type { Logger as BoltLogger } from '@slack/bolt';
import {
  type WebAPICallResult,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { slackErrorCode } from '../delivery/slack-errors.ts';
import type { Meter } from '../ports.ts';
import type { Network } from './network.ts';

/** The same token with different patience. */
export interface Clients {
  /** With the SDK's own retries. */
  web: WebClient;
  /** Neither tries again by itself nor waits out a 429: for what must not be done twice. */
  single: WebClient;
  /** The same, soon given up: behind it an acknowledgement waits, which Slack wants within three seconds. */
  quick: WebClient;
  /** Of all three. */
  watch: TokenWatch;
}

/** Of one attempt. Without it a call that gets no reply lasts for ever, and what waits behind it. */
const CALL_TIMEOUT_MS = 30_000;
const POST_TIMEOUT_MS = 10_000;
const QUICK_TIMEOUT_MS = 2_000;

export function createClients(parts: {
  botToken: string;
  slackApiUrl?: string | undefined;
  network: Network;
  logger: BoltLogger;
  meter: Meter;
}): Clients {
  const { botToken, slackApiUrl, network, logger, meter } = parts;
  const options = { logger, fetch: network.fetch, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) };
  const once = { ...options, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const watch: TokenWatch = { refusal: null };
  return {
    web: new MeteredClient(botToken, { ...options, timeout: CALL_TIMEOUT_MS }, meter, watch),
    single: new MeteredClient(botToken, { ...once, timeout: POST_TIMEOUT_MS }, meter, watch),
    quick: new MeteredClient(botToken, { ...once, timeout: QUICK_TIMEOUT_MS }, meter, watch),
    watch,
  };
}

/** Why Slack takes the token no more, by the last call; null while it takes it. */
export interface TokenWatch {
  refusal: string | null;
}

const DEAD = new Set(['token_revoked', 'account_inactive', 'invalid_auth', 'token_expired', 'not_authed']);

/** Slack's client, whose failures are counted. */
export class MeteredClient extends WebClient {
  readonly #meter: Meter;
  readonly #watch: TokenWatch;

  constructor(token: string, options: WebClientOptions, meter: Meter, watch: TokenWatch) {
    super(token, options);
    this.#meter = meter;
    this.#watch = watch;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    try {
      const result = await super.apiCall(method, options);
      this.#watch.refusal = null;
      return result;
    } catch (error) {
      const code = slackErrorCode(error);
      if (code !== undefined && DEAD.has(code)) this.#watch.refusal = code;
      this.#meter.slackFailed(codeOf(error));
      throw error;
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof WebAPIRateLimitedError) {
    return 'ratelimited';
  }
  return slackErrorCode(error) ?? 'no_answer';
}
