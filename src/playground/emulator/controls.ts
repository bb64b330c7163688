import { AppError } from '../../model/errors.ts';
import { type ControlValue, findUser, type Option, type SentBlock, type State, type View } from './state.ts';

/** The field in which Slack reports what a control of that type holds. */
const HELD_IN: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  overflow: 'selected_option',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  users_select: 'selected_user',
  datepicker: 'selected_date',
  plain_text_input: 'value',
};

const BUTTONS = new Set(['button', 'icon_button', 'feedback_buttons']);

/** `selected_option`, `value` …; undefined for buttons and whatever else holds nothing. */
function valueKeyOf(type: string): string | undefined {
  return HELD_IN[type];
}

/** Several things are held, as a list. */
function holdsMany(type: string): boolean {
  return type === 'checkboxes' || type.startsWith('multi_');
}

/** What it holds is part of `state.values`: an overflow menu acts and keeps nothing. */
function isStateful(type: string): boolean {
  return type in HELD_IN && type !== 'overflow';
}

export function isButton(type: string): boolean {
  return BUTTONS.has(type);
}

export type StateValues = Record<string, Record<string, Record<string, unknown>>>;

/** A view in the shape of Slack's own JSON, with what its controls hold. */
export function toSlackView(state: State, view: View, values: StateValues = {}): Record<string, unknown> {
  const { bot, team } = state.workspace;
  const { external_id = '', callback_id = '', private_metadata = '', ...payload } = view.payload;
  return {
    ...payload,
    id: view.id,
    team_id: team.id,
    app_id: bot.appId,
    bot_id: bot.botId,
    external_id,
    callback_id,
    private_metadata,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    state: { values },
  };
}

export type SlackControl = { type: string; action_id?: string } & Record<string, unknown>;

/** The controls of a block: an input's element, an accessory, the elements of actions. */
export function controlsOf(block: SentBlock): SlackControl[] {
  const listed = Array.isArray(block.elements) ? block.elements : [];
  return [...listed, block.accessory, block.element].filter(
    (element): element is SlackControl =>
      typeof element === 'object' &&
      element !== null &&
      typeof (element as SlackControl).action_id === 'string',
  );
}

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** What a person puts into a control. Slack's own pickers offer nothing else, so anything else is wrong_use. */
function controlValue(
  state: State,
  control: SlackControl,
  given: string | string[] | null,
  offered: Option[],
): ControlValue {
  const field = valueKeyOf(control.type) ?? 'value';
  const values = given === null ? [] : Array.isArray(given) ? given : [given];
  if (holdsMany(control.type)) {
    const most = control.max_selected_items;
    if (typeof most === 'number' && values.length > most)
      throw wrong(control, `選べるのは${most}件までです`, values.join(', '));
    return { [field]: values.map((value) => taken(state, control, value, offered)) };
  }
  const [only] = values;
  return { [field]: only === undefined ? null : taken(state, control, only, offered) };
}

/** The control's first content, as the view states it. */
function initialValue(control: SlackControl): ControlValue {
  const field = valueKeyOf(control.type) ?? 'value';
  const initial = control[field.replace(/^selected_/, 'initial_')] ?? control.initial_value;
  return { [field]: initial ?? (holdsMany(control.type) ? [] : null) };
}

function taken(state: State, control: SlackControl, value: string, offered: Option[]): unknown {
  switch (control.type.replace(/^multi_/, '')) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'checkboxes':
    case 'overflow':
      return findOption(control, value, offered);
    case 'users_select':
      if (findUser(state, value) || value === state.workspace.bot.userId) return value;
      throw wrong(control, 'その人はいません', value);
    case 'datepicker':
      if (DATE.test(value)) return value;
      throw wrong(control, '日付ではありません', value);
    default:
      return value === '' ? null : value;
  }
}

function initialOptions(control: SlackControl): Option[] {
  return [control.initial_option, control.initial_options].flat().filter(Boolean) as Option[];
}

function findOption(control: SlackControl, value: string, offered: Option[]): Option {
  const own = Array.isArray(control.options) ? (control.options as Option[]) : [];
  const known = [...own, ...offered, ...initialOptions(control)];
  const option = known.find((one) => one.value === value);
  if (option) return { text: option.text, value: option.value };
  throw wrong(control, '選択肢がありません', value);
}

function wrong(control: SlackControl, problem: string, text: string): AppError {
  return new AppError('wrong_use', { message: `${problem}（${control.action_id}）`, text });
}

export interface PlacedControl {
  block: SentBlock;
  control: SlackControl;
}

/** Where a person's draft is kept: a view by its id, a message by channel, ts and who fills it in. */
type DraftPlace = string;

function placedControls(blocks: SentBlock[]): PlacedControl[] {
  return blocks.flatMap((block) => controlsOf(block).map((control) => ({ block, control })));
}

/** `action`, or `block:action` where an action id stands in several blocks. */
export function findControl(blocks: SentBlock[], name: string): PlacedControl {
  const fits = ({ block, control }: PlacedControl): boolean =>
    control.action_id === name || `${block.block_id}:${control.action_id}` === name;
  const [only, ...others] = placedControls(blocks).filter(fits);
  if (only && others.length === 0) return only;
  throw new AppError('wrong_use', {
    message: only ? '同じ操作がいくつもあります' : '操作がありません',
    text: name,
  });
}

/** Under which the offers of an external select are kept. */
export function offersKey(place: DraftPlace, { block, control }: PlacedControl): string {
  return `${place} ${block.block_id}:${control.action_id}`;
}

/** Puts a value into a control, where it stays until the view goes or is updated with other ids. */
export function fillIn(
  state: State,
  place: DraftPlace,
  { block, control }: PlacedControl,
  given: string | string[] | null,
): ControlValue {
  const offered = state.offers.get(offersKey(place, { block, control })) ?? [];
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
  for (const { block, control } of placedControls(blocks)) {
    const { action_id = '', type } = control;
    if (!isStateful(type)) continue;
    const blockId = block.block_id ?? '';
    const held = draft?.get(`${blockId}:${action_id}`) ?? initialValue(control);
    values[blockId] = { ...values[blockId], [action_id]: { type, ...held } };
  }
  return values;
}
