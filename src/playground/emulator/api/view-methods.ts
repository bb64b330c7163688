import { checkView } from '../blocks/check-blocks.ts';
import { toSlackView } from '../controls.ts';
import { findUser, type State, type View } from '../state.ts';
import { dropViews, isTaken, modalsOf, showView } from '../views.ts';
import { type Args, json, type Method, noScope, refuse, requireArgs, text } from './method.ts';

const TRIGGER_MS = 3000;

/** The user behind a trigger; each is good once, for 3 seconds. */
function exchangeTrigger(args: Args, state: State): string {
  const trigger = state.triggers.get(text(args, 'trigger_id')) ?? refuse('invalid_trigger_id');
  if (trigger.exchanged) refuse('exchanged_trigger_id');
  if (state.now().getTime() - trigger.at.getTime() > TRIGGER_MS) refuse('expired_trigger_id');
  trigger.exchanged = true;
  return trigger.user;
}

/** A checked view, in place of `current` where there is one. */
function readView(args: Args, state: State, type: View['type'], current?: View): View['payload'] {
  const hash = text(args, 'hash');
  if (hash !== '' && hash !== current?.hash) refuse('hash_conflict');
  const verdict = checkView(json(args, 'view'), type);
  if (!verdict.ok) return refuse(verdict.error, verdict.errors);
  const { payload } = verdict;
  return isTaken(state, payload.external_id, current?.id) ? refuse('duplicate_external_id') : payload;
}

const open: Method = {
  scopes: noScope,
  call(args, { state }) {
    requireArgs(args, 'view', 'trigger_id');
    const payload = readView(args, state, 'modal');
    const user = exchangeTrigger(args, state);
    dropViews(state, modalsOf(state, user));
    const view = showView(state, { type: 'modal', user, payload, previousId: null });
    return { ok: true, view: toSlackView(state, view) };
  },
};

const update: Method = {
  scopes: noScope,
  call(args, { state }) {
    requireArgs(args, 'view');
    const [id, externalId] = [text(args, 'view_id'), text(args, 'external_id')];
    const current =
      state.views.find(
        (view) => view.id === id || (externalId !== '' && view.payload.external_id === externalId),
      ) ?? refuse('not_found');
    const payload = readView(args, state, current.type, current);
    return { ok: true, view: toSlackView(state, showView(state, { ...current, payload })) };
  },
};

const publish: Method = {
  scopes: noScope,
  call(args, { state }) {
    requireArgs(args, 'user_id', 'view');
    if (!state.manifest.features.app_home.home_tab_enabled) refuse('not_enabled');
    const user = findUser(state, text(args, 'user_id'))?.id ?? refuse('user_not_found');
    const current = state.views.find((view) => view.type === 'home' && view.user === user);
    const payload = readView(args, state, 'home', current);
    const known = current ? { id: current.id } : {};
    const view = showView(state, { ...known, type: 'home', user, previousId: null, payload });
    return { ok: true, view: toSlackView(state, view) };
  },
};

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.update': update,
  'views.publish': publish,
};
