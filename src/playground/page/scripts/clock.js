// The date that planbot believes, and what came when it was moved.
import { byId } from './place.js';
import { act } from './server.js';

let shownDay = '';

export function showClock(clock) {
  byId('clock').hidden = clock === null;
  byId('open-files').hidden = clock === null;
  if (!clock) return;
  byId('clock').classList.toggle('moved', clock.moved);
  byId('clock-label').textContent = clock.label;
  shownDay = clock.day;
  if (document.activeElement !== byId('clock-day')) byId('clock-day').value = clock.day;
}

export async function moveClock(to) {
  const controls = [...byId('clock').querySelectorAll('button, input')];
  for (const one of controls) one.disabled = true;
  byId('arrivals').textContent = 'お知らせを確かめています…';
  const focused = document.activeElement;
  const { arrivals = [], note = '' } = await act({ kind: 'clock', to });
  for (const one of controls) one.disabled = false;
  if (controls.includes(focused)) focused.focus();
  showArrivals(note, arrivals);
}

function showArrivals(note, arrivals) {
  const places = arrivals.map(({ channel, name, count }) => {
    const label = `${name}（${count}件）`;
    // A message to another person is theirs to read.
    const mine = document.querySelector(`.place[data-open="${CSS.escape(channel)}"]`);
    const shown = document.createElement(mine ? 'button' : 'span');
    shown.textContent = label;
    if (mine) {
      shown.type = 'button';
      shown.dataset.open = channel;
    }
    return shown;
  });
  const close = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'close',
    textContent: '✕',
    ariaLabel: 'この案内を閉じる',
    onclick: () => byId('arrivals').replaceChildren(),
  });
  byId('arrivals').replaceChildren(...(note === '' ? [] : [note, ...places, close]));
}

byId('clock').addEventListener('click', (event) => {
  const { move } = event.target.dataset ?? {};
  if (move) moveClock(move);
});

// While a date is typed, each digit makes another one: 0002, 0020 and 0202 on the way to 2026.
const day = byId('clock-day');
let typing = false;

function takeDay() {
  typing = false;
  if (day.validity.valid) moveClock(day.value);
}

day.addEventListener('keydown', ({ key }) => {
  if (key !== 'Enter') typing = true;
  else if (typing) takeDay();
});
day.addEventListener('pointerdown', () => {
  typing = false;
});
day.addEventListener('change', () => {
  if (!typing) takeDay();
});
day.addEventListener('blur', () => {
  if (typing && day.value !== shownDay) takeDay();
  typing = false;
});
