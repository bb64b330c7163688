import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import { assignIds, checkView } from './blocks/check-blocks.ts';
import {
  controlsOf,
  fillIn,
  findControl,
  type SlackControl,
  type StateValues,
  stateValues,
  toSlackView,
} from './controls.ts';
import type { Acknowledgement } from './interactions.ts';
import { actor, interact, issueTrigger, requireInteractivity } from './interactions.ts';
import type { SentBlock, State, View } from './state.ts';
import type { EventTransport } from './transports.ts';

/** Slack keeps this many views of one modal. */
const STACK = 3;

/** Open modals of a person, topmost last. */
export function modalsOf(state: State, user: string): View[] {
  return state.views.filter((view) => view.type === 'modal' && view.user === user);
}

/** Puts a checked view into the state in place of the one with its id, or as a new one. */
export function showView(
  state: State,
  view: Omit<View, 'id' | 'hash' | 'rootId'> & { id?: string; rootId?: string },
): View {
  const id = view.id ?? state.nextId('V');
  const shown: View = {
    ...view,
    id,
    rootId: view.rootId ?? id,
    hash: state.nextTs(),
    payload: { ...view.payload, blocks: assignIds(view.payload.blocks, state.nextId) },
  };
  const index = state.views.findIndex((one) => one.id === id);
  if (index >= 0) state.views[index] = shown;
  else state.views.push(shown);
  return shown;
}

/** A view that lies on top of another. */
function pushView(state: State, top: View, payload: View['payload']): View {
  return showView(state, {
    type: 'modal',
    user: top.user,
    payload,
    previousId: top.id,
    rootId: top.rootId,
  });
}

/** Views go, and with them what was filled in there. */
export function dropViews(state: State, views: View[]): void {
  const ids = new Set(views.map((view) => view.id));
  const kept = state.views.filter((view) => !ids.has(view.id));
  state.views.splice(0, state.views.length, ...kept);
  for (const id of ids) state.drafts.delete(id);
}

/** Whether another view of the workspace has this external_id. */
export function isTaken(state: State, externalId: unknown, exceptId?: string): boolean {
  if (typeof externalId !== 'string' || externalId === '') return false;
  return state.views.some((view) => view.id !== exceptId && view.payload.external_id === externalId);
}

/** What keeps a person from sending a form, as Slack's own client tells them under the field. */
interface FieldProblem {
  blockId: string;
  label: string;
  /** required: nothing was put in; invalid: what was put in does not fit. */
  kind: 'required' | 'invalid';
  sentence: string;
}

const TEXT_LIMIT = 3000;

function fieldProblems(blocks: SentBlock[], values: StateValues): FieldProblem[] {
  return blocks
    .filter((block) => block.type === 'input')
    .flatMap((block): FieldProblem[] => {
      const [control] = controlsOf(block);
      if (!control) return [];
      const blockId = block.block_id ?? '';
      const held = heldIn(values[blockId]?.[control.action_id ?? '']);
      const label = (block.label as { text: string }).text;
      if (isEmpty(held)) {
        if (block.optional === true) return [];
        return [{ blockId, label, kind: 'required', sentence: 'この項目は入力が必要です。' }];
      }
      const sentence = wrongLength(control, held);
      return sentence === null ? [] : [{ blockId, label, kind: 'invalid', sentence }];
    });
}

function heldIn(entry: Record<string, unknown> | undefined): unknown {
  const { type: _type, ...content } = entry ?? {};
  return Object.values(content)[0];
}

function isEmpty(held: unknown): boolean {
  if (Array.isArray(held)) return held.length === 0;
  return held === null || held === undefined || (typeof held === 'string' && held.trim() === '');
}

/** Why a typed text does not fit its field; null where it does. Pickers offer nothing that does not fit. */
function wrongLength(control: SlackControl, text: unknown): string | null {
  if (control.type !== 'plain_text_input' || typeof text !== 'string') return null;
  const most = Number(control.max_length ?? TEXT_LIMIT);
  return text.length > most ? `${most}文字以内で入力してください。` : null;
}

/** The answers that planbot gives; an empty one closes the view. */
const ResponseAction = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
]);

/** Lets the app's answer to a submission take effect. What Slack would not take leaves the view as it is. */
function followSubmission(state: State, sent: View, answer: Acknowledgement): Acknowledgement {
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

interface SubmittedView {
  view: View;
  user: string;
  /** By action id, or `block:action` where an action id stands in several blocks. */
  values?: Record<string, string | string[] | null>;
}

/** A person sends a modal off; what the app answers takes effect on the stack of modals. */
export async function submitView(
  { state }: MethodContext,
  transport: EventTransport,
  { view: given, user, values = {} }: SubmittedView,
): Promise<Acknowledgement> {
  requireInteractivity(state);
  const view = topmost(state, given, user);
  const { blocks } = view.payload;
  if (view.payload.submit === undefined)
    throw new AppError('wrong_use', { message: 'この画面には送信ボタンがありません' });
  for (const [name, value] of Object.entries(values))
    fillIn(state, view.id, findControl(blocks, name), value);
  const held = stateValues(state, view.id, blocks);
  const problems = fieldProblems(blocks, held);
  if (problems.length > 0) return notSent(problems);
  const answer = await interact(transport, {
    type: 'view_submission',
    ...actor(state, user),
    trigger_id: issueTrigger(state, user),
    view: toSlackView(state, view, held),
    response_urls: [],
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

/** A person presses the close button (`all`: the × that closes the whole stack); the app hears nothing of it. */
export function closeView(
  state: State,
  { view: given, user, all = false }: { view: View; user: string; all?: boolean },
): void {
  const view = topmost(state, given, user);
  dropViews(state, all || view.payload.clear_on_close === true ? modalsOf(state, user) : [view]);
}

function topmost(state: State, given: View, user: string): View {
  const top = modalsOf(state, user).at(-1);
  if (top?.id === given.id) return top;
  throw new AppError('wrong_use', { message: 'その画面は開いていません', text: given.id });
}
