// A question of the page's own to the person, before something is done.
import { byId } from './place.js';

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// Resolves with the text that was put in, '' for a plain yes, null for no.
export function ask({ title, text = '', yes, no = 'やめる', value = null }) {
  const dialog = byId('ask');
  const field =
    value === null ? null : element('textarea', { value, rows: 4, maxLength: 12000, ariaLabel: title });
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', { id: 'ask-title', className: 'modal-title', textContent: title }),
    ...(text === '' ? [] : [element('p', { textContent: text })]),
    ...(field ? [field] : []),
    element(
      'footer',
      {},
      element('button', {
        type: 'button',
        className: 'action',
        textContent: no,
        onclick: () => dialog.close('no'),
      }),
      element('button', { className: 'action primary', value: 'yes', textContent: yes }),
    ),
  );
  dialog.replaceChildren(form);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => resolve(dialog.returnValue === 'yes' ? (field?.value ?? '') : null),
      { once: true },
    );
  });
}
