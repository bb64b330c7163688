import type { Workspace } from '../workspace.ts';
import { attributes, escapeHtml, withEmoji } from './html.ts';

export type Element = { type: string; action_id?: string } & Record<string, unknown>;
type Text = { text: string };
type Option = { text: Text; value: string };

export interface ControlPlace {
  blockId: string;
  /** Inside a form that is sent as a whole: a change alone tells the app nothing. */
  inForm: boolean;
  workspace: Workspace;
}

const said = (text: unknown): string => withEmoji(escapeHtml((text as Text | undefined)?.text ?? ''));

/** A control as HTML; the page's script reads `data-action` and `data-block` and tells the local Slack. */
export function renderControl(element: Element, place: ControlPlace): string {
  const { action_id = '' } = element;
  const target = {
    'data-action': action_id,
    'data-block': place.blockId,
    'data-confirm': element.confirm ? ((element.confirm as { text: Text }).text.text ?? '') : null,
  };
  const act = place.inForm ? { 'data-field': true } : { 'data-act': 'select' };
  switch (element.type) {
    case 'button':
    case 'icon_button':
      return button(element, { ...target, 'data-act': 'click' }, element.text);
    case 'feedback_buttons':
      return [element.positive_button, element.negative_button]
        .map((one) => one as Element & { text: Text; value: string })
        .map((one) => button(one, { ...target, 'data-act': 'click', 'data-value': one.value }, one.text))
        .join('');
    case 'static_select':
    case 'overflow':
    case 'multi_static_select':
      return select(element, { ...target, ...act }, choices(element));
    case 'users_select':
    case 'multi_users_select':
      return select(element, { ...target, ...act }, peopleChoices(place.workspace));
    case 'channels_select':
    case 'conversations_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return select(element, { ...target, ...act }, channelChoices(place.workspace));
    case 'external_select':
    case 'multi_external_select':
      return typeAhead(element, { ...target, ...act });
    case 'checkboxes':
    case 'radio_buttons':
      return choiceList(element, { ...target, ...act });
    case 'datepicker':
    case 'timepicker': {
      const type = element.type === 'datepicker' ? 'date' : 'time';
      const value = String(element.initial_date ?? element.initial_time ?? '');
      return `<input${attributes({ type, value, 'aria-label': placeholder(element), ...target, ...act })}>`;
    }
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return textInput(element, { ...target, ...act });
    default:
      return `<span class="unknown">表示できない操作：${escapeHtml(element.type)}</span>`;
  }
}

type Attributes = Parameters<typeof attributes>[0];

function button(element: Element, target: Attributes, text: unknown): string {
  const name = typeof element.accessibility_label === 'string' ? element.accessibility_label : null;
  const className = `action ${typeof element.style === 'string' ? element.style : ''}`.trim();
  const url = typeof element.url === 'string' ? element.url : null;
  return `<button${attributes({ type: 'button', class: className, 'aria-label': name, 'data-url': url, ...target })}>${said(text)}</button>`;
}

function placeholder(element: Element): string {
  return (
    (element.placeholder as Text | undefined)?.text ??
    (element.type === 'overflow' ? 'その他の操作' : '選択してください')
  );
}

function select(element: Element, target: Attributes, options: string): string {
  const multiple = element.type.startsWith('multi_');
  const hint = placeholder(element);
  const first = multiple ? '' : `<option value="">${escapeHtml(hint)}</option>`;
  return `<select${attributes({ multiple, 'aria-label': hint, ...target })}>${first}${options}</select>`;
}

function choices(element: Element): string {
  const initial = [
    element.initial_option,
    ...((element.initial_options as Option[] | undefined) ?? []),
  ] as Option[];
  const selected = new Set(initial.filter(Boolean).map((option) => option.value));
  const one = ({ text, value }: Option): string =>
    `<option${attributes({ value, selected: selected.has(value) })}>${said(text)}</option>`;
  const groups = (element.option_groups as { label: Text; options: Option[] }[] | undefined) ?? [];
  const grouped = groups.map(
    (group) =>
      `<optgroup${attributes({ label: group.label.text })}>${group.options.map(one).join('')}</optgroup>`,
  );
  return ((element.options as Option[] | undefined) ?? []).map(one).join('') + grouped.join('');
}

function peopleChoices({ users }: Workspace): string {
  return users.map((user) => `<option value="${user.id}">${escapeHtml(user.realName)}</option>`).join('');
}

function channelChoices({ channels }: Workspace): string {
  return channels
    .filter((channel) => channel.kind !== 'im' && !channel.archived)
    .map((channel) => `<option value="${channel.id}">#${escapeHtml(channel.name)}</option>`)
    .join('');
}

function typeAhead(element: Element, target: Attributes): string {
  const list = `list-${String(target['data-block'])}-${String(target['data-action'])}`;
  const hint = placeholder(element);
  const least = Number(element.min_query_length ?? 3);
  return `<input${attributes({ list, placeholder: hint, 'aria-label': hint, autocomplete: 'off', 'data-suggest': least, ...target })}><datalist id="${escapeHtml(list)}"></datalist>`;
}

function choiceList(element: Element, target: Attributes): string {
  const type = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  const initial = [
    element.initial_option,
    ...((element.initial_options as Option[] | undefined) ?? []),
  ] as Option[];
  const checked = new Set(initial.filter(Boolean).map((option) => option.value));
  const name = `${String(target['data-block'])}-${String(target['data-action'])}`;
  const items = (element.options as Option[]).map(({ text, value }) => {
    const input = attributes({ type, name, value, checked: checked.has(value), ...target });
    return `<label class="choice"><input${input}>${said(text)}</label>`;
  });
  return `<span class="choices">${items.join('')}</span>`;
}

function textInput(element: Element, target: Attributes): string {
  const common = {
    placeholder: (element.placeholder as Text | undefined)?.text,
    maxlength: element.max_length as number | undefined,
    minlength: element.min_length as number | undefined,
    ...target,
  };
  const value = String(element.initial_value ?? '');
  if (element.multiline === true)
    return `<textarea${attributes({ rows: 4, ...common })}>${escapeHtml(value)}</textarea>`;
  const types: Record<string, string> = {
    number_input: 'number',
    email_text_input: 'email',
    url_text_input: 'url',
  };
  const step = element.is_decimal_allowed === true ? 'any' : null;
  return `<input${attributes({ type: types[element.type] ?? 'text', value, step, ...common })}>`;
}
