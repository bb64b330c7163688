import { checkView } from '../blocks/check-blocks.ts';
import { toSlackView } from '../controls.ts';
import type { View } from '../state.ts';
import { findUser, type State, type Trigger } from '../state.ts';
import { dropViews, isTaken, modalsOf, showView } from '../views.ts';
import { type Args, json, type Method, missing, noScope, type Reply, refuseCall, text } from './method.ts';

const TRIGGER_MS = 3000;

/** The user behind a trigger; each is good once, for 3 seconds. */
function exchangeTrigger(args: Args, state: State): { trigger: Trigger } | { refusal: Reply } {
  const trigger = state.triggers.get(text(args, 'trigger_id'));
  if (!trigger) return { refusal: refuseCall('invalid_trigger_id') };
  if (trigger.exchanged) return { refusal: refuseCall('exchanged_trigger_id') };
  if (state.now().getTime() - trigger.at.getTime() > TRIGGER_MS)
    return { refusal: refuseCall('expired_trigger_id') };
  trigger.exchanged = true;
  return { trigger };
}

/** A checked view, or Slack's refusal of it. */
function readView(args: Args, type: View['type']): { payload: View['payload'] } | { refusal: Reply } {
  const verdict = checkView(json(args, 'view'), type);
  return verdict.ok ? { payload: verdict.payload } : { refusal: refuseCall(verdict.error, verdict.errors) };
}

const open: Method = {
  scopes: noScope,
  call(args, { state }) {
    const lacking = missing(args, 'view', 'trigger_id');
    if (lacking) return lacking;
    const read = readView(args, 'modal');
    if ('refusal' in read) return read.refusal;
    if (isTaken(state, read.payload.external_id)) return refuseCall('duplicate_external_id');
    const exchanged = exchangeTrigger(args, state);
    if ('refusal' in exchanged) return exchanged.refusal;
    const { user } = exchanged.trigger;
    dropViews(state, modalsOf(state, user));
    const view = showView(state, { type: 'modal', user, payload: read.payload, previousId: null });
    return { ok: true, view: toSlackView(state, view) };
  },
};

const update: Method = {
  scopes: noScope,
  call(args, { state }) {
    const lacking = missing(args, 'view');
    if (lacking) return lacking;
    const [id, externalId] = [text(args, 'view_id'), text(args, 'external_id')];
    const current = state.views.find(
      (view) => view.id === id || (externalId !== '' && view.payload.external_id === externalId),
    );
    if (!current) return refuseCall('not_found');
    const hash = text(args, 'hash');
    if (hash !== '' && hash !== current.hash) return refuseCall('hash_conflict');
    const read = readView(args, current.type);
    if ('refusal' in read) return read.refusal;
    if (isTaken(state, read.payload.external_id, current.id)) return refuseCall('duplicate_external_id');
    return { ok: true, view: toSlackView(state, showView(state, { ...current, payload: read.payload })) };
  },
};

const publish: Method = {
  scopes: noScope,
  call(args, { state }) {
    const lacking = missing(args, 'user_id', 'view');
    if (lacking) return lacking;
    if (!state.manifest.features.app_home.home_tab_enabled) return refuseCall('not_enabled');
    const user = findUser(state, text(args, 'user_id'));
    if (!user) return refuseCall('user_not_found');
    const read = readView(args, 'home');
    if ('refusal' in read) return read.refusal;
    const current = state.views.find((view) => view.type === 'home' && view.user === user.id);
    if (isTaken(state, read.payload.external_id, current?.id)) return refuseCall('duplicate_external_id');
    const hash = text(args, 'hash');
    if (hash !== '' && hash !== current?.hash) return refuseCall('hash_conflict');
    const known = current ? { id: current.id } : {};
    const view = showView(state, {
      ...known,
      type: 'home',
      user: user.id,
      previousId: null,
      payload: read.payload,
    });
    return { ok: true, view: toSlackView(state, view) };
  },
};

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.update': update,
  'views.publish': publish,
};
