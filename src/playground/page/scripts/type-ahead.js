// Fields whose choices the app offers while one types: mouse, arrows, Enter and Escape.
import { where } from './controls.js';
import { act } from './server.js';

const holderOf = (element) => element.closest?.('.type-ahead') ?? null;
const inputOf = (holder) => holder.querySelector('input');
const listOf = (holder) => holder.querySelector('.offers');
const chosenOf = (holder) => JSON.parse(holder.dataset.chosen);

let asked = 0;

async function suggest(holder) {
  asked += 1;
  const mine = asked;
  const query = inputOf(holder).value;
  if (query.length < Number(holder.dataset.least)) return close(holder);
  const { options = [] } = await act({ kind: 'suggest', ...where(holder), query });
  if (mine !== asked || !document.contains(holder)) return;
  show(holder, options);
}

function show(holder, options) {
  const list = listOf(holder);
  let group = '';
  const items = options.flatMap((option, index) => {
    const item = Object.assign(document.createElement('span'), {
      className: 'offer',
      role: 'option',
      id: `${list.id}-${index}`,
      textContent: option.label,
      ariaSelected: 'false',
    });
    item.dataset.value = option.value;
    const isNew = option.group && option.group !== group;
    group = option.group ?? group;
    const head = Object.assign(document.createElement('strong'), {
      textContent: option.group ?? '',
      role: 'presentation',
    });
    return isNew ? [head, item] : [item];
  });
  const none = Object.assign(document.createElement('span'), {
    className: 'none',
    textContent: '候補がありません',
  });
  list.replaceChildren(...(items.length > 0 ? items : [none]));
  list.hidden = false;
  inputOf(holder).setAttribute('aria-expanded', 'true');
  mark(holder, list.querySelector('.offer'));
}

export function close(holder) {
  listOf(holder).hidden = true;
  inputOf(holder).setAttribute('aria-expanded', 'false');
  inputOf(holder).removeAttribute('aria-activedescendant');
}

function mark(holder, item) {
  for (const one of holder.querySelectorAll('.offer')) one.ariaSelected = String(one === item);
  if (!item) return inputOf(holder).removeAttribute('aria-activedescendant');
  inputOf(holder).setAttribute('aria-activedescendant', item.id);
  item.scrollIntoView({ block: 'nearest' });
}

function take(holder, item) {
  const option = { label: item.textContent, value: item.dataset.value };
  setChosen(holder, [option]);
  inputOf(holder).value = option.label;
  close(holder);
}

function setChosen(holder, chosen) {
  holder.dataset.chosen = JSON.stringify(chosen);
  holder.dispatchEvent(new Event('change', { bubbles: true }));
}

document.addEventListener('input', (event) => {
  const holder = holderOf(event.target);
  if (!holder) return;
  // What is still listed was offered for other letters: Enter must not take it.
  mark(holder, null);
  suggest(holder);
});

document.addEventListener(
  'change',
  (event) => {
    // The field's own text is no value; what was taken from the list is.
    if (event.target.matches('.type-ahead input')) event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener('focusin', (event) => {
  const holder = holderOf(event.target);
  if (holder && event.target === inputOf(holder) && Number(holder.dataset.least) === 0) suggest(holder);
});

document.addEventListener('focusout', (event) => {
  const holder = holderOf(event.target);
  if (!holder || event.target !== inputOf(holder)) return;
  const [chosen] = chosenOf(holder);
  if (event.target.value === '' && chosen) setChosen(holder, []);
  else event.target.value = chosen?.label ?? '';
  close(holder);
});

// Before the field loses the focus to the list.
document.addEventListener('mousedown', (event) => {
  const item = event.target.closest?.('.offer');
  if (!item) return;
  event.preventDefault();
  take(holderOf(item), item);
});

document.addEventListener('keydown', (event) => {
  const holder = holderOf(event.target);
  if (!holder || event.target !== inputOf(holder) || event.isComposing) return;
  const items = [...holder.querySelectorAll('.offer')];
  const at = items.findIndex((one) => one.ariaSelected === 'true');
  const isOpen = !listOf(holder).hidden;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!isOpen) suggest(holder);
    else mark(holder, items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length]);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (isOpen && items[at]) take(holder, items[at]);
  } else if (event.key === 'Escape' && isOpen) {
    event.preventDefault();
    event.stopPropagation();
    close(holder);
  }
});
