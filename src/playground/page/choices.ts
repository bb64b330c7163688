import { escapeHtml } from '../../model/escape-html.ts';
import type { Workspace } from '../workspace.ts';
import { type Attributes, type ControlElement, placeholder, said } from './element.ts';
import { attributes } from './html.ts';

type Text = { text: string };
interface Option {
  text: Text;
  value: string;
  description?: Text;
}
interface Group {
  label: Text;
  options: Option[];
}

/** The options of a menu; people and channels where the menu is of those. */
export function options(element: ControlElement, workspace: Workspace): string {
  const chosen = initialValues(element);
  const one = ({ text, value }: Option): string =>
    `<option${attributes({ value, selected: chosen.has(value) })}>${said(text)}</option>`;
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
    label.text === '' ? '' : `<strong class="choice-group">${said(label)}</strong>`,
    ...own.map(({ text, value, description }) => {
      const input = attributes({ type, name, value, checked: chosen.has(value), ...field });
      const more = description ? `<small>${said(description)}</small>` : '';
      return `<label class="choice"><input${input}><span>${said(text)}${more}</span></label>`;
    }),
  ]);
  const many = element.type.startsWith('multi_') ? 'choices many' : 'choices';
  return `<span class="${many}" role="group"${attributes({ 'aria-label': field['data-field'] ? null : placeholder(element) })}>${items.join('')}</span>`;
}

/** A field whose choices the app offers for what is typed. */
export function typeAhead(element: ControlElement, field: Attributes): string {
  const id = `offers-${String(field['data-block'])}-${String(field['data-action'])}`;
  const hint = placeholder(element);
  const isMany = element.type.startsWith('multi_');
  const initial = initialOptions(element);
  const chosen = JSON.stringify(initial.map(({ text, value }) => ({ label: text.text, value })));
  const about = attributes({
    class: 'type-ahead',
    ...field,
    'data-least': Number(element.min_query_length ?? 3),
    'data-many': isMany,
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
    value: isMany ? '' : (initial[0]?.text.text ?? ''),
  });
  return `<span${about}><span class="chips"></span><input${input}><span id="${escapeHtml(id)}" class="offers" role="listbox" aria-label="候補" hidden></span></span>`;
}

function groupsOf(element: ControlElement, workspace: Workspace): Group[] {
  const plain = (own: Option[]): Group[] => [{ label: { text: '' }, options: own }];
  const kind = element.type.replace(/^multi_/, '');
  if (kind === 'users_select')
    return plain(workspace.users.map(({ id, realName }) => ({ text: { text: realName }, value: id })));
  if (kind === 'channels_select' || kind === 'conversations_select') {
    const open = workspace.channels.filter((one) => one.kind !== 'im' && !one.archived);
    return plain(open.map(({ id, name }) => ({ text: { text: `#${name}` }, value: id })));
  }
  const groups = (element.option_groups as Group[] | undefined) ?? [];
  return [...plain((element.options as Option[] | undefined) ?? []), ...groups];
}

function initialOptions(element: ControlElement): Option[] {
  return [element.initial_option, element.initial_options].flat().filter(Boolean) as Option[];
}

function initialValues(element: ControlElement): Set<string> {
  const ids = ['user', 'users', 'channel', 'channels', 'conversation', 'conversations'];
  const named = ids.flatMap((name) => (element[`initial_${name}`] ?? []) as string | string[]);
  return new Set([...initialOptions(element).map(({ value }) => value), ...named]);
}
