/** A question that is being answered: by one process, and not forgotten when that one dies. */
export interface OpenRequest {
  /** The same however often Slack delivers it. */
  key: string;
  /** What it takes to answer it later; null for what is not taken up again. */
  body: string | null;
}

/**
 * `new`: nobody took it before. `left`: whoever took it has neither finished nor renewed it within 45 seconds, so that
 * an answer may stand already. `held`: it is answered, or somebody is at work on it.
 */
export type Claim = 'new' | 'left' | 'held';

export interface RequestBook {
  /** Whether the caller may answer. The body is kept until it has. */
  claimRequest(request: OpenRequest, now: Date): Promise<Claim>;
  /** It is answered: its body goes. */
  finishRequest(key: string, now: Date): Promise<void>;
  /** Still at work on them. */
  renewRequests(keys: readonly string[], now: Date): Promise<void>;
  /**
   * Those with a body whose time has run out within the last day, oldest first. One that was taken ten times is left:
   * it may be what ends the process.
   */
  abandonedRequests(now: Date): Promise<{ key: string; body: string }[]>;
}
