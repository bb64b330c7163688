import {
  type WebAPICallResult,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { slackErrorCode } from '../delivery/slack-errors.ts';
import type { Meter } from '../ports.ts';

/** Slack's client, whose failures are counted. */
export class MeteredClient extends WebClient {
  readonly #meter: Meter;

  constructor(token: string, options: WebClientOptions, meter: Meter) {
    super(token, options);
    this.#meter = meter;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    try {
      return await super.apiCall(method, options);
    } catch (error) {
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
