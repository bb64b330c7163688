import { AppError } from '../model/errors.ts';
import { isStateful } from './control-field.ts';
import { controlValue, initialValue } from './control-value.ts';
import type { ControlValue } from './held.ts';
import type { SentBlock } from './message.ts';
import { type Option, offersFor } from './offers.ts';
import { controlsOf, type SlackControl, type StateValues } from './slack-view.ts';
import type { State } from './state.ts';

export interface Spot {
  block: SentBlock;
  control: SlackControl;
}

/** Where a person's draft is kept: a view by its id, a message by channel, ts and who fills it in. */
export type DraftPlace = string;

export function spotsOf(blocks: SentBlock[]): Spot[] {
  return blocks.flatMap((block) => controlsOf(block).map((control) => ({ block, control })));
}

/** `action`, or `block:action` where an action id stands in several blocks. */
export function findSpot(blocks: SentBlock[], name: string): Spot {
  const fits = ({ block, control }: Spot): boolean =>
    control.action_id === name || `${block.block_id}:${control.action_id}` === name;
  const [only, ...others] = spotsOf(blocks).filter(fits);
  if (only && others.length === 0) return only;
  throw new AppError('wrong_use', {
    message: only ? '同じ操作がいくつもあります' : '操作がありません',
    text: name,
  });
}

/** Puts a value into a control, where it stays until the view goes or is updated with other ids. */
export function fillIn(
  state: State,
  place: DraftPlace,
  { block, control }: Spot,
  given: string | string[] | null,
): ControlValue {
  const offered: Option[] = offersFor(state.offers, place, block.block_id, control.action_id);
  const held = controlValue(state, control, given, offered);
  if (isStateful(control.type)) {
    const draft = state.drafts.get(place) ?? new Map<string, ControlValue>();
    draft.set(`${block.block_id}:${control.action_id}`, held);
    state.drafts.set(place, draft);
  }
  return held;
}

/** `state.values` of a view or message: what was put in, else what it started with. */
export function stateValues(state: State, place: DraftPlace, blocks: SentBlock[]): StateValues {
  const draft = state.drafts.get(place);
  const values: StateValues = {};
  for (const { block, control } of spotsOf(blocks)) {
    const { action_id = '', type } = control;
    if (!isStateful(type)) continue;
    const blockId = block.block_id ?? '';
    const held = draft?.get(`${blockId}:${action_id}`) ?? initialValue(control);
    values[blockId] = { ...values[blockId], [action_id]: { type, ...held } };
  }
  return values;
}
