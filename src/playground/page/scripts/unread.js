// Which channels hold something that this person has not seen.
import { byId, place } from './place.js';

const seen = new Map();

export function markUnread() {
  for (const button of byId('channels').querySelectorAll('[data-open]')) {
    const { open, latest = '' } = button.dataset;
    const key = `${place.user}:${open}`;
    const isOpen = open === place.channel && !place.home;
    if (isOpen || !seen.has(key)) seen.set(key, latest);
    const isUnread = latest > seen.get(key);
    button.classList.toggle('unread', isUnread);
    const note = button.querySelector('.unread-note');
    if (isUnread && !note)
      button.append(
        Object.assign(document.createElement('span'), { className: 'unread-note', textContent: '未読' }),
      );
    if (!isUnread) note?.remove();
  }
}
