import { AppError } from '../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import { fillIn, findSpot, spotsOf, stateValues } from './drafts.ts';
import { fieldProblems } from './form-check.ts';
import {
  actor,
  interact,
  issueResponseUrl,
  issueTrigger,
  requireInteractivity,
} from './interaction-payload.ts';
import type { View } from './message.ts';
import type { Acknowledgement } from './person-actions.ts';
import { type StateValues, toSlackView } from './slack-view.ts';
import type { State } from './state.ts';
import { followSubmission } from './submission-answer.ts';
import type { EventTransport } from './transport.ts';
import { dropViews, modalsOf } from './view-stack.ts';

export interface Submission {
  view: View;
  user: string;
  /** By action id, or `block:action` where an action id stands in several blocks. */
  values?: Record<string, string | string[] | null>;
}

/** A person sends a modal off; what the app answers takes effect on the stack of modals. */
export async function submitView(
  { state, origin }: MethodContext,
  transport: EventTransport,
  { view: given, user, values = {} }: Submission,
): Promise<Acknowledgement> {
  requireInteractivity(state);
  const view = topmost(state, given, user);
  const { blocks } = view.payload;
  if (view.payload.submit === undefined)
    throw new AppError('wrong_use', { message: 'この画面には送信ボタンがありません' });
  for (const [name, value] of Object.entries(values)) fillIn(state, view.id, findSpot(blocks, name), value);
  const held = stateValues(state, view.id, blocks);
  const problems = fieldProblems(blocks, held);
  if (problems.length > 0) return notSent(problems);
  const answer = await interact(transport, {
    type: 'view_submission',
    ...actor(state, user),
    trigger_id: issueTrigger(state, user, view.id),
    view: toSlackView(state, view, held),
    response_urls: responseUrls(state, origin(), view, user, held),
  });
  return answer.acknowledged ? followSubmission(state, view, answer) : answer;
}

/** A form that Slack's client keeps back: nothing reaches the app. */
function notSent(problems: ReturnType<typeof fieldProblems>): Acknowledgement {
  const [first] = problems;
  const alike = problems.filter((one) => one.kind === first?.kind);
  const code = first?.kind === 'required' ? 'required_input_empty' : 'invalid_input';
  return {
    acknowledged: false,
    payload: null,
    reason: `${code}: ${alike.map((one) => one.label).join(', ')}`,
    fieldErrors: Object.fromEntries(problems.map((one) => [one.blockId, one.sentence])),
  };
}

/** A person presses the close button (`all`: the × that closes the whole stack). */
export async function closeView(
  { state }: MethodContext,
  transport: EventTransport,
  { view: given, user, all = false }: { view: View; user: string; all?: boolean },
): Promise<Acknowledgement> {
  const view = topmost(state, given, user);
  const isCleared = all || view.payload.clear_on_close === true;
  const closed = isCleared ? modalsOf(state, user).reverse() : [view];
  const notices = closed
    .filter((one) => one.payload.notify_on_close === true)
    .map((one) => ({
      type: 'view_closed',
      ...actor(state, user),
      view: toSlackView(state, one, stateValues(state, one.id, one.payload.blocks)),
      is_cleared: isCleared,
    }));
  dropViews(state, closed);
  const answers = await Promise.all(notices.map((notice) => interact(transport, notice)));
  return (
    answers.find((one) => !one.acknowledged) ??
    answers[0] ?? { acknowledged: true, payload: null, reason: 'not_notified' }
  );
}

function topmost(state: State, given: View, user: string): View {
  const top = modalsOf(state, user).at(-1);
  if (top?.id === given.id) return top;
  throw new AppError('wrong_use', { message: 'その画面は開いていません', text: given.id });
}

/** Addresses for the conversations that were chosen in menus with `response_url_enabled`. */
function responseUrls(state: State, origin: string, view: View, user: string, values: StateValues) {
  return spotsOf(view.payload.blocks).flatMap(({ block: { block_id = '' }, control }) => {
    if (control.response_url_enabled !== true) return [];
    const { action_id = '' } = control;
    const held = values[block_id]?.[action_id];
    const channel = held?.selected_conversation ?? held?.selected_channel;
    if (typeof channel !== 'string') return [];
    const response_url = issueResponseUrl(state, origin, { channel, user, messageTs: null });
    return [{ block_id, action_id, channel_id: channel, response_url }];
  });
}
