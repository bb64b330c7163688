import type { ApiCall, Fault } from './api-call.ts';
import type { EventRecord } from './event-record.ts';
import type { Manifest } from './manifest.ts';
import type { Message, View } from './message.ts';
import type { Workspace } from './workspace.ts';

export interface LocalSlackOptions {
  /** Port of the Web API and the socket; 0 takes a free one. */
  port?: number;
  /** The parsed manifest.yml: what it does not ask for is refused. */
  manifest: Manifest;
  now: () => Date;
  /** `http` delivers to `eventsUrl`, signed with `signingSecret`. */
  mode: 'socket' | 'http';
  eventsUrl?: string;
  signingSecret?: string;
  /** How long Slack waits for an acknowledgement; 3,000 ms unless a test needs less. */
  acknowledgeWithinMs?: number;
}

/** What came back for a command, a click or a submission. */
export interface Acknowledgement {
  /** False: nothing came within 3 s, or the app refused (`reason`). */
  acknowledged: boolean;
  /** What the app sent with its acknowledgement; null for an empty one. */
  payload: Record<string, unknown> | null;
  /** acknowledged, timeout, no_connection, http_401 … */
  reason: string;
}

export interface Posted {
  message: Message;
  /** One for each event that the manifest subscribes to: `message`, and `app_mention` where the bot is mentioned. */
  events: EventRecord[];
}

/** Where a control stands: in a message or in a view. `blockId` where an action id is not unique. */
export type Control = { user: string; actionId: string; blockId?: string } & (
  | { message: Message }
  | { view: View }
);

export interface WaitOptions {
  /** 5,000 unless given. The promise is rejected, naming what was there, when it passes. */
  timeoutMs?: number;
}

/**
 * A Slack workspace in this process. The real Bolt app connects to it by
 * `clientOptions: { slackApiUrl: slack.apiUrl }`, with `slack.botToken` and `slack.appToken`.
 * People act through the methods below; each resolves when the app has acknowledged (or could not).
 */
export interface LocalSlack {
  /** http://127.0.0.1:PORT/api/ */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: Workspace;

  /** A person writes. `channel` is an id; write `<@${workspace.bot.userId}>` to mention the bot. */
  postMessage(input: { channel: string; user: string; text: string; threadTs?: string }): Promise<Posted>;
  editMessage(input: { message: Message; text: string }): Promise<EventRecord[]>;
  deleteMessage(input: { message: Message }): Promise<EventRecord[]>;
  /** Opens the App Home (`home`) or the agent pane (`messages`). */
  openHome(input: { user: string; tab?: 'home' | 'messages' }): Promise<EventRecord[]>;
  /** A text in the acknowledgement appears as an ephemeral message. Throws for a command that the manifest lacks. */
  runCommand(input: {
    command: string;
    text: string;
    channel: string;
    user: string;
  }): Promise<Acknowledgement>;
  /** Also feedback buttons, whose `value` says which of the two. */
  clickButton(input: Control & { value?: string }): Promise<Acknowledgement>;
  /** For selects, radio buttons, checkboxes, overflow menus, date pickers: the option's value. */
  selectOption(input: Control & { value: string | string[] }): Promise<Acknowledgement>;
  /** What an external select offers for what was typed. */
  loadOptions(input: Control & { query: string }): Promise<Acknowledgement>;
  /** `values` by action id; the acknowledgement's response_action (errors, update, push, clear) takes effect. */
  submitView(input: {
    view: View;
    user: string;
    values?: Record<string, string | string[] | null>;
  }): Promise<Acknowledgement>;
  closeView(input: { view: View; user: string }): Promise<Acknowledgement>;

  /** Oldest first; replies too. Ephemeral messages are not among them. */
  messages(channel: string): Message[];
  ephemerals(input: { channel?: string; user?: string }): Message[];
  /** Open modals, topmost last. */
  modals(user: string): View[];
  home(user: string): View | null;
  /** The first message that fits, there already or to come, also after an edit. */
  waitForMessage(fits: (message: Message) => boolean, options?: WaitOptions): Promise<Message>;
  waitForEphemeral(fits: (message: Message) => boolean, options?: WaitOptions): Promise<Message>;
  waitForView(fits: (view: View) => boolean, options?: WaitOptions): Promise<View>;
  waitForCall(fits: (call: ApiCall) => boolean, options?: WaitOptions): Promise<ApiCall>;

  /** The next `times` calls of `method` fail in this way. */
  injectFault(fault: Fault): void;
  /** Sends an event again: same event id, with the retry's number and reason. */
  redeliver(event: EventRecord, options?: { reason?: string }): Promise<EventRecord>;
  /** Closes every socket as Slack does when it recycles a host. `abrupt`: without the close handshake. */
  disconnectSockets(options?: { abrupt?: boolean }): void;
  /** Resolves when a socket of the app is connected. */
  waitForConnection(options?: WaitOptions): Promise<void>;
  /** Every Web API call so far, oldest first. */
  calls(): ApiCall[];
  events(): EventRecord[];
  /** Tells of every change (message, view, status, call, event); returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}
