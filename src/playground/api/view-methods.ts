import { assignIds } from '../blocks/assign-ids.ts';
import { checkView } from '../blocks/check-view.ts';
import type { View } from '../message.ts';
import { toSlackView } from '../slack-view.ts';
import { findUser, type State } from '../state.ts';
import { type Args, json, type Method, missing, noScope, type Reply, refuse, text } from './method.ts';

const TRIGGER_MS = 3000;
const STACK = 3;

/** The user behind a trigger; each is good once, for 3 seconds. */
function exchangeTrigger(args: Args, state: State): { user: string } | { refusal: Reply } {
  const trigger = state.triggers.get(text(args, 'trigger_id'));
  if (!trigger) return { refusal: refuse('invalid_trigger_id') };
  if (trigger.exchanged) return { refusal: refuse('exchanged_trigger_id') };
  if (state.now().getTime() - trigger.at.getTime() > TRIGGER_MS)
    return { refusal: refuse('expired_trigger_id') };
  trigger.exchanged = true;
  return { user: trigger.user };
}

/** Puts a checked view into the state in place of `previous`, or as a new one. */
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

export function modalsOf(state: State, user: string): View[] {
  return state.views.filter((view) => view.type === 'modal' && view.user === user);
}

function opener(place: 'open' | 'push'): Method {
  return {
    scopes: noScope,
    call(args, { state }) {
      const lacking = missing(args, 'view', 'trigger_id');
      if (lacking) return lacking;
      const verdict = checkView(json(args, 'view'), 'modal');
      if (!verdict.ok) return refuse(verdict.error, verdict.errors);
      const externalId = verdict.payload.external_id;
      if (externalId !== undefined && state.views.some((one) => one.payload.external_id === externalId))
        return refuse('duplicate_external_id');
      const exchanged = exchangeTrigger(args, state);
      if ('refusal' in exchanged) return exchanged.refusal;
      const { user } = exchanged;
      const stack = modalsOf(state, user);
      const top = stack.at(-1);
      if (place === 'push' && !top) return refuse('not_found');
      if (place === 'push' && stack.length >= STACK) return refuse('push_limit_reached');
      if (place === 'open') for (const open of stack) state.views.splice(state.views.indexOf(open), 1);
      const under =
        place === 'push' && top ? { previousId: top.id, rootId: top.rootId } : { previousId: null };
      const view = showView(state, { type: 'modal', user, payload: verdict.payload, ...under });
      return { ok: true, view: toSlackView(state, view) };
    },
  };
}

const update: Method = {
  scopes: noScope,
  call(args, { state }) {
    const lacking = missing(args, 'view');
    if (lacking) return lacking;
    const [id, externalId] = [text(args, 'view_id'), text(args, 'external_id')];
    const current = state.views.find(
      (view) => view.id === id || (externalId !== '' && view.payload.external_id === externalId),
    );
    if (!current) return refuse('not_found');
    const hash = text(args, 'hash');
    if (hash !== '' && hash !== current.hash) return refuse('hash_conflict');
    const verdict = checkView(json(args, 'view'), current.type);
    if (!verdict.ok) return refuse(verdict.error, verdict.errors);
    return { ok: true, view: toSlackView(state, showView(state, { ...current, payload: verdict.payload })) };
  },
};

const publish: Method = {
  scopes: noScope,
  call(args, { state }) {
    const lacking = missing(args, 'user_id', 'view');
    if (lacking) return lacking;
    if (!state.manifest.features.app_home.home_tab_enabled) return refuse('not_enabled');
    const user = findUser(state, text(args, 'user_id'));
    if (!user) return refuse('user_not_found');
    const verdict = checkView(json(args, 'view'), 'home');
    if (!verdict.ok) return refuse(verdict.error, verdict.errors);
    const current = state.views.find((view) => view.type === 'home' && view.user === user.id);
    const hash = text(args, 'hash');
    if (hash !== '' && hash !== current?.hash) return refuse('hash_conflict');
    const known = current ? { id: current.id } : {};
    const view = showView(state, {
      ...known,
      type: 'home',
      user: user.id,
      previousId: null,
      payload: verdict.payload,
    });
    return { ok: true, view: toSlackView(state, view) };
  },
};

export const viewMethods: Record<string, Method> = {
  'views.open': opener('open'),
  'views.push': opener('push'),
  'views.update': update,
  'views.publish': publish,
};
