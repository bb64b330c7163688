// Forms that the bot opens over the page.
import { putBackInputs, readValue, takeInputs } from './controls.js';
import { setHtml } from './pieces.js';
import { byId } from './place.js';
import { act } from './server.js';

// By view: closing a form that lies on another leads back to that one as it was filled in.
const inputs = new Map();

export function showModal(modal) {
  const dialog = byId('modal');
  if (!modal) {
    if (dialog.open) dialog.close();
    inputs.clear();
    return;
  }
  const view = modal.key.split(':')[0];
  if (dialog.open) inputs.set(dialog.dataset.view, takeInputs(dialog));
  setHtml(dialog, modal.html);
  putBackInputs(dialog, inputs.get(view) ?? new Map());
  const isNew = dialog.dataset.view !== view || !dialog.open;
  dialog.dataset.view = view;
  if (!dialog.open) dialog.showModal();
  if (isNew)
    (
      dialog.querySelector('[data-field]:not(.type-ahead), [data-field] input') ?? byId('modal-title')
    )?.focus();
}

export async function submitModal(form) {
  const fields = [...form.querySelectorAll('[data-field]')];
  const count = (action) =>
    new Set(fields.filter((one) => one.dataset.action === action).map((one) => one.dataset.block)).size;
  const values = {};
  for (const field of fields) {
    const { action, block } = field.dataset;
    values[count(action) > 1 ? `${block}:${action}` : action] = readValue(field);
  }
  const send = form.querySelector('[type="submit"]');
  send.disabled = true;
  const { errors = {} } = await act({ kind: 'submit', viewId: form.dataset.view, values });
  send.disabled = false;
  showErrors(form, errors);
}

function showErrors(form, errors) {
  let first = null;
  for (const note of form.querySelectorAll('[data-error-for]')) {
    const sentence = errors[note.dataset.errorFor] ?? '';
    note.textContent = sentence;
    const control = note.parentElement.querySelector('input, select, textarea');
    if (sentence === '') control?.removeAttribute('aria-invalid');
    else control?.setAttribute('aria-invalid', 'true');
    if (sentence !== '') first ??= control;
  }
  first?.focus();
}
