import { escapeHtml } from '../../model/escape-html.ts';
import type { Workspace } from '../workspace.ts';
import { checkedChoices, options, typeAhead } from './choices.ts';
import { type Attributes, type ControlElement, placeholder, said } from './element.ts';
import { attributes } from './html.ts';

type Text = { text: string };

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
    case 'channels_select':
    case 'conversations_select':
      return select(element, field, place.workspace);
    case 'external_select':
    case 'multi_external_select':
      return typeAhead(element, field);
    case 'checkboxes':
    case 'radio_buttons':
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return checkedChoices(element, field, place.workspace);
    case 'datepicker':
    case 'timepicker': {
      const type = element.type === 'datepicker' ? 'date' : 'time';
      const value = String(element.initial_date ?? element.initial_time ?? '');
      const input = `<input${attributes({ type, value, ...field })}>`;
      // A browser's own field for a date has no room for what the day is for.
      return place.inForm
        ? input
        : `<label class="dated">${escapeHtml(placeholder(element))}${input}</label>`;
    }
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
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
  return `<button${attributes({ type: 'button', class: className, 'aria-label': name, 'data-url': url, ...target })}>${said(text)}</button>`;
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
  // Slack takes any text in a field for numbers and says under it what is wrong.
  const types: Record<string, string> = { email_text_input: 'email', url_text_input: 'url' };
  const inputmode = element.type === 'number_input' ? 'decimal' : null;
  return `<input${attributes({ type: types[element.type] ?? 'text', value, inputmode, autocomplete: 'off', ...common })}>`;
}
