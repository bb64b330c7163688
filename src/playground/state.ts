import type { ApiCall, InjectedFault } from './api-call.ts';
import type { EventRecord } from './event-record.ts';
import type { Drafts } from './held.ts';
import type { Manifest } from './manifest.ts';
import type { Message, View } from './message.ts';
import type { Offers } from './offers.ts';
import type { StoredFile, Upload } from './stored-file.ts';
import { type Channel, createWorkspace, directMessageId, type User, type Workspace } from './workspace.ts';

/** What a click lets the app do for a short while. */
export interface Trigger {
  user: string;
  /** The modal that was acted in; null for a message, a command, a shortcut. Only in one can another be pushed. */
  viewId: string | null;
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

export interface AgentStatus {
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
  readonly offers: Offers;
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
export function statusOf(state: State, key: string): string | null {
  const status = state.statuses.get(key);
  const isFresh = status && state.now().getTime() - status.at.getTime() <= STATUS_MS;
  return isFresh ? status.text : null;
}
