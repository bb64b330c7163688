import { AppError } from '../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import { isButton } from './control-field.ts';
import { draftPlace } from './draft-place.ts';
import { fillIn, findSpot, type Spot } from './drafts.ts';
import {
  actor,
  controlPlace,
  interact,
  issueResponseUrl,
  issueTrigger,
  requireInteractivity,
} from './interaction-payload.ts';
import { addOffers } from './offers.ts';
import type { Acknowledgement, Control } from './person-actions.ts';
import type { SlackControl } from './slack-view.ts';
import { findChannel, type State } from './state.ts';
import { readSuggestions } from './suggestions.ts';
import type { EventTransport } from './transport.ts';

export interface Interactions {
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
  function tell(control: Control, { block, control: found }: Spot, held: Record<string, unknown>) {
    const { type, action_id } = found;
    const { block_id } = block;
    const isModal = 'view' in control && control.view.type === 'modal';
    return interact(transport, {
      type: 'block_actions',
      ...actor(state, control.user),
      trigger_id: issueTrigger(state, control.user, isModal ? control.view.id : null),
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
      addOffers(state.offers, draftPlace(control), block_id, action_id, read.options);
      return answer;
    },
  };
}

/** The control as it stands now: the app may have updated the view since the person last looked. */
function locate(state: State, given: Control): { control: Control; spot: Spot } {
  requireInteractivity(state);
  const control = current(state, given);
  const blocks = 'view' in control ? control.view.payload.blocks : control.message.blocks;
  const { blockId, actionId } = given;
  return { control, spot: findSpot(blocks, blockId === undefined ? actionId : `${blockId}:${actionId}`) };
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
  const { text, value: own, style, url, icon, confirm, visible_to_user_ids: seenBy } = control;
  if (Array.isArray(seenBy) && !seenBy.includes(user))
    throw new AppError('wrong_use', { message: 'そのボタンは見えません', text: user });
  const shown = { text, value: own, style, url, icon, confirm };
  return Object.fromEntries(Object.entries(shown).filter(([, one]) => one !== undefined));
}
