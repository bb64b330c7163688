import { assignIds } from './blocks/assign-ids.ts';
import type { View } from './message.ts';
import type { State } from './state.ts';

/** Slack keeps this many views of one modal. */
export const STACK = 3;

/** Open modals of a person, topmost last. */
export function modalsOf(state: State, user: string): View[] {
  return state.views.filter((view) => view.type === 'modal' && view.user === user);
}

/** Puts a checked view into the state in place of the one with its id, or as a new one. */
export function showView(
  state: State,
  view: Omit<View, 'id' | 'hash' | 'rootId'> & { id?: string; rootId?: string },
): View {
  const id = view.id ?? state.nextId('V');
  const shown: View = {
    ...view,
    id,
    rootId: view.rootId ?? id,
    hash: state.nextTs(),
    payload: { ...view.payload, blocks: assignIds(view.payload.blocks, state.nextId) },
  };
  const index = state.views.findIndex((one) => one.id === id);
  if (index >= 0) state.views[index] = shown;
  else state.views.push(shown);
  return shown;
}

/** A view that lies on top of another. */
export function pushView(state: State, top: View, payload: View['payload']): View {
  return showView(state, {
    type: 'modal',
    user: top.user,
    payload,
    previousId: top.id,
    rootId: top.rootId,
  });
}

/** Views go, and with them what was filled in there. */
export function dropViews(state: State, views: View[]): void {
  const ids = new Set(views.map((view) => view.id));
  const kept = state.views.filter((view) => !ids.has(view.id));
  state.views.splice(0, state.views.length, ...kept);
  for (const id of ids) state.drafts.delete(id);
}

/** Whether another view of the workspace has this external_id. */
export function isTaken(state: State, externalId: unknown, exceptId?: string): boolean {
  if (typeof externalId !== 'string' || externalId === '') return false;
  return state.views.some((view) => view.id !== exceptId && view.payload.external_id === externalId);
}
