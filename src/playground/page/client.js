// Keeps the page as the server describes it, and tells the server what the person does.
const place = { user: '', channel: '', thread: '', home: '', log: '' };
const byId = (id) => document.getElementById(id);

function setHtml(element, html) {
  if (element.dataset.html === html) return;
  element.dataset.html = html;
  element.innerHTML = html;
}

// Replaces only what changed, so that an open list, a sorted table or the focus elsewhere stays.
function setPieces(container, pieces) {
  const lastKey = container.lastElementChild?.dataset.key;
  const known = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const kept = new Set(pieces.map((piece) => piece.key));
  for (const [key, child] of known) if (!kept.has(key)) child.remove();
  pieces.forEach(({ key, html }, index) => {
    const holder = known.get(key) ?? Object.assign(document.createElement('div'), { className: 'piece' });
    holder.dataset.key = key;
    setHtml(holder, html);
    if (container.children[index] !== holder)
      container.insertBefore(holder, container.children[index] ?? null);
  });
  // A new message is shown from its start: a long answer is read from the top.
  const last = container.lastElementChild;
  if (last && last.dataset.key !== lastKey) container.scrollTop = last.offsetTop - container.offsetTop - 8;
}

let asked = 0;
async function refresh() {
  asked += 1;
  const mine = asked;
  const response = await fetch(
    `/view?${new URLSearchParams(Object.entries(place).filter(([, value]) => value))}`,
  );
  const view = await response.json();
  if (mine !== asked) return;
  setHtml(byId('user'), view.users);
  place.user = byId('user').value;
  setHtml(byId('channels'), view.channels);
  place.channel ||= byId('channels').querySelector('[aria-current]')?.dataset.open ?? '';
  byId('title').textContent = place.home ? 'ホーム' : view.title;
  byId('topic').textContent = place.home ? '' : view.topic;
  document.title = `${byId('title').textContent}｜planbot お試し`;
  setHtml(byId('prompts'), view.prompts);
  byId('home').hidden = view.home === null;
  byId('messages').hidden = view.home !== null;
  if (view.home !== null) setHtml(byId('home'), view.home);
  setPieces(byId('messages'), view.messages);
  byId('examples').classList.toggle('small', view.messages.length > 0);
  byId('examples').hidden = view.prompts !== '' || view.home !== null;
  byId('say-form').hidden = view.home !== null;
  byId('thread').hidden = view.thread === null;
  setPieces(byId('thread-messages'), view.thread ?? []);
  setPieces(byId('log'), view.log);
  showModal(view.modal);
}

function showModal(modal) {
  const dialog = byId('modal');
  if (modal) {
    setHtml(dialog, modal.html);
    if (!dialog.open) dialog.showModal();
  } else if (dialog.open) dialog.close();
}

function showProblem(text) {
  for (const note of document.querySelectorAll('.problem')) note.textContent = text;
}

async function act(what) {
  showProblem('');
  try {
    const body = JSON.stringify({ user: place.user, ...what });
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const result = await response.json();
    showProblem(result.problem ?? '');
    return result;
  } catch {
    showProblem('planbotに接続できません。起動しているかご確認ください。');
    return {};
  }
}

async function say(text, thread) {
  if (text.trim() === '') return;
  const result = await act({ kind: 'say', channel: place.channel, text, thread });
  if (result.ts && thread === null && !place.channel.startsWith('D')) {
    place.thread = result.ts;
    await refresh();
  }
}

function where(element) {
  const { action: actionId, block: blockId } = element.dataset;
  const viewId = element.closest('[data-view]')?.dataset.view;
  const { ts, channel } = element.closest('[data-ts]')?.dataset ?? {};
  return { actionId, blockId, ...(viewId ? { viewId } : { ts, channel }) };
}

function readValue(element) {
  if (element.type === 'checkbox') {
    const same = document.querySelectorAll(`input[name="${CSS.escape(element.name)}"]:checked`);
    return [...same].map((one) => one.value);
  }
  // What is offered shows its label; its value is what the app is told.
  if (element.list)
    return [...element.list.options].find((one) => one.value === element.value)?.id ?? element.value;
  if (element.multiple) return [...element.selectedOptions].map((option) => option.value);
  return element.value;
}

function open(next) {
  Object.assign(place, { thread: '', home: '' }, next);
  return refresh();
}

function sortTable(button) {
  const table = button.closest('table');
  const column = Number(button.dataset.column);
  const header = button.closest('th');
  const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  for (const one of table.tHead.rows[0].cells)
    one.setAttribute('aria-sort', one === header ? direction : 'none');
  const body = table.tBodies[0];
  const shown = [...body.rows].filter((row) => !row.hidden).length;
  const rows = [...body.rows].sort((one, other) => {
    const [left, right] = [one.cells[column], other.cells[column]];
    const [a, b] = [left.dataset.value, right.dataset.value];
    const order = a && b ? a - b : left.textContent.localeCompare(right.textContent, 'ja', { numeric: true });
    return direction === 'ascending' ? order : -order;
  });
  rows.forEach((row, index) => {
    row.hidden = index >= shown;
    body.append(row);
  });
}

const clicks = {
  'button.sort': sortTable,
  'button.more': (button) => {
    for (const row of button.previousElementSibling.querySelectorAll('tr[hidden]')) row.hidden = false;
    button.remove();
  },
  '[data-open]': async (button) => {
    await open({ channel: button.dataset.open });
    if (place.channel.startsWith('D')) await act({ kind: 'open', tab: 'messages' });
    byId('say').focus();
  },
  '[data-home]': async () => {
    await open({ home: '1' });
    await act({ kind: 'open', tab: 'home' });
  },
  '[data-ask]': (button) => say(button.dataset.ask, null),
  '[data-thread]': async (button) => {
    place.thread = button.dataset.thread;
    await refresh();
    byId('reply').focus();
  },
  '#close-thread': () => open({}),
  '[data-close-modal]': (button) => act({ kind: 'close', viewId: where(button).viewId }),
  '[data-act="click"]': async (button) => {
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
    if (button.dataset.url) window.open(button.dataset.url, '_blank', 'noopener');
    const { value } = button.dataset;
    button.disabled = true;
    await act({ kind: 'click', ...where(button), ...(value === undefined ? {} : { value }) });
    button.disabled = false;
  },
};

document.addEventListener('click', (event) => {
  for (const [selector, handle] of Object.entries(clicks)) {
    const element = event.target.closest(selector);
    if (element) {
      handle(element);
      return;
    }
  }
});

document.addEventListener('change', (event) => {
  const element = event.target;
  if (element.id === 'user') open({ user: element.value, channel: '' });
  else if (element.dataset?.act === 'select' && element.value !== '') {
    act({ kind: 'select', ...where(element), value: readValue(element) });
  }
});

document.addEventListener('input', async (event) => {
  const element = event.target;
  if (!element.dataset?.suggest || element.value.length < Number(element.dataset.suggest)) return;
  const { options = [] } = await act({ kind: 'suggest', ...where(element), query: element.value });
  const offered = options.map(({ label, value }) =>
    Object.assign(document.createElement('option'), { value: label, id: value }),
  );
  element.list.replaceChildren(...offered);
});

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === 'say-form' || form.id === 'reply-form') {
    const field = form.querySelector('textarea');
    const text = field.value;
    field.value = '';
    await say(text, form.id === 'reply-form' ? place.thread : null);
    field.focus();
  } else if ('modal' in form.dataset) await submitModal(form);
});

async function submitModal(form) {
  const values = {};
  for (const field of form.querySelectorAll('[data-field]')) {
    const unset = field.type === 'radio' && !field.checked;
    if (!unset) values[field.dataset.action] = field.value === '' ? null : readValue(field);
  }
  const { errors = {} } = await act({ kind: 'submit', viewId: form.dataset.view, values });
  for (const note of form.querySelectorAll('[data-error-for]')) {
    note.textContent = errors[note.dataset.errorFor] ?? '';
  }
}

// Enter sends, Shift+Enter starts a line; Enter that ends a kana conversion does neither.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !byId('thread').hidden && !byId('modal').open) open({});
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.target.tagName !== 'TEXTAREA')
    return;
  if (!event.target.closest('.composer')) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

byId('log-panel').addEventListener('toggle', (event) => {
  place.log = event.target.open ? '1' : '';
  refresh();
});

byId('modal').addEventListener('cancel', (event) => {
  event.preventDefault();
  byId('modal').querySelector('[data-close-modal]')?.click();
});

const changes = new EventSource('/changes');
changes.addEventListener('message', refresh);
changes.addEventListener('open', () => {
  showProblem('');
  refresh();
});
changes.addEventListener('error', () => {
  showProblem('planbotとの接続が切れました。つながり次第、続けられます。');
});
refresh();
