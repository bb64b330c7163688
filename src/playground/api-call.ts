/** One Web API call as it arrived, with what was answered. */
export interface ApiCall {
  method: string;
  /** Arguments after decoding; the token is left out. */
  args: Record<string, unknown>;
  at: Date;
  /** HTTP status; 0 where the reply was dropped. */
  status: number;
  /** `ok` or Slack's error code; null while it has not been answered. */
  outcome: string | null;
  response: Record<string, unknown> | null;
}

/**
 * `rate_limit`: 429 with Retry-After; `server_error`: 503; `drop_response`: the call takes effect and the
 * connection is cut without a reply; `slow`: answered after `delayMs`; `error`: Slack's `code`, no effect.
 */
export type InjectedFault = { method: string; times: number } & (
  | { kind: 'rate_limit'; retryAfterSeconds?: number }
  | { kind: 'server_error' }
  | { kind: 'drop_response' }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'error'; code: string }
);
