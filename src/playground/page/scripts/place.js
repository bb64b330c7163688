// Where the person is on the page; the server renders from it, and a reload finds it again.
const KEPT = 'planbot-place';
export const place = {
  user: '',
  channel: '',
  thread: '',
  home: '',
  ...JSON.parse(sessionStorage.getItem(KEPT) ?? '{}'),
  panel: '',
};

export function keepPlace() {
  const { panel, ...kept } = place;
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

export const byId = (id) => document.getElementById(id);

const CLOSED = { thread: '', home: '' };
let refresh = async () => undefined;

export function onMove(listener) {
  refresh = listener;
}

export function goTo(next) {
  Object.assign(place, CLOSED, next);
  return refresh();
}

export function change(next) {
  Object.assign(place, next);
  return refresh();
}
