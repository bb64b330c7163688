import { AppError } from '../model/errors.ts';
import type { Block } from './message.ts';
import { type Offers, type Option, offerKey } from './offers.ts';
import { controlsOf, type StateValues } from './slack-view.ts';

type Control = ReturnType<typeof controlsOf>[number];
/** The field in which Slack reports what a control of that type holds. */
const HELD_IN: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  overflow: 'selected_option',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
};

/** What a person put into a control, in Slack's shape: `{ selected_option: { text, value } }`, `{ value: '…' }`. */
export function controlValue(
  control: Control,
  given: string | string[] | null,
  offered: Option[],
): Record<string, unknown> {
  const field = HELD_IN[control.type] ?? 'value';
  const many = field.endsWith('s');
  if (given === null) return { [field]: many ? [] : null };
  const values = Array.isArray(given) ? given : [given];
  const held = field.startsWith('selected_option')
    ? values.map((value) => findOption(control, value, offered))
    : values;
  return { [field]: many ? held : held[0] };
}

/** The controls' first content, as the view states it. */
function initialValue(control: Control): Record<string, unknown> {
  const field = HELD_IN[control.type] ?? 'value';
  const initial = control[field.replace(/^selected_/, 'initial_')] ?? control.initial_value;
  return { [field]: initial ?? (field.endsWith('s') ? [] : null) };
}

function optionsOf(control: Control): Option[] {
  const groups = Array.isArray(control.option_groups) ? control.option_groups : [];
  const lists: unknown[] = [control.options, ...groups.map((group: { options?: unknown }) => group.options)];
  return lists.flatMap((list) => (Array.isArray(list) ? (list as Option[]) : []));
}

function findOption(control: Control, value: string, offered: Option[]): Option {
  const option = [...optionsOf(control), ...offered].find((one) => one.value === value);
  if (option) return { text: option.text, value: option.value };
  throw new AppError('wrong_use', { message: `選択肢がありません（${control.action_id}）`, text: value });
}

/** `state.values` of a view or message: what was put in, else what it started with. */
export function stateValues(
  blocks: Block[],
  offers: Offers,
  given: Record<string, string | string[] | null> = {},
): StateValues {
  const values: StateValues = {};
  for (const block of blocks)
    for (const control of controlsOf(block)) {
      if (!(control.type in HELD_IN) && !control.type.endsWith('_input')) continue;
      const { action_id = '', type } = control;
      const offered = offers.get(offerKey(block.block_id, action_id)) ?? [];
      const held =
        action_id in given ? controlValue(control, given[action_id] ?? null, offered) : initialValue(control);
      values[block.block_id ?? ''] = { ...values[block.block_id ?? ''], [action_id]: { type, ...held } };
    }
  return values;
}

/** Labels of the inputs that must hold something and do not: a person cannot send such a form. */
export function emptyInputs(blocks: Block[], values: StateValues): string[] {
  return blocks
    .filter((block) => block.type === 'input' && block.optional !== true)
    .filter((block) => {
      const held = Object.values(values[block.block_id ?? ''] ?? {});
      return held.some(({ type: _type, ...content }) =>
        Object.values(content).every(
          (one) => one === null || one === '' || (Array.isArray(one) && one.length === 0),
        ),
      );
    })
    .map((block) => (block.label as { text: string }).text);
}
