import { AppError } from '../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import { controlValue, stateValues } from './control-value.ts';
import type { Block } from './message.ts';
import { type Option, offerKey } from './offers.ts';
import type { Acknowledgement, Control } from './person-actions.ts';
import { toSlackMessage } from './slack-message.ts';
import { controlsOf, toSlackView } from './slack-view.ts';
import { findChannel, findUser, type ResponseUrl, type State } from './state.ts';
import type { Transport } from './transport.ts';

export interface Interactions {
  click(control: Control, value: string | undefined): Promise<Acknowledgement>;
  select(control: Control, value: string | string[]): Promise<Acknowledgement>;
  suggest(control: Control, query: string): Promise<Acknowledgement>;
}

/** What a person does with the controls of a message or a view. */
export function createInteractions({ state, origin }: MethodContext, transport: Transport): Interactions {
  async function act(
    control: Control,
    held: (found: Found['control'], block: Block) => Record<string, unknown>,
  ) {
    requireInteractivity(state);
    const { block, control: found } = findControl(control);
    const { type, action_id } = found;
    const action = {
      type,
      action_id,
      block_id: block.block_id,
      ...held(found, block),
      action_ts: state.nextTs(),
    };
    return interact(transport, {
      type: 'block_actions',
      ...actor(state, control.user),
      trigger_id: issueTrigger(state, control.user),
      ...place(state, control, origin()),
      actions: [action],
    });
  }

  return {
    click: (control, value) => act(control, (found) => pressed(found, value)),
    select: (control, value) =>
      act(control, (found, block) =>
        controlValue(found, value, state.offers.get(offerKey(block.block_id, found.action_id)) ?? []),
      ),
    async suggest(control, query) {
      requireInteractivity(state);
      const { block, control: found } = findControl(control);
      const answer = await interact(transport, {
        type: 'block_suggestion',
        ...actor(state, control.user),
        ...place(state, control, origin()),
        action_id: found.action_id,
        block_id: block.block_id,
        value: query,
      });
      const key = offerKey(block.block_id, found.action_id);
      state.offers.set(key, [...(state.offers.get(key) ?? []), ...offeredIn(answer.payload)]);
      return answer;
    },
  };
}

function offeredIn(payload: Record<string, unknown> | null): Option[] {
  const groups = Array.isArray(payload?.option_groups) ? payload.option_groups : [];
  const lists: unknown[] = [payload?.options, ...groups.map((group: { options?: unknown }) => group.options)];
  return lists.flatMap((list) => (Array.isArray(list) ? (list as Option[]) : []));
}

/** Sends an interaction and waits for its acknowledgement. */
export async function interact(
  transport: Transport,
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

interface Found {
  block: Block;
  control: ReturnType<typeof controlsOf>[number];
}

function findControl(wanted: Control): Found {
  const blocks = 'message' in wanted ? wanted.message.blocks : wanted.view.payload.blocks;
  const found = blocks
    .filter((block) => wanted.blockId === undefined || block.block_id === wanted.blockId)
    .flatMap((block) => controlsOf(block).map((control) => ({ block, control })))
    .filter(({ control }) => control.action_id === wanted.actionId);
  const [only] = found;
  if (only && found.length === 1) return only;
  const problem = only ? '同じ操作がいくつもあります' : '操作がありません';
  throw new AppError('wrong_use', { message: problem, text: wanted.actionId });
}

function pressed(control: Found['control'], value: string | undefined): Record<string, unknown> {
  if (control.type !== 'feedback_buttons') {
    const { text, value: own, style, url } = control;
    return {
      text,
      ...(own === undefined ? {} : { value: own }),
      ...(style ? { style } : {}),
      ...(url ? { url } : {}),
    };
  }
  const buttons = [control.positive_button, control.negative_button] as { text: unknown; value: string }[];
  const button = buttons.find((one) => one.value === value);
  if (!button) throw new AppError('wrong_use', { message: '評価のボタンがありません', text: String(value) });
  return { text: button.text, value: button.value };
}

export function actor(state: State, userId: string): Record<string, unknown> {
  const { team, bot } = state.workspace;
  const user = findUser(state, userId);
  return {
    user: { id: userId, username: user?.name, name: user?.name, team_id: team.id },
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

/** Where the control stands. Slack sends no `message` for an ephemeral one. */
function place(state: State, control: Control, origin: string): Record<string, unknown> {
  if ('view' in control) {
    const { view } = control;
    const values = stateValues(view.payload.blocks, state.offers);
    return {
      container: { type: 'view', view_id: view.id },
      view: toSlackView(state, view, values),
    };
  }
  const { message } = control;
  const isEphemeral = message.ephemeralTo !== null;
  const name = findChannel(state, message.channel)?.name;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: message.channel, name: message.channel.startsWith('D') ? 'directmessage' : name },
    ...(isEphemeral ? {} : { message: toSlackMessage(state, message) }),
    state: { values: stateValues(message.blocks, state.offers) },
    response_url: issueResponseUrl(state, origin, {
      channel: message.channel,
      user: control.user,
      messageTs: message.ts,
    }),
  };
}
