// The controls that the bot sent: where one stands, and what it holds.

export function where(element) {
  const { action: actionId, block: blockId } = element.dataset;
  const viewId = element.closest('[data-view]')?.dataset.view;
  const { ts, channel } = element.closest('[data-ts]')?.dataset ?? {};
  return { actionId, blockId, ...(viewId ? { viewId } : { ts, channel }) };
}

// Null where nothing is put in.
export function readValue(element) {
  if (element.classList.contains('type-ahead')) {
    return JSON.parse(element.dataset.chosen)[0]?.value ?? null;
  }
  if (element.type === 'checkbox') return checkedOf(element).map((one) => one.value);
  if (element.type === 'radio') return checkedOf(element)[0]?.value ?? null;
  return element.value === '' ? null : element.value;
}

function checkedOf(element) {
  const place = element.closest('[data-view], [data-ts]') ?? document;
  return [...place.querySelectorAll(`input[name="${CSS.escape(element.name)}"]:checked`)];
}

// What a person has put into a form, to be put back where it is rendered anew: as Slack keeps it for the same ids.
export function takeInputs(container) {
  return new Map([...container.querySelectorAll('[data-field]')].map((field) => [keyOf(field), field]));
}

export function putBackInputs(container, held) {
  for (const field of container.querySelectorAll('[data-field]')) {
    const before = held.get(keyOf(field));
    if (!before) continue;
    if (field.classList.contains('type-ahead')) {
      field.dataset.chosen = before.dataset.chosen;
      field.querySelector('input').value = before.querySelector('input').value;
    } else if (field.type === 'checkbox' || field.type === 'radio') field.checked = before.checked;
    else if (field.localName !== 'select') field.value = before.value;
    else if ([...field.options].some(({ value }) => value === before.value)) field.value = before.value;
  }
}

function keyOf(field) {
  const own = field.type === 'checkbox' || field.type === 'radio' ? field.value : '';
  return `${field.dataset.block}:${field.dataset.action}:${own}`;
}
