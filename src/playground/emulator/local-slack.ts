import { APP_TOKEN, BOT_TOKEN } from './api/web-api.ts';
import { createEffects, createEventDelivery } from './events.ts';
import {
  type Acknowledgement,
  actor,
  type Control,
  createInteractions,
  interact,
  type PersonPosted,
  runShortcut,
  type ShortcutUse,
} from './interactions.ts';
import { checkSubscriptions, type Manifest } from './manifest.ts';
import {
  deleteAsPerson,
  editAsPerson,
  type FileInput,
  openHomeAsPerson,
  type PersonMessage,
  postAsPerson,
  reactAsPerson,
  runCommandAsPerson,
  shareAsPerson,
} from './people.ts';
import { createRateLimits } from './rate-limits.ts';
import { openSlackServer } from './slack-server.ts';
import {
  type AgentPane,
  type ApiCall,
  agentStatusText,
  createState,
  type EventRecord,
  type InjectedFault,
  type Message,
  type State,
  type StoredFile,
  tellChange,
  type View,
} from './state.ts';
import {
  createHttpTransport,
  createSocketTransport,
  type DisconnectReason,
  verifyAddress,
} from './transports.ts';
import { closeView, modalsOf, submitView } from './views.ts';
import { directMessageId, type Workspace } from './workspace.ts';

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
  /** Answers 429 past Slack's limits. Off unless set: tests call faster than people. */
  rateLimits?: boolean;
}

/**
 * A Slack workspace in this process. The real Bolt app connects to it by
 * `clientOptions: { slackApiUrl: slack.apiUrl }`, with `slack.botToken` and `slack.appToken`.
 * People act through the methods below; each resolves when the app has acknowledged (or could not).
 */
export interface LocalSlack extends Waits {
  /** http://127.0.0.1:PORT/api/ */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: Workspace;
  readonly manifest: Manifest;

  /** A person writes, in a thread perhaps for the channel too (`broadcast`). `channel` is an id; write `<@${workspace.bot.userId}>` to mention the bot. */
  postMessage(input: PersonMessage): Promise<PersonPosted>;
  /** A person shares a file in a channel or a direct message; its kind is told by the end of its name. */
  shareFile(input: FileInput): Promise<PersonPosted>;
  /** A file that a person or the bot shared; null where there is none (any more). */
  file(id: string): StoredFile | null;
  editMessage(input: { message: Message; text: string }): Promise<EventRecord[]>;
  deleteMessage(input: { message: Message }): Promise<EventRecord[]>;
  /** A person's emoji on a message, by its name without colons: `x` is ❌. `remove` takes it back. */
  react(input: { message: Message; user: string; name: string; remove?: boolean }): Promise<EventRecord[]>;
  /** Opens the App Home (`home`) or the agent pane (`messages`), that one beside the channel `viewing`. */
  openHome(input: { user: string; tab?: 'home' | 'messages'; viewing?: string }): Promise<EventRecord[]>;
  /** A shortcut of the manifest, on a message or global. Throws for one that the manifest lacks. */
  runShortcut(input: ShortcutUse): Promise<Acknowledgement>;
  /** A text in the acknowledgement appears as an ephemeral message. Throws for a command that the manifest lacks. */
  runCommand(input: {
    command: string;
    text: string;
    channel: string;
    user: string;
  }): Promise<Acknowledgement>;
  /** Also feedback buttons, whose `value` says which of the two. */
  clickButton(input: Control & { value?: string }): Promise<Acknowledgement>;
  /**
   * For selects, radio buttons, checkboxes, overflow menus: the option's value; for pickers and text fields what is
   * put in, null to empty them. In an input without `dispatch_action` the app learns of it when the form is sent.
   */
  selectOption(input: Control & { value: string | string[] | null }): Promise<Acknowledgement>;
  /** What an external select offers for what was typed; asked from `min_query_length` letters on, 3 unless set. */
  loadOptions(input: Control & { query: string }): Promise<Acknowledgement>;
  /**
   * `values` by action id, or `block:action` where it stands in several blocks; the acknowledgement's response_action
   * (errors, update, push) takes effect. Only the topmost view can be sent or closed.
   */
  submitView(input: {
    view: View;
    user: string;
    values?: Record<string, string | string[] | null>;
  }): Promise<Acknowledgement>;
  /** `all`: the × that closes every view of the stack. */
  closeView(input: { view: View; user: string; all?: boolean }): void;

  /** Oldest first; replies too. Ephemeral messages are not among them. */
  messages(channel: string): Message[];
  ephemerals(input: { channel?: string; user?: string }): Message[];
  /** Open modals, topmost last. */
  modals(user: string): View[];
  home(user: string): View | null;
  /** What the agent pane offers a user; null where the app set nothing. */
  agentPane(user: string): AgentPane | null;
  /** What the app called a thread of its pane. */
  title(place: { channel: string; threadTs: string }): string | null;
  /** 「考えています…」 under a thread; null where the app set nothing, has answered, or was silent for two minutes. */
  status(place: { channel: string; threadTs: string }): string | null;

  /** The next `times` calls of `method` fail in this way. */
  injectFault(fault: InjectedFault): void;
  /** Sends an event again: same event id, with the retry's number and reason. */
  redeliver(event: EventRecord, options?: { reason?: string }): Promise<EventRecord>;
  /**
   * Closes every socket as Slack does when it recycles a host, or for another reason; after `link_disabled` none can be
   * opened. `abrupt`: without the close handshake.
   */
  disconnectSockets(options?: { abrupt?: boolean; reason?: DisconnectReason }): void;
  /** Sends text on the socket as it is: Slack's side of what is no envelope. */
  sendOnSocket(text: string): void;
  /** An event of Slack's own that no method above brings about, such as a huddle's or a link preview's. */
  sendEvent(event: EventRecord['event']): Promise<EventRecord>;
  /** An interaction as it is, such as a click on a button of an earlier version. */
  sendInteraction(user: string, payload: Record<string, unknown>): Promise<Acknowledgement>;
  /** HTTP mode: whether the address answers Slack's challenge, which it must before it can be saved. */
  verifyAddress(): Promise<boolean>;
  /** Resolves when a socket of the app is connected. */
  waitForConnection(): Promise<void>;
  /** Every Web API call so far, oldest first. */
  calls(): ApiCall[];
  events(): EventRecord[];
  /** Tells of every change (message, view, status, call, event); returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}

const SIGNING_SECRET = 'playground-signing-secret';
const ACKNOWLEDGE_WITHIN_MS = 3000;

/** Starts a workspace on the loopback address. Rejects a manifest whose events lack their scopes. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  checkSubscriptions(options.manifest);
  const { manifest, now, acknowledgeWithinMs = ACKNOWLEDGE_WITHIN_MS } = options;
  const signingSecret = options.signingSecret ?? SIGNING_SECRET;
  const state = createState(manifest, now);
  const limits = options.rateLimits ? createRateLimits(now) : null;
  const { appId } = state.workspace.bot;
  const sockets =
    options.mode === 'socket'
      ? createSocketTransport({ appId, nextId: state.nextId, acknowledgeWithinMs })
      : null;
  const http = { eventsUrl: options.eventsUrl ?? '', signingSecret, now, acknowledgeWithinMs };
  const transport = sockets ?? createHttpTransport(http);
  const delivery = createEventDelivery(state, transport);
  const effects = createEffects(state, (event) => {
    delivery.send(event).catch(() => undefined);
  });
  const server = await openSlackServer(options.port ?? 0, { state, effects, limits }, sockets);
  const origin = `http://127.0.0.1:${server.port}`;
  const context = { state, effects, limits, origin: () => origin };
  const interactions = createInteractions(context, transport);
  const settled = async <T>(action: Promise<T>): Promise<T> => {
    const result = await action;
    tellChange(state);
    return result;
  };

  return {
    apiUrl: `${origin}/api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret,
    workspace: state.workspace,
    manifest,

    postMessage: (input) => postAsPerson(state, delivery, input),
    shareFile: (input) => shareAsPerson(state, delivery, input),
    file: (id) => state.files.get(id) ?? null,
    editMessage: ({ message, text }) => editAsPerson(state, delivery, message, text),
    deleteMessage: ({ message }) => deleteAsPerson(state, delivery, message),
    react: (input) => reactAsPerson(state, delivery, input),
    openHome: ({ tab = 'home', ...input }) => openHomeAsPerson(state, delivery, { ...input, tab }),
    runShortcut: (input) => settled(runShortcut(context, transport, input)),
    runCommand: (input) => settled(runCommandAsPerson(context, transport, input)),
    clickButton: ({ value, ...control }) => settled(interactions.click(control as Control, value)),
    selectOption: ({ value, ...control }) => settled(interactions.select(control as Control, value)),
    loadOptions: ({ query, ...control }) => interactions.suggest(control as Control, query),
    submitView: (submission) => settled(submitView(context, transport, submission)),
    closeView(input) {
      closeView(state, input);
      tellChange(state);
    },

    messages: (channel) =>
      state.messages.filter((one) => one.channel === channel && one.ephemeralTo === null),
    ephemerals: ({ channel, user }) =>
      state.messages.filter(
        (one) =>
          one.ephemeralTo !== null &&
          (channel === undefined || one.channel === channel) &&
          (user === undefined || one.ephemeralTo === user),
      ),
    modals: (user) => modalsOf(state, user),
    home: (user) => state.views.find((view) => view.type === 'home' && view.user === user) ?? null,
    title: ({ channel, threadTs }) => state.titles.get(`${channel}:${threadTs}`) ?? null,
    agentPane: (user) => state.panes.get(directMessageId(user)) ?? null,
    status: ({ channel, threadTs }) => agentStatusText(state, `${channel}:${threadTs}`),
    ...createWaits(state),

    injectFault: (fault) => void state.faults.push({ ...fault }),
    redeliver: (event, { reason = 'http_timeout' } = {}) => delivery.redeliver(event, reason),
    disconnectSockets: ({ abrupt = false, reason = 'refresh_requested' } = {}) =>
      sockets?.disconnect({ abrupt, reason }),
    sendOnSocket: (text) => sockets?.send(text),
    sendEvent: (event) => delivery.send(event),
    sendInteraction: (user, payload) => interact(transport, { ...actor(state, user), ...payload }),
    verifyAddress: () => verifyAddress(http, state.nextId('challenge')),
    waitForConnection: () => transport.connected(),
    calls: () => [...state.calls],
    events: () => [...state.events],
    onChange(listener) {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    async stop() {
      delivery.stop();
      await transport.close();
      await server.close();
    },
  };
}

const PATIENCE_MS = 5000;

interface WaitOptions {
  /** 5,000 unless given. The promise is rejected, naming what was there, when it passes. */
  timeoutMs?: number;
}

export interface Waits {
  /** The first message that fits, there already or to come, also after an edit. */
  waitForMessage(fits: (message: Message) => boolean, options?: WaitOptions): Promise<Message>;
  waitForEphemeral(fits: (message: Message) => boolean, options?: WaitOptions): Promise<Message>;
  waitForView(fits: (view: View) => boolean, options?: WaitOptions): Promise<View>;
  waitForCall(fits: (call: ApiCall) => boolean, options?: WaitOptions): Promise<ApiCall>;
  /** Anything else that a change in the workspace brings about: a message that is gone, a status that ended. */
  waitUntil(holds: () => boolean, options?: WaitOptions): Promise<void>;
}

function createWaits(state: State): Waits {
  const inSight = (): string[] =>
    state.messages.map((one) => `${one.channel} ${one.user}: ${one.text.slice(0, 60)}`);
  const message = (isEphemeral: boolean, what: string): Waits['waitForMessage'] => {
    return (fits, wait) => {
      const look = () =>
        state.messages.find((one) => (one.ephemeralTo !== null) === isEphemeral && fits(one));
      return waitFor(state, look, what, inSight, wait?.timeoutMs);
    };
  };
  return {
    waitForMessage: message(false, 'message'),
    waitForEphemeral: message(true, 'ephemeral message'),
    waitForView(fits, wait) {
      const seen = () => state.views.map((view) => `${view.type} ${String(view.payload.callback_id ?? '')}`);
      return waitFor(state, () => state.views.find(fits), 'view', seen, wait?.timeoutMs);
    },
    waitForCall(fits, wait) {
      const look = () => state.calls.find((call) => call.outcome !== null && fits(call));
      const seen = () => state.calls.map((call) => `${call.method} ${call.outcome}`);
      return waitFor(state, look, 'call', seen, wait?.timeoutMs);
    },
    async waitUntil(holds, wait) {
      await waitFor(state, () => holds() || undefined, 'state', inSight, wait?.timeoutMs);
    },
  };
}

/** Looks now and after every change, until `look` finds something. `seen` names what was there, for the fault. */
function waitFor<T>(
  state: State,
  look: () => T | undefined,
  what: string,
  seen: () => string[],
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const listener = (): void => {
      const found = look();
      if (found === undefined) return;
      stop();
      resolve(found);
    };
    const timer = setTimeout(() => {
      stop();
      reject(
        new Error(`no such ${what} within ${timeoutMs} ms; there were: ${seen().join(' | ') || 'none'}`),
      );
    }, timeoutMs);
    const stop = (): void => {
      clearTimeout(timer);
      state.listeners.delete(listener);
    };
    state.listeners.add(listener);
    listener();
  });
}
