import { escapeHtml } from '../../model/escape.ts';
import type { Workspace } from '../emulator/workspace.ts';
import { attributes, withEmoji } from './text.ts';

/** A control as the app sent it. */
export type ControlElement = { type: string; action_id?: string } & Record<string, unknown>;
export type Attributes = Parameters<typeof attributes>[0];
type Text = { text: string };

/** A text object as HTML. */
function textHtml(text: unknown): string {
  return withEmoji(escapeHtml((text as Text | undefined)?.text ?? ''));
}

function placeholder(element: ControlElement): string {
  return (
    (element.placeholder as Text | undefined)?.text ??
    (element.type === 'overflow' ? 'その他の操作' : '選択してください')
  );
}

interface Option {
  text: Text;
  value: string;
}

/** Boxes or circles, one an option; also for menus of which several may be chosen. */
function checkedChoices(element: ControlElement, field: Attributes): string {
  const type = element.type === 'radio_buttons' ? 'radio' : 'checkbox';
  const chosen = initialValues(element);
  const name = `${String(field['data-block'])}-${String(field['data-action'])}`;
  const items = (element.options as Option[]).map(({ text, value }) => {
    const input = attributes({ type, name, value, checked: chosen.has(value), ...field });
    return `<label class="choice"><input${input}><span>${textHtml(text)}</span></label>`;
  });
  const many = element.type.startsWith('multi_') ? 'choices many' : 'choices';
  return `<span class="${many}" role="group"${attributes({ 'aria-label': field['data-field'] ? null : placeholder(element) })}>${items.join('')}</span>`;
}

/** A field whose choices the app offers for what is typed. */
function typeAhead(element: ControlElement, field: Attributes): string {
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

function initialOptions(element: ControlElement): Option[] {
  return [element.initial_option, element.initial_options].flat().filter(Boolean) as Option[];
}

function initialValues(element: ControlElement): Set<string> {
  return new Set(initialOptions(element).map(({ value }) => value));
}

interface ControlPlace {
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
      return checkedChoices(element, field);
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
  const className = `action ${typeof element.style === 'string' ? element.style : ''}`.trim();
  return `<button${attributes({ type: 'button', class: className, ...target })}>${textHtml(text)}</button>`;
}

/** A menu of its own options, or of people. */
function select(element: ControlElement, field: Attributes, { users }: Workspace): string {
  const hint = placeholder(element);
  const chosen = initialValues(element);
  const own =
    element.type === 'users_select'
      ? users.map(({ id, realName }): Option => ({ text: { text: realName }, value: id }))
      : (element.options as Option[]);
  const options = own.map(
    ({ text, value }) =>
      `<option${attributes({ value, selected: chosen.has(value) })}>${textHtml(text)}</option>`,
  );
  const name = field['data-field'] ? null : hint;
  return `<select${attributes({ 'aria-label': name, ...field })}><option value="">${escapeHtml(hint)}</option>${options.join('')}</select>`;
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
