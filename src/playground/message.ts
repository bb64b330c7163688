/** A block as it was sent. Its shape was checked when it arrived; `type` is always there. */
export type SentBlock = { type: string; block_id?: string } & Record<string, unknown>;

export interface MessageMetadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

/** A message as the local Slack keeps it. */
export interface Message {
  channel: string;
  /** Seconds and microseconds, unique in the workspace: 1763769600.000100. */
  ts: string;
  /** Who posted it; the bot's user id for the bot. */
  user: string;
  /** Text as sent, in Slack's mrkdwn. */
  text: string;
  blocks: SentBlock[];
  /** Parent's ts for a reply, and for a parent that has replies; null outside threads. */
  threadTs: string | null;
  metadata: MessageMetadata | null;
  /** Moment of the last edit as a ts; null where it was never edited. */
  editedTs: string | null;
  /** The one user who sees it; null for a message that all members see. */
  ephemeralTo: string | null;
  reactions: { name: string; users: string[] }[];
  /** What Slack leaves of a deleted message under which a thread stands. */
  isTombstone?: boolean;
  /** A reply that stands in the channel too. */
  isBroadcast?: boolean;
  /** Files that were shared with it. */
  fileIds?: string[];
}

/** A modal or Home tab that the bot opened or published. */
export interface View {
  id: string;
  type: 'modal' | 'home';
  /** Who sees it. */
  user: string;
  hash: string;
  /** Id of the first modal of its stack; its own id for Home. */
  rootId: string;
  previousId: string | null;
  /** The view as sent: title, blocks, submit, private_metadata, callback_id … */
  payload: { type: string; blocks: SentBlock[] } & Record<string, unknown>;
}
