/** A question that is being answered: by one process, and not forgotten when that one dies. */
export interface OpenRequest {
  /** The same however often Slack delivers it. */
  key: string;
  /** What it takes to answer it later; null for what is not taken up again. */
  body: string | null;
}

export interface RequestBook {
  /**
   * True where the caller may answer: the request is new, or whoever took it has neither finished nor renewed it
   * within 45 seconds. The body is kept until then.
   */
  claimRequest(request: OpenRequest, now: Date): Promise<boolean>;
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
