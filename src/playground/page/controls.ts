import { escapeHtml } from '../../model/escape.ts';
import type { Workspace } from '../emulator/workspace.ts';
import { attributes, withEmoji } from './text.ts';

/** A control as the app sent it. */
export type ControlElement = { type: string; action_id?: string } & Record<string, unknown>;
export type Attributes = Parameters<typeof attributes>[0];
type Text = { text: string };

/** A text object as HTML. */
export function textHtml(text: unknown): string {
  return withEmoji(escapeHtml((text as Text | undefined)?.text ?? ''));
}

export function placeholder(element: ControlElement): string {
  return (
    (element.placeholder as Text | undefined)?.text ??
    (element.type === 'overflow' ? 'その他の操作' : '選択してください')
  );
}

interface Option {
  text: Text;
  value: string;
  description?: Text;
}
interface Group {
  label: Text;
  options: Option[];
}

/** The options of a menu; people where it is of those. */
export function options(element: ControlElement, workspace: Workspace): string {
  const chosen = initialValues(element);
  const one = ({ text, value }: Option): string =>
    `<option${attributes({ value, selected: chosen.has(value) })}>${textHtml(text)}</option>`;
  return groupsOf(element, workspace)
    .map(({ label, options: own }) =>
      label.text === ''
        ? own.map(one).join('')
        : `<optgroup${attributes({ label: label.text })}>${own.map(one).join('')}</optgroup>`,
    )
    .join('');
}

/** Boxes or circles, one an option; also for menus of which several may be chosen. */
export function checkedChoices(element: ControlElement, field: Attributes, workspace: Workspace): string {
  const type = element.type === 'radio_buttons' ? 'radio' : 'checkbox';
  const chosen = initialValues(element);
  const name = `${String(field['data-block'])}-${String(field['data-action'])}`;
  const items = groupsOf(element, workspace).flatMap(({ label, options: own }) => [
    label.text === '' ? '' : `<strong class="choice-group">${textHtml(label)}</strong>`,
    ...own.map(({ text, value, description }) => {
      const input = attributes({ type, name, value, checked: chosen.has(value), ...field });
      const more = description ? `<small>${textHtml(description)}</small>` : '';
      return `<label class="choice"><input${input}><span>${textHtml(text)}${more}</span></label>`;
    }),
  ]);
  const many = element.type.startsWith('multi_') ? 'choices many' : 'choices';
  return `<span class="${many}" role="group"${attributes({ 'aria-label': field['data-field'] ? null : placeholder(element) })}>${items.join('')}</span>`;
}

/** A field whose choices the app offers for what is typed. */
export function typeAhead(element: ControlElement, field: Attributes): string {
  const id = `offers-${String(field['data-block'])}-${String(field['data-action'])}`;
  const hint = placeholder(element);
  const initial = initialOptions(element);
  const chosen = JSON.stringify(initial.map(({ text, value }) => ({ label: text.text, value })));
  const about = attributes({
    class: 'type-ahead',
    ...field,
    'data-least': Number(element.min_query_length ?? 3),
    'data-chosen': chosen,
  });
  const input = attributes({
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
    'aria-label': field['data-field'] ? null : hint,
    placeholder: hint,
    value: initial[0]?.text.text ?? '',
  });
  return `<span${about}><input${input}><span id="${escapeHtml(id)}" class="offers" role="listbox" aria-label="候補" hidden></span></span>`;
}

function groupsOf(element: ControlElement, workspace: Workspace): Group[] {
  const plain = (own: Option[]): Group[] => [{ label: { text: '' }, options: own }];
  if (element.type === 'users_select')
    return plain(workspace.users.map(({ id, realName }) => ({ text: { text: realName }, value: id })));
  const groups = (element.option_groups as Group[] | undefined) ?? [];
  return [...plain((element.options as Option[] | undefined) ?? []), ...groups];
}

function initialOptions(element: ControlElement): Option[] {
  return [element.initial_option, element.initial_options].flat().filter(Boolean) as Option[];
}

function initialValues(element: ControlElement): Set<string> {
  const named = typeof element.initial_user === 'string' ? [element.initial_user] : [];
  return new Set([...initialOptions(element).map(({ value }) => value), ...named]);
}

export interface ControlPlace {
  blockId: string;
  /** Inside a form that is sent as a whole. */
  inForm: boolean;
  workspace: Workspace;
}

/** A control as HTML; the page's script reads `data-action` and `data-block` and tells the local Slack. */
export function renderControl(element: ControlElement, place: ControlPlace): string {
  const target: Attributes = {
    'data-action': element.action_id ?? '',
    'data-block': place.blockId,
    ...confirmation(element.confirm),
  };
  const field: Attributes = { ...target, 'data-act': 'select', 'data-field': place.inForm };
  switch (element.type) {
    case 'button':
    case 'icon_button':
      return button(element, { ...target, 'data-act': 'click' }, element.text);
    case 'feedback_buttons':
      return [element.positive_button, element.negative_button]
        .map((one) => one as ControlElement & { text: Text; value: string })
        .map((one) => button(one, { ...target, 'data-act': 'click', 'data-value': one.value }, one.text))
        .join('');
    case 'static_select':
    case 'overflow':
    case 'users_select':
      return select(element, field, place.workspace);
    case 'external_select':
      return typeAhead(element, field);
    case 'checkboxes':
    case 'radio_buttons':
    case 'multi_static_select':
      return checkedChoices(element, field, place.workspace);
    case 'datepicker': {
      const input = `<input${attributes({ type: 'date', value: String(element.initial_date ?? ''), ...field })}>`;
      // A browser's own field for a date has no room for what the day is for.
      return place.inForm
        ? input
        : `<label class="dated">${escapeHtml(placeholder(element))}${input}</label>`;
    }
    case 'plain_text_input':
      return textInput(element, field);
    default:
      return `<span class="unknown">表示できない操作：${escapeHtml(element.type)}</span>`;
  }
}

/** What is asked before the control does anything. */
function confirmation(confirm: unknown): Attributes {
  if (!confirm) return {};
  const { title, text, confirm: yes, deny } = confirm as Record<string, Text | undefined>;
  return {
    'data-confirm': text?.text ?? '',
    'data-confirm-title': title?.text ?? '',
    'data-confirm-yes': yes?.text ?? 'はい',
    'data-confirm-no': deny?.text ?? 'いいえ',
  };
}

function button(element: ControlElement, target: Attributes, text: unknown): string {
  const name = typeof element.accessibility_label === 'string' ? element.accessibility_label : null;
  const className = `action ${typeof element.style === 'string' ? element.style : ''}`.trim();
  const url = typeof element.url === 'string' ? element.url : null;
  return `<button${attributes({ type: 'button', class: className, 'aria-label': name, 'data-url': url, ...target })}>${textHtml(text)}</button>`;
}

function select(element: ControlElement, field: Attributes, workspace: Workspace): string {
  const hint = placeholder(element);
  const name = field['data-field'] ? null : hint;
  return `<select${attributes({ 'aria-label': name, ...field })}><option value="">${escapeHtml(hint)}</option>${options(element, workspace)}</select>`;
}

function textInput(element: ControlElement, field: Attributes): string {
  const common = {
    placeholder: (element.placeholder as Text | undefined)?.text,
    maxlength: element.max_length as number | undefined,
    ...field,
  };
  const value = String(element.initial_value ?? '');
  if (element.multiline === true)
    return `<textarea${attributes({ rows: 4, ...common })}>${escapeHtml(value)}</textarea>`;
  return `<input${attributes({ type: 'text', value, autocomplete: 'off', ...common })}>`;
}
