import { AppError } from '../model/errors.ts';
import { holdsMany, valueKeyOf } from './control-field.ts';
import type { ControlValue } from './held.ts';
import type { Option } from './offers.ts';
import type { SlackControl } from './slack-view.ts';
import { findChannel, findUser, type State } from './state.ts';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const SECONDS = /^\d{10}$/;

/** What a person puts into a control. Slack's own pickers offer nothing else, so anything else is wrong_use. */
export function controlValue(
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
export function initialValue(control: SlackControl): ControlValue {
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
    case 'channels_select':
      if (findChannel(state, value)?.kind === 'public') return value;
      throw wrong(control, 'そのチャンネルはありません', value);
    case 'conversations_select':
      if (fitsFilter(state, control, value)) return value;
      throw wrong(control, 'その会話は選べません', value);
    case 'datepicker':
      if (DATE.test(value)) return value;
      throw wrong(control, '日付ではありません', value);
    case 'timepicker':
      if (TIME.test(value)) return value;
      throw wrong(control, '時刻ではありません', value);
    case 'datetimepicker':
      if (SECONDS.test(value)) return Number(value);
      throw wrong(control, '日時ではありません', value);
    default:
      return value === '' ? null : value;
  }
}

function fitsFilter(state: State, control: SlackControl, id: string): boolean {
  const channel = findChannel(state, id);
  const { include } = (control.filter ?? {}) as { include?: string[] };
  return channel !== undefined && (include === undefined || include.includes(channel.kind));
}

function optionsOf(control: SlackControl): Option[] {
  const groups = Array.isArray(control.option_groups) ? control.option_groups : [];
  const lists: unknown[] = [control.options, ...groups.map((group: { options?: unknown }) => group.options)];
  return lists.flatMap((list) => (Array.isArray(list) ? (list as Option[]) : []));
}

function initialOptions(control: SlackControl): Option[] {
  return [control.initial_option, control.initial_options].flat().filter(Boolean) as Option[];
}

function findOption(control: SlackControl, value: string, offered: Option[]): Option {
  const known = [...optionsOf(control), ...offered, ...initialOptions(control)];
  const option = known.find((one) => one.value === value);
  if (option) return { text: option.text, value: option.value };
  throw wrong(control, '選択肢がありません', value);
}

function wrong(control: SlackControl, problem: string, text: string): AppError {
  return new AppError('wrong_use', { message: `${problem}（${control.action_id}）`, text });
}
