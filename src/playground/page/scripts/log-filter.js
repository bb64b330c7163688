// The log of calls and events, by what is looked for.
import { byId } from './place.js';

export function filterLog() {
  const words = byId('log-filter').value.trim().toLowerCase();
  const onlyBad = byId('log-bad').checked;
  for (const piece of byId('log').children) {
    const entry = piece.firstElementChild;
    const fits = entry.firstElementChild.textContent.toLowerCase().includes(words);
    piece.hidden = !fits || (onlyBad && !entry.classList.contains('bad'));
  }
}

for (const id of ['log-filter', 'log-bad']) byId(id).addEventListener('input', filterLog);
