// The ⋮ of a message and the ⚡ of the composer: what Slack itself and the app's shortcuts offer there.
import { ask } from './ask.js';
import { byId } from './place.js';
import { act } from './server.js';

const REACTIONS = [
  ['x', '❌ まちがい'],
  ['white_check_mark', '✅ 確認しました'],
  ['+1', '👍 よい'],
  ['eyes', '👀 見ています'],
];

let shortcuts = [];
let opener = null;

export function setShortcuts(known) {
  shortcuts = known;
  byId('shortcuts').hidden = !known.some(({ type }) => type === 'global');
}

function shortcutItems(type, at) {
  return shortcuts
    .filter((one) => one.type === type)
    .map(({ name, callbackId }) => [`⚡ ${name}`, () => act({ kind: 'shortcut', callbackId, ...at })]);
}

function messageItems(article) {
  const { ts, channel } = article.dataset;
  const at = { ts, channel };
  const reactions = REACTIONS.map(([name, label]) => [label, () => react(article, name)]);
  const own = [
    ['編集', () => edit(article)],
    ['削除', () => remove(at)],
  ];
  return [...shortcutItems('message', at), ...reactions, ...('own' in article.dataset ? own : [])];
}

export function react(article, name) {
  const { ts, channel } = article.dataset;
  const mine = article.querySelector(`[data-react="${CSS.escape(name)}"][aria-pressed="true"]`);
  return act({ kind: 'react', ts, channel, name, remove: mine !== null });
}

async function edit(article) {
  const { ts, channel } = article.dataset;
  const value = [...article.querySelectorAll('.block')].map((block) => block.innerText).join('\n');
  const text = await ask({ title: 'メッセージの編集', value, yes: '変更を保存' });
  if (text?.trim()) await act({ kind: 'edit', ts, channel, text });
}

async function remove(at) {
  const yes = await ask({
    title: 'メッセージの削除',
    text: 'このメッセージを削除します。元には戻せません。',
    yes: '削除する',
  });
  if (yes !== null) await act({ kind: 'delete', ...at });
}

export function openMenu(button) {
  if (opener === button) return closeMenu();
  closeMenu();
  const menu = byId('menu');
  const isMessage = button.dataset.menu === 'message';
  const items = isMessage ? messageItems(button.closest('article')) : shortcutItems('global', {});
  const buttons = items.map(([label, run]) => {
    const item = Object.assign(document.createElement('button'), {
      type: 'button',
      role: 'menuitem',
      tabIndex: -1,
      textContent: label,
    });
    item.addEventListener('click', () => {
      closeMenu();
      run();
    });
    return item;
  });
  menu.replaceChildren(...buttons);
  menu.ariaLabel = button.ariaLabel;
  menu.hidden = false;
  opener = button;
  button.setAttribute('aria-expanded', 'true');
  const place = button.getBoundingClientRect();
  const left = Math.min(place.left, innerWidth - menu.offsetWidth - 8);
  const below = place.bottom + menu.offsetHeight < innerHeight;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${below ? place.bottom + 2 : Math.max(8, place.top - menu.offsetHeight - 2)}px`;
  buttons[0]?.focus();
}

function closeMenu() {
  if (!opener) return;
  byId('menu').hidden = true;
  opener.setAttribute('aria-expanded', 'false');
  opener = null;
}

document.addEventListener('mousedown', (event) => {
  if (opener && !event.target.closest('#menu, [data-menu]')) closeMenu();
});

byId('menu').addEventListener('keydown', (event) => {
  const items = [...byId('menu').children];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
  if (step) {
    event.preventDefault();
    items[(at + step) % items.length].focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    const back = opener;
    closeMenu();
    back?.focus();
  }
});
