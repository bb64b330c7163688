import { z } from 'zod';
import { checkView } from './blocks/check-view.ts';
import type { View } from './message.ts';
import type { Acknowledgement } from './person-actions.ts';
import type { State } from './state.ts';
import { dropViews, isTaken, modalsOf, pushView, STACK, showView } from './view-stack.ts';

/** The four answers that Slack knows; an empty one closes the view. */
const ResponseAction = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('clear') }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
]);

/** Lets the app's answer to a submission take effect. What Slack would not take leaves the view as it is. */
export function followSubmission(state: State, sent: View, answer: Acknowledgement): Acknowledgement {
  // The app may have updated the view while it worked.
  const view = state.views.find((one) => one.id === sent.id);
  if (!view) return answer;
  if (answer.payload === null) {
    dropViews(state, [view]);
    return answer;
  }
  const refused = (reason: string): Acknowledgement => ({ ...answer, acknowledged: false, reason });
  const parsed = ResponseAction.safeParse(answer.payload);
  if (!parsed.success) return refused('invalid_response_action');
  const action = parsed.data;
  if (action.response_action === 'errors') {
    const unknown = unknownFields(view, Object.keys(action.errors));
    if (unknown.length > 0) return refused(`invalid_errors: ${unknown.join(', ')}`);
    return { ...answer, fieldErrors: action.errors };
  }
  if (action.response_action === 'clear') {
    dropViews(state, modalsOf(state, view.user));
    return answer;
  }
  const verdict = checkView(action.view, 'modal');
  if (!verdict.ok) return refused(`${verdict.error}: ${verdict.errors.join(', ')}`);
  const isUpdate = action.response_action === 'update';
  if (isTaken(state, verdict.payload.external_id, isUpdate ? view.id : undefined))
    return refused('duplicate_external_id');
  if (isUpdate) showView(state, { ...view, payload: verdict.payload });
  else if (modalsOf(state, view.user).length >= STACK) return refused('push_limit_reached');
  else pushView(state, view, verdict.payload);
  return answer;
}

/** Errors stand under inputs: a block that is no input of the view can carry none. */
function unknownFields(view: View, blockIds: string[]): string[] {
  const inputs = view.payload.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  return blockIds.length === 0 ? ['errors'] : blockIds.filter((id) => !inputs.includes(id));
}
