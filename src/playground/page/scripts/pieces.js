// Puts what the server rendered into the page, and leaves alone what did not change.

const NAMES = [
  'data-open',
  'data-action',
  'data-thread',
  'data-ask',
  'data-react',
  'data-menu',
  'data-column',
];

// What has the focus, in words that still fit after it was rendered anew.
function nameOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const parts = [...NAMES, 'data-block', 'data-value', 'value']
    .filter((name) => element.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  return parts.length > 0 ? element.localName + parts.join('') : null;
}

export function setHtml(element, html) {
  if (element.dataset.html === html) return;
  element.dataset.html = html;
  const focused = element.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  element.innerHTML = html;
  if (focused) element.querySelector(focused)?.focus();
}

// Only what changed is replaced, so that an open list, a sorted table or the focus elsewhere stays.
export function setPieces(container, pieces, { follow = false } = {}) {
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
  if (follow && last && last.dataset.key !== lastKey)
    container.scrollTop = last.offsetTop - container.offsetTop - 8;
}
