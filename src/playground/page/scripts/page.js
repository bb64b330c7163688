// Keeps the page as the server describes it, and tells the server what the person does.
import { ask } from './ask.js';
import { shareFile } from './attach.js';
import { showClock } from './clock.js';
import { readValue, where } from './controls.js';
import { showDocuments, showFiles } from './files.js';
import { showModal, submitModal } from './forms.js';
import { filterLog } from './log-filter.js';
import { openMenu, react, setShortcuts } from './menus.js';
import { setHtml, setPieces } from './pieces.js';
import { byId, change, goTo, keepPlace, onMove, place } from './place.js';
import { act, fetchView, showProblem } from './server.js';
import { showAllRows, sortTable } from './tables.js';
import './type-ahead.js';
import { markUnread } from './unread.js';

let isStale = false;
let showing = null;

// One request at a time; what it brings is shown unless the person moved on, or something changed, meanwhile.
function refresh() {
  isStale = true;
  showing ??= showLatest().finally(() => {
    showing = null;
  });
  return showing;
}

async function showLatest() {
  while (isStale) {
    isStale = false;
    const view = await fetchView();
    if (!isStale) show(view);
  }
}

function show(view) {
  setHtml(byId('user'), view.users);
  place.user = byId('user').value;
  setHtml(byId('channels'), view.channels);
  place.channel = byId('channels').querySelector('[aria-current]')?.dataset.open ?? place.channel;
  markUnread();
  showClock(view.clock);
  showConversation(view);
  showThread(view.thread);
  setShortcuts(view.shortcuts);
  showDocuments(view.documents);
  setPieces(byId('log'), view.log);
  filterLog();
  setHtml(byId('outbox-panel'), view.outbox);
  showModal(view.modal);
  keepPlace();
}
onMove(refresh);

function showConversation(view) {
  const isHome = view.home !== null;
  byId('title').textContent = isHome ? 'ホーム' : view.title;
  byId('topic').textContent = isHome ? '' : view.topic;
  document.title = `${byId('title').textContent}｜planbot お試し`;
  const isEmpty = view.messages.length === 0 && !isHome;
  document.querySelector('main').classList.toggle('is-empty', isEmpty);
  byId('welcome').hidden = !isEmpty;
  byId('welcome').textContent = view.welcome;
  setHtml(byId('prompts'), view.prompts);
  byId('home').hidden = !isHome;
  byId('messages').hidden = isHome;
  if (isHome) setHtml(byId('home'), view.home);
  setPieces(byId('messages'), view.messages, { follow: true });
  setHtml(byId('examples'), view.examples);
  byId('examples').classList.toggle('small', !isEmpty);
  byId('examples').hidden = view.prompts !== '' || isHome;
  byId('say-form').hidden = isHome;
  byId('mention-label').hidden = place.channel.startsWith('D');
}

function showThread(thread) {
  // What it hung on was deleted, or planbot was started anew.
  if (thread?.length === 0) place.thread = '';
  const isOpen = place.thread !== '';
  if (isOpen) showFiles(false);
  byId('thread').hidden = !isOpen;
  setPieces(byId('thread-messages'), thread ?? [], { follow: true });
}

// Resolves with why it could not be said; empty where it was.
async function say(text, thread) {
  if (text.trim() === '') return '';
  const mention = thread !== null || byId('mention').checked;
  const result = await act({ kind: 'say', channel: place.channel, text, thread, mention });
  // The answer comes in the thread of the question, in the pane of direct messages too.
  if (result.ts && thread === null && (mention || place.channel.startsWith('D')))
    await change({ thread: result.ts });
  return result.problem ?? '';
}

async function click(button) {
  const { confirm, confirmTitle, confirmYes, confirmNo, url, value } = button.dataset;
  if (confirm !== undefined) {
    const yes = await ask({ title: confirmTitle, text: confirm, yes: confirmYes, no: confirmNo });
    if (yes === null) return;
  }
  if (url) window.open(url, '_blank', 'noopener');
  button.disabled = true;
  await act({ kind: 'click', ...where(button), ...(value === undefined ? {} : { value }) });
  button.disabled = false;
}

async function openPanel(button) {
  const { panel } = button.dataset;
  await change({ panel: place.panel === panel ? '' : panel });
  for (const tab of document.querySelectorAll('[data-panel]')) {
    const isOpen = tab.dataset.panel === place.panel;
    tab.setAttribute('aria-expanded', String(isOpen));
    byId(`${tab.dataset.panel}-panel`).hidden = !isOpen;
  }
}

const clicks = {
  'button.sort': sortTable,
  'button.more': showAllRows,
  '[data-menu]': openMenu,
  '[data-react]': (button) => react(button.closest('article'), button.dataset.react),
  '[data-panel]': openPanel,
  '[data-open]': async (button) => {
    await goTo({ channel: button.dataset.open });
    if (place.channel.startsWith('D')) await act({ kind: 'open', tab: 'messages' });
    byId('say').focus();
  },
  '[data-home]': async () => {
    await goTo({ home: '1' });
    await act({ kind: 'open', tab: 'home' });
  },
  '[data-ask]': (button) => say(button.dataset.ask, null),
  '[data-thread]': async (button) => {
    await change({ thread: button.dataset.thread });
    byId('reply').focus();
  },
  '#close-thread': () => change({ thread: '' }),
  '[data-close-modal]': (button) =>
    act({ kind: 'close', viewId: where(button).viewId, all: button.dataset.closeModal === 'all' }),
  '[data-act="click"]': click,
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
  if (element.id === 'user') goTo({ user: element.value, channel: '' });
  else if (element.dataset?.act === 'select') choose(element);
});

async function choose(element) {
  const value = readValue(element);
  // A menu of actions goes back to its heading; choosing nothing there is no action.
  if (value === null && !('field' in element.dataset) && element.localName === 'select') return;
  await act({ kind: 'select', ...where(element), value });
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.method === 'dialog') return;
  event.preventDefault();
  if ('modal' in form.dataset) return submitModal(form);
  const field = form.querySelector('textarea');
  const text = field.value;
  field.value = '';
  const thread = form.id === 'reply-form' ? place.thread : null;
  // What is shown may still be another person's.
  await showing?.catch(() => undefined);
  const problem = (await shareFile(form, text, thread)) ?? (await say(text, thread));
  if (problem !== '' && field.value === '') field.value = text;
  field.focus();
});

// Enter sends, Shift+Enter starts a line; Enter that ends a kana conversion does neither.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
    if (!byId('thread').hidden) change({ thread: '' });
    else if (!byId('files').hidden) showFiles(false);
  }
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.target.tagName !== 'TEXTAREA')
    return;
  if (!event.target.closest('.composer')) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

byId('modal').addEventListener('cancel', (event) => {
  event.preventDefault();
  byId('modal').querySelector('[data-close-modal="one"]')?.click();
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
