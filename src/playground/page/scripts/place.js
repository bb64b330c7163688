// Where the person is on the page; the server renders from it.
export const place = { user: '', channel: '', thread: '', home: '', panel: '' };

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
