import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import { OptionGroups, PlainOptions } from './blocks/elements.ts';
import {
  fillIn,
  findControl,
  isButton,
  offersKey,
  type PlacedControl,
  type SlackControl,
  stateValues,
  toSlackView,
} from './controls.ts';
import { toSlackMessage } from './messages.ts';
import {
  type EventRecord,
  findChannel,
  findUser,
  type Message,
  type Option,
  type ResponseUrl,
  type State,
  type View,
} from './state.ts';
import type { EventTransport } from './transports.ts';
import { teamOf } from './workspace.ts';

/** What came back for a command, a click or a submission. */
export interface Acknowledgement {
  /** False: nothing came within 3 s, or the answer was refused (`reason`). */
  acknowledged: boolean;
  /** What the app sent with its acknowledgement; null for an empty one. */
  payload: Record<string, unknown> | null;
  /**
   * acknowledged, timeout, no_connection, http_401; not_dispatched, query_too_short where Slack tells the app nothing; required_input_empty, invalid_input where its client keeps a form back; invalid_… where it
   * does not take the app's answer.
   */
  reason: string;
  /** Sentences under the fields of a form, by block id: from Slack's client or from the app. */
  fieldErrors?: Record<string, string>;
}

export interface PersonPosted {
  message: Message;
  /** One for each event that the manifest subscribes to: `message`, and `app_mention` where the bot is mentioned. */
  events: EventRecord[];
}

/** Where a control stands: in a message or in a view. `blockId` where an action id is not unique. */
export type Control = { user: string; actionId: string; blockId?: string } & (
  | { message: Message }
  | { view: View }
);

/** Where what a person fills in is kept: a modal or Home is one person's, a message is filled in by each alone. */
function draftPlace(control: Control): string {
  return 'view' in control
    ? control.view.id
    : `${control.message.channel}:${control.message.ts}:${control.user}`;
}

/** Sends an interaction and waits for its acknowledgement. */
export async function interact(
  transport: EventTransport,
  payload: Record<string, unknown>,
): Promise<Acknowledgement> {
  const receipt = await transport.deliver({ kind: 'interactive', payload, retry: null });
  return {
    acknowledged: receipt.reason === 'acknowledged',
    payload: receipt.payload,
    reason: receipt.reason,
  };
}

export function requireInteractivity(state: State): void {
  if (!state.manifest.settings.interactivity.is_enabled)
    throw new AppError('wrong_use', { message: 'マニフェストで interactivity が有効になっていません' });
}

/** Who acted, and where: the part that every interaction has. */
export function actor(state: State, userId: string): Record<string, unknown> {
  const { team, bot } = state.workspace;
  const user = findUser(state, userId);
  return {
    user: { id: userId, username: user?.name, name: user?.name, team_id: teamOf(state.workspace, user) },
    api_app_id: bot.appId,
    token: 'unused',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function issueTrigger(state: State, user: string): string {
  const id = state.nextId('123.456.t');
  state.triggers.set(id, { user, at: state.now(), exchanged: false });
  return id;
}

export function issueResponseUrl(
  state: State,
  origin: string,
  url: Omit<ResponseUrl, 'at' | 'uses'>,
): string {
  const id = state.nextId('r');
  state.responseUrls.set(id, { ...url, at: state.now(), uses: 0 });
  return `${origin}/response/${id}`;
}

/** Slack tells no names of private channels and direct messages. */
function shownChannel(state: State, id: string): { id: string; name: string } {
  const channel = findChannel(state, id);
  const hidden = { private: 'privategroup', im: 'directmessage' };
  const name = !channel || channel.kind === 'public' ? channel?.name : hidden[channel.kind];
  return { id, name: name ?? '' };
}

/** Where the control stands. Slack sends no `message` for an ephemeral one. */
function controlPlace(state: State, control: Control): Record<string, unknown> {
  const values = 'view' in control ? control.view.payload.blocks : control.message.blocks;
  const held = stateValues(state, draftPlace(control), values);
  if ('view' in control) {
    const { view } = control;
    return { container: { type: 'view', view_id: view.id }, view: toSlackView(state, view, held) };
  }
  const { message } = control;
  const isEphemeral = message.ephemeralTo !== null;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    channel: shownChannel(state, message.channel),
    ...(isEphemeral ? {} : { message: toSlackMessage(state, message) }),
    state: { values: held },
  };
}

/** One of the two lists, each up to 100 long; an empty one means that nothing was found. */
const Answer = z.union([
  z.strictObject({ options: PlainOptions.max(100) }),
  z.strictObject({ option_groups: OptionGroups.max(100) }),
]);

/** What the app offers for a query, or why Slack would show nothing of it. */
function readSuggestions(payload: unknown): { options: Option[] } | { problem: string } {
  const parsed = Answer.safeParse(payload);
  if (!parsed.success) return { problem: explain(payload, parsed.error) };
  const groups =
    'option_groups' in parsed.data ? parsed.data.option_groups : [{ options: parsed.data.options }];
  return { options: groups.flatMap((group) => group.options) };
}

function explain(payload: unknown, error: z.ZodError): string {
  if (typeof payload !== 'object' || payload === null) return 'options か option_groups がありません';
  const [branch] = error.issues;
  const issues = branch?.code === 'invalid_union' ? branch.errors : [];
  const which = 'option_groups' in payload ? issues[1] : issues[0];
  const first = which?.[0];
  return first ? `${first.path.map(String).join('/')}: ${first.message}` : error.message;
}

export interface ShortcutUse {
  callbackId: string;
  user: string;
  /** The message whose menu it is taken from; none for a global shortcut. */
  message?: Message;
}

/** A person takes a shortcut of the manifest, from a message's menu or from anywhere. */
export async function runShortcut(
  { state, origin }: MethodContext,
  transport: EventTransport,
  { callbackId, user, message }: ShortcutUse,
): Promise<Acknowledgement> {
  requireInteractivity(state);
  const type = message ? 'message' : 'global';
  const { shortcuts } = state.manifest.features;
  if (!shortcuts.some((one) => one.callback_id === callbackId && one.type === type))
    throw new AppError('wrong_use', { message: 'マニフェストにないショートカットです', text: callbackId });
  const { api_app_id: _app, ...who } = actor(state, user);
  const common = {
    ...who,
    callback_id: callbackId,
    trigger_id: issueTrigger(state, user),
    action_ts: state.nextTs(),
  };
  if (!message) return interact(transport, { type: 'shortcut', ...common });
  if (message.ephemeralTo !== null || !findChannel(state, message.channel)?.members.includes(user))
    throw new AppError('wrong_use', { message: 'そのメッセージにはショートカットがありません' });
  const { channel, ts } = message;
  return interact(transport, {
    type: 'message_action',
    ...common,
    channel: shownChannel(state, channel),
    message_ts: ts,
    message: toSlackMessage(state, message),
    response_url: issueResponseUrl(state, origin(), { channel, user, messageTs: null }),
  });
}

interface Interactions {
  click(control: Control, value: string | undefined): Promise<Acknowledgement>;
  select(control: Control, value: string | string[] | null): Promise<Acknowledgement>;
  suggest(control: Control, query: string): Promise<Acknowledgement>;
}

/** Letters that Slack waits for before it asks, where the menu does not say. */
const QUERY_LENGTH = 3;

/** What a person does with the controls of a message or a view. */
export function createInteractions(
  { state, origin }: MethodContext,
  transport: EventTransport,
): Interactions {
  function tell(control: Control, { block, control: found }: PlacedControl, held: Record<string, unknown>) {
    const { type, action_id } = found;
    const { block_id } = block;
    return interact(transport, {
      type: 'block_actions',
      ...actor(state, control.user),
      trigger_id: issueTrigger(state, control.user),
      ...controlPlace(state, control),
      ...answerAddress(state, control, origin()),
      actions: [{ type, action_id, block_id, ...held, action_ts: state.nextTs() }],
    });
  }

  return {
    async click(given, value) {
      const { control, spot } = locate(state, given);
      if (!isButton(spot.control.type))
        throw new AppError('wrong_use', { message: 'ボタンではありません', text: given.actionId });
      return tell(control, spot, pressed(spot.control, value, control.user));
    },
    async select(given, value) {
      const { control, spot } = locate(state, given);
      if (isButton(spot.control.type))
        throw new AppError('wrong_use', { message: '選べる操作ではありません', text: given.actionId });
      const held = fillIn(state, draftPlace(control), spot, value);
      const tells = spot.block.type !== 'input' || spot.block.dispatch_action === true;
      return tells
        ? tell(control, spot, held)
        : { acknowledged: true, payload: null, reason: 'not_dispatched' };
    },
    async suggest(given, query) {
      const { control, spot } = locate(state, given);
      const { type, action_id, min_query_length: least = QUERY_LENGTH } = spot.control;
      const { block_id } = spot.block;
      if (!type.endsWith('external_select'))
        throw new AppError('wrong_use', {
          message: '候補を読み込む選択肢ではありません',
          text: given.actionId,
        });
      if (query.length < Number(least))
        return { acknowledged: true, payload: null, reason: 'query_too_short' };
      const answer = await interact(transport, {
        type: 'block_suggestion',
        ...actor(state, control.user),
        ...controlPlace(state, control),
        action_id,
        block_id,
        value: query,
      });
      if (!answer.acknowledged) return answer;
      const read = readSuggestions(answer.payload);
      if ('problem' in read)
        return { ...answer, acknowledged: false, reason: `invalid_options: ${read.problem}` };
      const key = offersKey(draftPlace(control), spot);
      state.offers.set(key, [...(state.offers.get(key) ?? []), ...read.options]);
      return answer;
    },
  };
}

/** The control as it stands now: the app may have updated the view since the person last looked. */
function locate(state: State, given: Control): { control: Control; spot: PlacedControl } {
  requireInteractivity(state);
  const control = current(state, given);
  const blocks = 'view' in control ? control.view.payload.blocks : control.message.blocks;
  const { blockId, actionId } = given;
  return { control, spot: findControl(blocks, blockId === undefined ? actionId : `${blockId}:${actionId}`) };
}

function current(state: State, given: Control): Control {
  if ('view' in given) {
    const view = state.views.find((one) => one.id === given.view.id);
    if (view?.user === given.user) return { ...given, view };
    throw new AppError('wrong_use', { message: 'その画面はもうありません', text: given.actionId });
  }
  const { message, user } = given;
  const isInSight =
    state.messages.includes(message) &&
    (findChannel(state, message.channel)?.members.includes(user) ?? false) &&
    (message.ephemeralTo === null || message.ephemeralTo === user);
  if (isInSight) return given;
  throw new AppError('wrong_use', { message: 'そのメッセージは見えません', text: given.actionId });
}

/** A message's buttons come with an address to answer at; a view's do not. */
function answerAddress(state: State, control: Control, origin: string): Record<string, unknown> {
  if ('view' in control) return {};
  const { channel, ts } = control.message;
  return { response_url: issueResponseUrl(state, origin, { channel, user: control.user, messageTs: ts }) };
}

function pressed(control: SlackControl, value: string | undefined, user: string): Record<string, unknown> {
  if (control.type === 'feedback_buttons') {
    const buttons = [control.positive_button, control.negative_button] as { text: unknown; value: string }[];
    const button = buttons.find((one) => one.value === value);
    if (!button)
      throw new AppError('wrong_use', { message: '評価のボタンがありません', text: String(value) });
    return { text: button.text, value: button.value };
  }
  const { text, value: own, style, icon, confirm, visible_to_user_ids: seenBy } = control;
  if (Array.isArray(seenBy) && !seenBy.includes(user))
    throw new AppError('wrong_use', { message: 'そのボタンは見えません', text: user });
  const shown = { text, value: own, style, icon, confirm };
  return Object.fromEntries(Object.entries(shown).filter(([, one]) => one !== undefined));
}
