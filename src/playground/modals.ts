import type { MethodContext } from './api/method.ts';
import { modalsOf, showView } from './api/view-methods.ts';
import { checkView } from './blocks/check-view.ts';
import { emptyInputs, stateValues } from './control-value.ts';
import { actor, interact, issueTrigger, requireInteractivity } from './interactions.ts';
import type { View } from './message.ts';
import type { Acknowledgement } from './person-actions.ts';
import { toSlackView } from './slack-view.ts';
import type { State } from './state.ts';
import type { Transport } from './transport.ts';

export interface Submission {
  view: View;
  user: string;
  values?: Record<string, string | string[] | null>;
}

/** A person sends a modal off; what the app answers takes effect on the stack of modals. */
export async function submitView(
  { state }: MethodContext,
  transport: Transport,
  { view, user, values = {} }: Submission,
): Promise<Acknowledgement> {
  requireInteractivity(state);
  const held = stateValues(view.payload.blocks, state.offers, values);
  const empty = emptyInputs(view.payload.blocks, held);
  if (empty.length > 0)
    return { acknowledged: false, payload: null, reason: `required_input_empty: ${empty.join(', ')}` };
  const answer = await interact(transport, {
    type: 'view_submission',
    ...actor(state, user),
    trigger_id: issueTrigger(state, user),
    view: toSlackView(state, view, held),
    response_urls: [],
  });
  return answer.acknowledged ? follow(state, view, answer) : answer;
}

export async function closeView(
  { state }: MethodContext,
  transport: Transport,
  view: View,
  user: string,
): Promise<Acknowledgement> {
  drop(state, [view]);
  if (view.payload.notify_on_close !== true)
    return { acknowledged: true, payload: null, reason: 'not_notified' };
  return interact(transport, {
    type: 'view_closed',
    ...actor(state, user),
    view: toSlackView(state, view, stateValues(view.payload.blocks, state.offers)),
    is_cleared: false,
  });
}

function follow(state: State, view: View, answer: Acknowledgement): Acknowledgement {
  const action = answer.payload?.response_action;
  if (action === 'errors') return answer;
  if (action === 'clear') drop(state, modalsOf(state, view.user));
  else if (action === 'update' || action === 'push') {
    const verdict = checkView(answer.payload?.view, 'modal');
    if (!verdict.ok)
      return { ...answer, acknowledged: false, reason: `${verdict.error}: ${verdict.errors.join(', ')}` };
    const { payload } = verdict;
    if (action === 'update') showView(state, { ...view, payload });
    else
      showView(state, { type: 'modal', user: view.user, payload, previousId: view.id, rootId: view.rootId });
  } else drop(state, [view]);
  return answer;
}

function drop(state: State, views: View[]): void {
  const ids = new Set(views.map((view) => view.id));
  const kept = state.views.filter((view) => !ids.has(view.id));
  state.views.splice(0, state.views.length, ...kept);
}
