import {
  type WebAPICallResult,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { slackErrorCode } from '../delivery/slack-errors.ts';
import type { Meter } from '../ports.ts';

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
