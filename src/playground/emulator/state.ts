import type { Manifest } from './manifest.ts';
import { type Channel, createWorkspace, directMessageId, type User, type Workspace } from './workspace.ts';

/** A control's content in Slack's shape: `{ selected_option: { text, value } }`, `{ value: '…' }`. */
export type ControlValue = Record<string, unknown>;

/** What people have put into controls and not yet sent, by place and then `block:action`. */
type Drafts = Map<string, Map<string, ControlValue>>;

/** One event and how its deliveries went. */
export interface EventRecord {
  /** Ev…: the same in every delivery, and never used again. */
  eventId: string;
  at: Date;
  /** message, app_mention, app_home_opened … */
  type: string;
  /** The event's own payload, in Slack's shape. */
  event: { type: string } & Record<string, unknown>;
  /** acknowledged, timeout, no_connection, http_401 … one for each delivery. */
  deliveries: string[];
}

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
  fileIds?: string[];
}

/** A modal or Home tab that the bot opened or published. */
export interface View {
  id: string;
  type: 'modal' | 'home';
  user: string;
  hash: string;
  /** Id of the first modal of its stack; its own id for Home. */
  rootId: string;
  previousId: string | null;
  /** The view as sent: title, blocks, submit, private_metadata, callback_id … */
  payload: { type: string; blocks: SentBlock[] } & Record<string, unknown>;
}

/** A file in the workspace, with its content. */
export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** Slack's name of the kind: pdf, csv, xlsx, png … */
  filetype: string;
  /** For a picture, to be read out. */
  altText: string | null;
  content: Uint8Array;
  user: string;
  created: Date;
  /** Where it was shared, and in which message. */
  shares: { channel: string; ts: string }[];
}

/** What an app announced that it will upload. */
interface Upload {
  file: Pick<StoredFile, 'id' | 'name' | 'user' | 'altText'>;
  length: number;
  done: boolean;
}

/** An option of a menu; its text is a text object of Slack's. */
export interface Option {
  text: unknown;
  value: string;
}

/** What a click lets the app do for a short while. */
interface Trigger {
  user: string;
  at: Date;
  exchanged: boolean;
}

/** A response_url: five answers within 30 minutes. */
export interface ResponseUrl {
  channel: string;
  user: string;
  /** The message that was clicked; null for a command. */
  messageTs: string | null;
  at: Date;
  uses: number;
}

export interface AgentPane {
  title: string | null;
  prompts: { title: string; message: string }[];
}

interface AgentStatus {
  text: string;
  /** Slack takes it away after two minutes without a message. */
  at: Date;
}

/** Everything that the workspace remembers. */
export interface State {
  readonly now: () => Date;
  readonly manifest: Manifest;
  readonly workspace: Workspace;
  readonly messages: Message[];
  readonly views: View[];
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** 「考えています…」 under a thread, by `channel:threadTs`. */
  readonly statuses: Map<string, AgentStatus>;
  /** What the app called a thread of its pane, by `channel:threadTs`. */
  readonly titles: Map<string, string>;
  /** What the agent pane shows, by direct message. */
  readonly panes: Map<string, AgentPane>;
  /** What the app offered in external selects so far, by place and control. Nothing else can be chosen there. */
  readonly offers: Map<string, Option[]>;
  readonly drafts: Drafts;
  readonly files: Map<string, StoredFile>;
  /** Uploads that were announced, by the last part of their address. */
  readonly uploads: Map<string, Upload>;
  /** Base of the addresses that are handed out; set when the server listens. */
  origin: () => string;
  readonly calls: ApiCall[];
  readonly events: EventRecord[];
  readonly faults: InjectedFault[];
  readonly listeners: Set<() => void>;
  readonly nextId: (prefix: string) => string;
  /** A ts that no other message has, never before an earlier one. */
  readonly nextTs: () => string;
}

export function createState(manifest: Manifest, now: () => Date): State {
  let ids = 0;
  // An app remembers event ids over restarts of both, so a later workspace must not use them again.
  const run = now().getTime().toString(36).toUpperCase();
  let lastMicros = 0;
  return {
    now,
    manifest,
    workspace: createWorkspace(manifest.features.bot_user.display_name),
    messages: [],
    views: [],
    triggers: new Map(),
    responseUrls: new Map(),
    statuses: new Map(),
    titles: new Map(),
    panes: new Map(),
    offers: new Map(),
    drafts: new Map(),
    files: new Map(),
    uploads: new Map(),
    origin: () => '',
    calls: [],
    events: [],
    faults: [],
    listeners: new Set(),
    nextId: (prefix) => {
      ids += 1;
      return `${prefix}${run}${String(ids).padStart(4, '0')}`;
    },
    nextTs: () => {
      lastMicros = Math.max(lastMicros + 100, now().getTime() * 1000);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
  };
}

export function tellChange(state: State): void {
  for (const listener of [...state.listeners]) listener();
}

export function findChannel(state: State, id: string): Channel | undefined {
  return state.workspace.channels.find((channel) => channel.id === id);
}

export function findUser(state: State, id: string): User | undefined {
  return state.workspace.users.find((user) => user.id === id);
}

export function findMessage(state: State, channel: string, ts: string): Message | undefined {
  return state.messages.find((message) => message.channel === channel && message.ts === ts);
}

/** A message that says nothing yet, in a channel or under a message there, which is a thread's parent from now on. */
export function newMessage(
  state: State,
  channel: string,
  user: string,
  parent: Message | null | undefined,
): Message {
  if (parent) parent.threadTs = parent.ts;
  return {
    channel,
    ts: state.nextTs(),
    user,
    text: '',
    blocks: [],
    threadTs: parent?.ts ?? null,
    metadata: null,
    editedTs: null,
    ephemeralTo: null,
    reactions: [],
  };
}

/** The place a message goes to: a channel's id, or a user's id for the direct message with them. */
export function resolveChannel(state: State, target: string): Channel | undefined {
  return (
    findChannel(state, target) ?? (findUser(state, target) && findChannel(state, directMessageId(target)))
  );
}

export function removeMessage(state: State, message: Message): void {
  const index = state.messages.indexOf(message);
  if (index >= 0) state.messages.splice(index, 1);
}

const STATUS_MS = 2 * 60 * 1000;

/** What the app is doing in a thread; null where it said nothing, or has been silent for two minutes since. */
export function agentStatusText(state: State, key: string): string | null {
  const status = state.statuses.get(key);
  const isFresh = status && state.now().getTime() - status.at.getTime() <= STATUS_MS;
  return isFresh ? status.text : null;
}
