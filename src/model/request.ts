/** A question that is being answered: by one process, and not forgotten when that one dies. */
interface OpenRequest {
  /** The same however often Slack delivers it. */
  key: string;
  /** What it takes to answer it later; null for what is not taken up again. */
  body: string | null;
}

/** A request that somebody is at work on. Whoever takes it next has a higher attempt: theirs is it then. */
export interface TakenRequest {
  key: string;
  /** How often it was taken: 1 for who takes it first. */
  attempt: number;
}

/** As whoever let it go had taken it. */
export interface AbandonedRequest extends TakenRequest {
  body: string;
}

export interface Requests {
  /**
   * Whether the caller may answer, and as which attempt. More than 1: whoever took it before has neither finished nor
   * renewed it within 45 seconds, so that an answer may stand already. Null: it is answered, or somebody is at work on
   * it. The body is kept until it is answered.
   */
  claim(request: OpenRequest, now: Date): Promise<number | null>;
  /** It is answered: its body goes. Nothing happens where somebody took it since. */
  finish(taken: TakenRequest, now: Date): Promise<void>;
  /** Still at work on them. Gives the keys of those that are still the caller's. */
  renew(taken: readonly TakenRequest[], now: Date): Promise<string[]>;
  /**
   * Those with a body whose time has run out within the last day, oldest first. One that was taken ten times is left:
   * it may be what ends the process.
   */
  abandoned(now: Date): Promise<AbandonedRequest[]>;
}
